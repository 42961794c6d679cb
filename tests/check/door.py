"""An enterprise's door: the county of the sync tests, an officer's phone, and whoever stands there with a code."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import httpx
from litestar.testing import TestClient

from field_app.device.key_file import KeyFile
from field_app.gate.find_enterprise import find_enterprise
from field_app.gate.judge import judge
from field_app.gate.proposal import Proposal
from field_app.gate.propose import propose
from field_app.phone import Phone
from field_app.sync.run_sync import run_sync
from field_app.visits.open_visit import open_visit
from field_app.visits.show_pass import show_pass
from shared_models import ed25519
from shared_models.acts import PassChecked, ServiceWeek
from shared_models.calendar import day_of, second_full_week
from shared_models.code_texts import PassCode, gate_text, pass_text, read_code
from shared_models.credential import VisitPass, open_credential, open_pass, sign_pass
from shared_models.kinds import body_of
from shared_models.record import peek
from shared_models.suite import kid_of
from shared_models.visit import Identified
from sync_server.calendar.publish_calendar import publish_calendar
from sync_server.log.writing import reading
from sync_server.storage.tables import log_entries
from tests.sync.county import HOST, MILL, MORNING, OFFICE, TestCounty, enrol, file_inspection, make_county, open_at

T = TypeVar("T")
STRANGER = b"\x5a" * 32


def run(work: Coroutine[Any, Any, T]) -> T:
    """Beside a running loop, as the browser's driver keeps one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


@dataclass(slots=True)
class Door:
    county: TestCounty
    phone: Phone
    number: str
    visit: bytes
    seed: bytes
    shown: str
    """The text of a pass that the phone showed when the visit was opened."""

    @property
    def code(self) -> PassCode:
        code = read_code(self.shown, self.host)
        assert isinstance(code, PassCode)
        return code

    @property
    def host(self) -> str:
        return self.county.county.settings.public_host

    @property
    def now(self) -> int:
        return int(self.county.clock.now().timestamp())

    def opened_pass(self) -> VisitPass:
        issuer = self.county.county.keys.service_public
        return open_pass(self.code.visit_pass, open_credential(self.code.credential, issuer, None).public_key, None)

    def pass_text(self, *, seed: bytes | None = None, parts: dict[str, Any] | None = None, **changes: Any) -> str:
        """A pass made by this phone's key (or another's) with these changes; `at` alone moves its end along."""
        seed = seed or self.seed
        made = replace(self.opened_pass(), credential=kid_of(ed25519.public_key(seed)), **changes)
        if "at" in changes and "exp" not in changes:
            made = replace(made, exp=made.at + 300)
        signed = sign_pass(made, sign=lambda message: ed25519.sign(seed, message))
        return pass_text(self.host, replace(self.code, visit_pass=signed, **(parts or {})))

    def fresh(self) -> str:
        return self.pass_text(at=self.now)

    def client(self) -> TestClient[Any]:
        return TestClient(self.county.app, base_url="https://door.local")

    def checks(self) -> list[PassChecked]:
        """What the log holds of checks, in its order."""
        query = log_entries.select().where(log_entries.c.kind == "pass_checked").order_by(log_entries.c.index)
        with reading(self.county.county) as connection:
            return [body_of(peek(bytes(row.envelope))).act for row in connection.execute(query)]

    def sync(self) -> None:
        report = run(run_sync(self.phone))
        assert report.errors == [], report


def open_door(
    folder: Path,
    *,
    at: datetime = MORNING,
    host: str = HOST,
    filed: bool = True,
    synced: bool = True,
    uscc: str = MILL,
    asked: Callable[[Proposal], Proposal] = lambda proposal: proposal,
) -> Door:
    """The officer p1 has a filing, entered, and shows the pass; `synced`: the county has the opening record.

    `asked` changes what is asked at the gate.
    """
    county = make_county(folder / "county", at=at, host=host)
    day = day_of(at)
    if not quiet_day(day):  # these tests run on any day of the year
        beyond = day + timedelta(days=4 if day.day < 20 else -4)
        note = ServiceWeek(f"{day:%Y-%m}", (beyond, beyond), moved=True, note="for the tests")
        publish_calendar(county.county, OFFICE, weeks=[note])
    number = file_inspection(county.county, uscc, window=(day, day + timedelta(days=3))) if filed else ""
    return run(_open(folder, county, number, uscc, asked, synced=synced))


async def _open(
    folder: Path, county: TestCounty, number: str, uscc: str, asked: Callable[[Proposal], Proposal], *, synced: bool
) -> Door:
    phone = await open_at(folder / "phone", county.wire(), county.clock)
    await enrol(county, phone)
    found = await find_enterprise(phone, gate_text(county.county.settings.public_host, uscc, 1), Identified.CAMERA)
    proposal = asked(await propose(phone, found))
    opened = await open_visit(phone, proposal, await judge(phone, proposal))
    assert opened.visit is not None
    shown = await show_pass(phone, opened.visit)
    if synced:
        await run_sync(phone)
    secrets = KeyFile(folder / "phone").load()
    assert secrets is not None
    return Door(county, phone, number, opened.visit, secrets.seed, shown)


def digits(text: str) -> str:
    return text.rpartition("/")[2]


def advice_of(page: httpx.Response) -> str:
    """The headline of the answer."""
    found = re.search(r"<h1>(.*?)</h1>", page.text, re.DOTALL)
    assert found, page.text
    return found[1].strip()


def looked_at(client: TestClient[Any], text: str) -> httpx.Response:
    """Somebody opens the pass's page in a browser and has its answer before them."""
    page = client.get(f"/v/{digits(text)}")
    assert client.post("/check/seen", data={"token": token_of(page)}).status_code == 204
    return page


def token_of(page: httpx.Response) -> str:
    found = re.search(r'name="token" value="([0-9a-f]+)"', page.text)
    assert found, page.text
    return found[1]


def quiet_day(day: date) -> bool:
    first, last = second_full_week(day.year, day.month)
    return not first <= day <= last
