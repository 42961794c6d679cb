"""A small county behind the real server, without a socket, and phones that reach it through a wire of ours."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

import httpx
from litestar import Litestar

from field_app.clock import FixedClock
from field_app.device.folder import Folder
from field_app.device.key_file import KeyFile
from field_app.enrolment.enrol import check_enrolment, request_enrolment
from field_app.errors import OfflineError
from field_app.gate.find_enterprise import find_enterprise
from field_app.gate.judge import judge
from field_app.gate.propose import propose
from field_app.phone import Phone, open_phone
from field_app.ports import Reply
from field_app.sync.run_sync import run_sync
from field_app.visits.open_visit import open_visit
from shared_models.acts import Snippet, SnippetKind
from shared_models.enterprise import Enterprise, EnterpriseStatus, Gate
from shared_models.facts import Ground
from shared_models.filing import FilingForm, Purpose, Window
from shared_models.people import Department, Person
from shared_models.policy import Policy, PublishedPolicy
from shared_models.visit import GroundGiven, Identified
from sync_server.calendar.publish_calendar import publish_calendar
from sync_server.calendar.publish_policy import publish_policy
from sync_server.county import County
from sync_server.enrolment.confirm_enrolment import confirm_enrolment
from sync_server.enrolment.issue_code import issue_code
from sync_server.enrolment.pending import waiting_enrolments
from sync_server.filings.accept_filing import accept_filing
from sync_server.filings.submit_filing import submit_filing
from sync_server.open_county import open_county
from sync_server.registry.publish_snippets import publish_snippets
from sync_server.registry.register_departments import register_departments
from sync_server.registry.register_enterprises import register_enterprises
from sync_server.registry.register_people import register_people
from sync_server.settings import settings_from
from tests.server.lent_app import give_back, lend_app
from tests.server.moulds import copy_of, unsynced

OFFICE = "office"
MORNING = datetime(2026, 11, 17, 1, 30, tzinfo=UTC)  # a Tuesday, 9:30 in Pingyang, after the service week
MILL, BAKERY, FOUNDRY = "91350100M000100Y43", "914403001922038216", "91110108551385082Q"
HOST = "gate.pingyang.example"


@dataclass(slots=True)
class Wire:
    """In-process transport; `fault` may stand between, `asked` is what went out."""

    app: object
    fault: Callable[[Wire, str, str, bytes, Mapping[str, str]], Awaitable[Reply]] | None = None
    signal: bool = True
    asked: list[tuple[str, str]] = field(default_factory=list)

    async def request(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Reply:
        if not self.signal:
            raise OfflineError
        self.asked.append((method, path))
        if self.fault is not None:
            return await self.fault(self, method, path, body, headers or {})
        return await self.deliver(method, path, body, headers or {})

    async def deliver(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://county") as client:
            answer = await client.request(method, path, content=body, headers=dict(headers))
        return Reply(answer.status_code, answer.content)

    async def close(self) -> None:
        pass


@dataclass(slots=True)
class TestCounty:
    __test__ = False

    county: County
    app: Litestar
    clock: FixedClock

    def wire(self) -> Wire:
        return Wire(self.app)

    def close(self) -> None:
        self.county.engine.dispose()
        give_back(self.app)


def make_county(folder: Path, *, at: datetime = MORNING, host: str = HOST, own_keys: bool = False) -> TestCounty:
    """Counties of one test run are copies of one, which its phones take for the same but where it has `own_keys`."""
    if own_keys or (at, host) != (MORNING, HOST):
        return _lived_in(_first(folder, at=at, host=host))
    copy_of("small", _first, folder)
    return reopened(folder)


def reopened(folder: Path) -> TestCounty:
    """The county that lies there, in the morning."""
    return _lived_in(_open(folder, MORNING, HOST))


def _lived_in(county: County) -> TestCounty:
    return TestCounty(county, lend_app(county), county.clock)


def _open(folder: Path, at: datetime, host: str) -> County:
    return unsynced(open_county(settings_from({"ZHUQI_PUBLIC_HOST": host}, data_dir=folder), FixedClock(at)))


def _first(folder: Path, _url: str | None = None, *, at: datetime = MORNING, host: str = HOST) -> County:
    county = _open(folder, at, host)
    register_departments(county, OFFICE, [Department("market", "市场监管局"), Department("fire", "消防大队")])
    people = [
        Person("p1", "market", "A1", "food", name="林一"),
        Person("p2", "market", "A2", "food", name="陈二"),
        Person("p3", "fire", "A3", name="黄三"),
        Person("p4", "market", name="访客"),
        Person("p9", "market", "A9", name="批准人"),
    ]
    register_people(county, OFFICE, people)
    gates = (Gate(1, "东门"), Gate(2, "西门", void=True))
    names = {MILL: "平阳水头制革厂", BAKERY: "鳌江面包坊", FOUNDRY: "昆阳铸造"}
    register_enterprises(
        county,
        OFFICE,
        [Enterprise(uscc, EnterpriseStatus.ACTIVE, name, gates=gates) for uscc, name in names.items()],
    )
    publish_calendar(county, OFFICE)
    publish_policy(county, OFFICE, PublishedPolicy(Policy(), ("p9",), {"market": 2}))
    publish_snippets(county, OFFICE, [Snippet("s1", SnippetKind.GUIDANCE, "台账", "请补齐进货台账")])
    return county


def file_inspection(
    county: County,
    uscc: str,
    *,
    window: Window = (date(2026, 11, 16), date(2026, 11, 20)),
    purpose: Purpose = Purpose.INSPECTION,
    officers: tuple[str, ...] = ("p1", "p2"),
    planned: int = 1,
) -> str:
    """Filed and accepted; gives the number."""
    form = FilingForm(
        ("market",),
        purpose,
        (uscc,),
        window,
        officers,
        ("台账",),
        "年度计划",
        planned_visits=planned,
        why_not_off_site="须现场查看",
        approved_by="p9",
    )
    submitted = submit_filing(county, OFFICE, form)
    return submitted.number or accept_filing(county, OFFICE, submitted.filing)


async def open_at(folder: Path, wire: Wire, clock: FixedClock) -> Phone:
    return await open_phone(
        Folder(folder),
        clock=clock,
        transport_factory=lambda _host: wire,
        keystore=KeyFile(folder),
        stretch_pin=cheap_hash,
    )


async def cheap_hash(pin: str, salt: bytes) -> bytes:
    """scrypt as on a phone but for its cost, which tests/ports knows."""
    return hashlib.scrypt(pin.encode(), salt=salt, n=2, r=8, p=1)


async def enrol(county: TestCounty, phone: Phone, officer: str = "p1", *, sync: bool = True) -> None:
    code = issue_code(county.county, OFFICE, officer)
    standing = await request_enrolment(phone, code.text)
    row = _waiting_id(county.county, standing.words)
    confirm_enrolment(county.county, OFFICE, row, keep_others=True)
    await check_enrolment(phone)
    if sync:
        report = await run_sync(phone)
        assert report.errors == [], report


async def service_visit(phone: Phone, uscc: str = MILL) -> bytes:
    found = await find_enterprise(phone, uscc, Identified.TYPED)
    proposal = replace(await propose(phone, found), purpose=Purpose.SERVICE, ground=GroundGiven(Ground.LIAISON))
    written = await open_visit(phone, proposal, await judge(phone, proposal))
    assert written.visit is not None
    return written.visit


async def whole_again(phone: Phone, wire: Wire) -> None:
    wire.fault = None
    report = await run_sync(phone)
    assert report.errors == []
    assert report.is_complete


def _waiting_id(county: County, words: tuple[str, ...]) -> str:
    (found,) = [one for one in waiting_enrolments(county) if one.words == words]
    return found.id
