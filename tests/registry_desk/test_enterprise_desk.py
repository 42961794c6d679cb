"""Departments and enterprises at the desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shared_models.county import TaughtCode
from shared_models.enterprise import Enterprise, EnterpriseStatus
from shared_models.people import Department
from sync_server.county import County
from sync_server.registry.void_gate import void_gate
from tests.pages.visitor import Visitor
from tests.registry_desk.desk_hands import acts, current, send, size
from tests.server.towns import USCC

NEW_USCC = "91440300708461136T"
NEW = {"uscc": NEW_USCC, "name": "虚构厂", "status": "active", "township": "鳌江镇", "place": "东门", "person": "王"}


def test_a_department_gets_its_units(county: County, office: Visitor) -> None:
    answer = send(office, "/registry/departments", id="health", name="卫生局", units="a=一科\r\n b = 二科 ")
    assert answer.status_code == 303
    units = current(county, "department", "health", Department).units
    assert [(unit.id, unit.name) for unit in units] == [("a", "一科"), ("b", "二科")]
    page = "/registry/departments/health"
    assert send(office, page, name="卫健局", units="a=一科").status_code == 303
    assert current(county, "department", "health", Department).name == "卫健局"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"id": "market", "name": "x"}, "已经登记过"),
        ({"id": "", "name": "x"}, "不能空着"),
        ({"id": "new", "name": ""}, "不能空着"),
        ({"id": "new", "name": "x", "units": "a=1\na=2"}, "重复"),
    ],
)
def test_a_department_that_cannot_be_is_refused(office: Visitor, typed: dict[str, str], words: str) -> None:
    answer = send(office, "/registry/departments", **typed)
    assert answer.status_code == 422
    assert words in answer.text


def test_a_new_enterprise_has_its_gate_and_its_contact_stays_out_of_the_log(county: County, office: Visitor) -> None:
    before = size(county)
    answer = send(office, "/registry/new-enterprise", **NEW, phone="0577-63000000", risk="B")
    assert answer.headers["location"] == f"/registry/enterprises/{NEW_USCC}?done=1"
    ((kind, act),) = acts(county, before)
    assert kind == "enterprises_registered"
    assert "63000000" not in repr(act)
    page = office.get(f"/registry/enterprises/{NEW_USCC}").text
    assert "0577-63000000" in page
    assert f"{NEW_USCC}-1" in page
    assert "虚构厂" in office.get("/registry/enterprises?q=鳌江").text


def test_a_wrong_check_digit_is_said_at_the_code(county: County, office: Visitor) -> None:
    before = size(county)
    answer = send(office, "/registry/new-enterprise", **{**NEW, "uscc": "91440300708461136A"})
    assert answer.status_code == 422
    assert "不是有效的统一社会信用代码" in answer.text
    assert "鳌江镇" in answer.text
    assert send(office, "/registry/new-enterprise", **{**NEW, "uscc": USCC}).status_code == 422
    assert size(county) == before


def test_a_closed_enterprise_keeps_its_gates(county: County, office: Visitor) -> None:
    page = f"/registry/enterprises/{USCC}"
    assert send(office, page, name="改名厂", status="closed").status_code == 303
    enterprise = current(county, "enterprise", USCC, Enterprise)
    assert (enterprise.status, enterprise.name) == (EnterpriseStatus.CLOSED, "改名厂")
    assert len(enterprise.gates) == 1
    assert "改名厂" in office.get("/registry/enterprises?flag=closed").text


def test_gates_are_added_voided_and_renewed(county: County, office: Visitor) -> None:
    page = f"/registry/enterprises/{USCC}"
    send(office, f"{page}/gates", page=page, add="yes", place="西门")
    send(office, f"{page}/gates", page=page, no="1", renew="yes")
    send(office, f"{page}/gates", page=page, no="1", renew="yes")
    gates = current(county, "enterprise", USCC, Enterprise).gates
    assert [(gate.no, gate.place, gate.void) for gate in gates] == [(1, "", True), (2, "西门", False), (3, "", False)]
    refused = send(office, f"{page}/gates", page=page, add="yes", place="门" * 61)
    assert refused.status_code == 422
    assert "太长" in refused.text
    assert "门" * 61 in refused.text


def test_an_enterprise_code_is_taught(county: County, office: Visitor) -> None:
    page = f"/registry/enterprises/{USCC}"
    assert send(office, f"{page}/codes", page=page, code="https://e.example/abc").status_code == 303
    assert current(county, "code", "https://e.example/abc", TaughtCode).enterprise == USCC
    assert "https://e.example/abc" in office.get(page).text
    assert send(office, f"{page}/codes", page=page, code="x" * 401).status_code == 422


def test_gate_sheets_are_printed_from_the_enterprises_page(county: County, visit: Callable[[str], Visitor]) -> None:
    clerk = visit("clerk")
    path = f"/registry/enterprises/{USCC}/sheets.pdf"
    assert path in clerk.get(f"/registry/enterprises/{USCC}").text
    answer = clerk.get(path)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    void_gate(county, "office", USCC, 1)
    assert path not in clerk.get(f"/registry/enterprises/{USCC}").text, "no gate is left"
    assert clerk.get(path).status_code == 404


def test_clerks_look_at_enterprises_and_change_none(visit: Callable[[str], Visitor]) -> None:
    clerk = visit("clerk")
    page = clerk.get(f"/registry/enterprises/{USCC}")
    assert page.status_code == 200
    assert "保存" not in page.text
    assert send(clerk, f"/registry/enterprises/{USCC}", page="/registry/new-person", name="x").status_code == 403


def test_every_page_of_the_desk_is_shown_in_both_languages(county: County, office: Visitor) -> None:
    paths = ("", "/departments", "/people", "/people/market1", "/new-person", "/phones", "/enterprises")
    more = ("/new-enterprise", f"/enterprises/{USCC}", "/departments/market")
    for language in ("zh", "en"):
        office.get(f"/language/{language}")
        for path in (*paths, *more):
            answer = office.get(f"/registry{path}")
            assert answer.status_code == 200, path
            assert "{" not in answer.text.replace("{}", ""), path
