"""More of the town of tests/server: thirty enterprises on two streets."""

from __future__ import annotations

from typing import Any

import httpx
from stdnum.cn import uscc as uscc_number

from shared_models.enterprise import Enterprise, EnterpriseStatus
from sync_server.county import County
from sync_server.registry.register_enterprises import register_enterprises
from tests.pages.visitor import Visitor

PASSWORD = "plum rain over Aojiang"


def code(number: int) -> str:
    stem = f"91330326DEM{number:06d}"
    return stem + str(uscc_number.calc_check_digit(stem))


CODES = tuple(code(number) for number in range(30))
CLOSED = code(99)


def settle_more(county: County) -> None:
    streets = ("人民路", "解放街")
    made = [
        Enterprise(
            one,
            EnterpriseStatus.ACTIVE,
            f"平阳测试{number:02d}厂",
            "昆阳镇",
            f"昆阳镇{streets[number % 2]}{number + 1}号",
        )
        for number, one in enumerate(CODES)
    ]
    made.append(Enterprise(CLOSED, EnterpriseStatus.CLOSED, "已关厂"))
    register_enterprises(county, "office", made)


FORM = {
    "why_not_off_site": "须看现场设备",
    "purpose": "inspection",
    "plan": "month",
    "category": "daily",
    "items": "消防通道\n用电安全",
    "basis": "《安全生产法》第六十五条",
    "first": "2026-11-04",
    "last": "2026-11-06",
    "planned_visits": "1",
    "assistants": "0",
    "officers": ["market1", "market2"],
}


def begin(visitor: Visitor, **given: str) -> str:
    """A new draft's address."""
    answer = visitor.post("/filings/new", {"form_token": visitor.token_of("/filings"), **given})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def press(visitor: Visitor, path: str, act: str, *, version: int | None = None, **given: Any) -> httpx.Response:
    """A button of the draft's page, with the whole form as it stands in FORM; None leaves a field out."""
    page = visitor.get(path).text
    shown = int(page.split('name="version" value="')[1].split('"')[0])
    data = {**FORM, "form_token": visitor.token_of(path), "version": str(version or shown), "act": act, **given}
    return visitor.post(path, {key: value for key, value in data.items() if value is not None})
