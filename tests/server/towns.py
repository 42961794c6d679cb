"""A small county, phones that write to it, and how its answers are read: builders for the server's tests."""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from shared_models import cbor, cose, ed25519
from shared_models.acts import Snippet, SnippetKind
from shared_models.county import REFERENCE_KINDS, Asked, Reference, facts_at_gate
from shared_models.enterprise import Enterprise, EnterpriseStatus, Gate
from shared_models.filing import FilingForm, Purpose
from shared_models.gate import decide
from shared_models.log import Checkpoint, open_checkpoint
from shared_models.people import Department, Person
from shared_models.policy import Policy, PublishedPolicy
from shared_models.record import Record, Seen, record_id, sign
from shared_models.shape import from_plain, to_plain
from shared_models.suite import kid_of
from shared_models.sync import EnrolmentRequest, RecordsReply, ReferencePage, load_message
from shared_models.visit import Basis, Companion, GateDecision, Identified
from sync_server.accounts.passwords import Passwords
from sync_server.calendar.publish_calendar import publish_calendar
from sync_server.calendar.publish_policy import publish_policy
from sync_server.clock import FixedClock
from sync_server.county import County
from sync_server.enrolment.confirm_enrolment import confirm_enrolment
from sync_server.enrolment.issue_code import issue_code
from sync_server.enrolment.request_enrolment import request_enrolment
from sync_server.filings.submit_filing import SubmittedFiling, submit_filing
from sync_server.open_county import open_county
from sync_server.registry.publish_snippets import publish_snippets
from sync_server.registry.register_departments import register_departments
from sync_server.registry.register_enterprises import register_enterprises
from sync_server.registry.register_people import register_people
from sync_server.settings import settings_from
from sync_server.sync.accept_records import accept_records
from sync_server.sync.reference import signed_reference_page
from sync_server.sync.request_auth import Phone as KnownPhone
from tests.server.moulds import copy_of, unsynced

USCC, OTHER_USCC, THIRD_USCC = "91350100M000100Y43", "914403001922038216", "91330100799655058B"
NOON = datetime(2026, 11, 3, 4, 0, tzinfo=UTC)
"""A Tuesday, noon in Shanghai; the protected week is 9 to 15 November."""
TODAY = date(2026, 11, 3)
QUICK = Passwords(time_cost=1, memory_kib=64, parallelism=1)


def open_town(folder: Path, url: str | None = None, now: datetime = NOON) -> County:
    """A county with nothing in it but its server's certificate; in a folder that holds one already, that one."""
    if not (folder / "keys").exists():
        copy_of("bare", _open, folder, url)
    return _open(folder, url, now)


def town_after(fill: Callable[[County], object], folder: Path, url: str | None = None) -> County:
    """A new county in which `fill` did its work; each test run does it once."""

    def make(first: Path, first_url: str | None) -> County:
        county = open_town(first, first_url)
        fill(county)
        return county

    copy_of(f"{fill.__module__}_{fill.__name__}".replace(".", "_"), make, folder, url)
    return _open(folder, url)


def settled_town(folder: Path, url: str | None = None) -> County:
    return town_after(settle, folder, url)


def _open(folder: Path, url: str | None, now: datetime = NOON) -> County:
    environment = {"ZHUQI_PUBLIC_HOST": "zhuqi.test", **({"ZHUQI_DATABASE_URL": url} if url else {})}
    return unsynced(open_county(settings_from(environment, data_dir=folder), FixedClock(now), QUICK))


def clock_of(county: County) -> FixedClock:
    assert isinstance(county.clock, FixedClock)
    return county.clock


def later(county: County, **by: float) -> datetime:
    clock = clock_of(county)
    clock.instant += timedelta(**by)
    return clock.instant


def settle(county: County) -> None:
    """Three departments, six people, three enterprises, the calendar and a policy with a cap."""
    names = {"market": "市场监管局", "fire": "消防救援局", "culture": "文化局"}
    register_departments(county, "office", [Department(key, name) for key, name in names.items()])
    people = [Person(f"{key}{n}", key, f"{key}-{n}", name=f"{key}{n}") for key in names for n in (1, 2)]
    register_people(county, "office", people)
    usccs = (USCC, OTHER_USCC, THIRD_USCC)
    enterprises = [Enterprise(uscc, EnterpriseStatus.ACTIVE, f"企业{uscc[-4:]}", gates=(Gate(1),)) for uscc in usccs]
    register_enterprises(county, "office", enterprises)
    publish_calendar(county, "office")
    publish_policy(county, "office", PublishedPolicy(Policy(), ("culture1",), {"market": 2}))
    publish_snippets(county, "office", [Snippet("s1", SnippetKind.LAW, "消防法", "第十六条")])


def form(
    department: str = "market",
    *,
    enterprises: tuple[str, ...] = (USCC,),
    days: tuple[int, int] = (0, 5),
    purpose: Purpose = Purpose.INSPECTION,
    **more: object,
) -> FilingForm:
    """A complete form; `days` of the window are counted from TODAY."""
    window = (TODAY + timedelta(days=days[0]), TODAY + timedelta(days=days[1]))
    values: dict[str, object] = {
        "departments": (department,),
        "officers": (f"{department}1", f"{department}2"),
        "items": ("检查",),
        "basis": "办法第三条",
        "why_not_off_site": "须看现场",
        "approved_by": "局长",
        **more,
    }
    return FilingForm(purpose=purpose, enterprises=enterprises, window=window, **values)


def file(county: County, department: str = "market", **more: object) -> SubmittedFiling:
    return submit_filing(county, f"{department}-desk", form(department, **more))


@dataclass
class PhoneInHand:
    """An enrolled phone as a test drives it: a key, a chain, the newest checkpoint and the reference data."""

    officer: str
    seed: bytes
    seq: int = 0
    prev: bytes | None = None
    seen: Seen | None = None
    items: dict[tuple[str, str], object] = field(default_factory=dict)

    @property
    def public_key(self) -> bytes:
        return ed25519.public_key(self.seed)

    @property
    def kid(self) -> bytes:
        return kid_of(self.public_key)

    @property
    def known(self) -> KnownPhone:
        return KnownPhone(self.kid, self.officer, is_active=True)

    def sign(self, message: bytes) -> bytes:
        return ed25519.sign(self.seed, message)

    def write(
        self, kind: str, body: object, *, at: datetime = NOON, milliseconds: int | None = None, **odd: object
    ) -> bytes:
        """The next envelope of the chain; `odd` replaces what a sound phone would write."""
        values: dict[str, object] = {
            "v": 1,
            "kind": kind,
            "author": self.kid,
            "seq": self.seq + 1,
            "prev": self.prev,
            "visit": None,
            "at": int(at.timestamp() * 1000) if milliseconds is None else milliseconds,
            "seen": self.seen,
            "body": body if isinstance(body, dict) else to_plain(body),
            **odd,
        }
        envelope = sign(Record(**values), self.sign)
        self.seq, self.prev = self.seq + 1, record_id(envelope)
        return envelope


def new_phone(officer: str = "market1") -> PhoneInHand:
    return PhoneInHand(officer, secrets.token_bytes(32))


def enrolled(county: County, officer: str = "market1", *, keep_others: bool = False) -> PhoneInHand:
    phone = new_phone(officer)
    secret = issue_code(county, "office", officer).secret
    request = EnrolmentRequest(secret, phone.public_key, "software", phone.sign(secret))
    waiting = request_enrolment(county, request)
    confirm_enrolment(county, "clerk", waiting.id, keep_others=keep_others)
    return phone


def send(county: County, *envelopes: bytes) -> RecordsReply:
    return accept_records(county, b"".join(envelopes))


def codes(reply: RecordsReply) -> list[str | None]:
    return [receipt.code for receipt in sorted(reply.receipts, key=lambda receipt: receipt.index)]


def checkpoint_in(county: County, text: str) -> Checkpoint:
    return open_checkpoint(text, origin=county.settings.origin, public_key=county.keys.service_public)


def page_of(
    county: County, phone: PhoneInHand, after: int = 0, to: int | None = None, cursor: str = ""
) -> ReferencePage:
    data = signed_reference_page(county, phone.known, after, to, cursor)
    payload = cose.open_own(data, county.keys.service_public, cose.AAD_REFERENCE, max_bytes=1 << 23)
    return load_message(ReferencePage, payload)


def fetch(county: County, phone: PhoneInHand) -> Checkpoint:
    """Bring the phone's reference data up to date."""
    page = page_of(county, phone, phone.seen.size if phone.seen else 0)
    while True:
        for item in page.items:
            loaded = None if item.body is None else from_plain(REFERENCE_KINDS[item.kind], item.body)
            phone.items[item.kind, item.key] = loaded
        if page.next is None:
            break
        page = page_of(county, phone, page.after, page.to, page.next)
    checkpoint = checkpoint_in(county, page.checkpoint)
    phone.seen = Seen(checkpoint.size, checkpoint.root, checkpoint.issued_at)
    return checkpoint


def of_kind(phone: PhoneInHand, kind: str) -> dict[str, object]:
    return {key: value for (one, key), value in phone.items.items() if one == kind and value is not None}


def reference_of(phone: PhoneInHand, uscc: str) -> Reference:
    assert phone.seen is not None
    return Reference(
        issued_at=datetime.fromtimestamp(phone.seen.issued_at, UTC),
        enterprise=phone.items.get(("enterprise", uscc)),
        people=of_kind(phone, "person"),
        lines=tuple(line for line in of_kind(phone, "line").values() if line.enterprise == uscc),
        counts=tuple(count for count in of_kind(phone, "count").values() if count.enterprise == uscc),
        calendar=phone.items.get(("calendar", "calendar")),
        policy=phone.items.get(("policy", "policy")),
    )


def companion(officer: str) -> Companion:
    department = officer[:-1]
    return Companion(officer, officer, department, licence=f"{department}-{officer[-1]}")


def at_gate(phone: PhoneInHand, *, at: datetime = NOON, uscc: str = USCC, **asked: object) -> GateDecision:
    """What the phone's gate says on the data that it holds."""
    purpose = asked.get("purpose", Purpose.INSPECTION)
    people = asked.get("people", (companion(phone.officer), companion(f"{phone.officer[:-1]}2")))
    own, claim, ground = asked.get("own", {}), asked.get("claim"), asked.get("ground")
    reference = reference_of(phone, uscc)
    question = Asked(at, purpose, people, ground.kind if ground else None, claim, own)
    basis = Basis(phone.seen.size, reference.issued_at, own)
    verdict = decide(facts_at_gate(reference, question))
    return GateDecision(uscc, purpose, people, verdict, basis, Identified.CAMERA, claim=claim, ground=ground)


def authorization(phone: PhoneInHand, method: str, path: str, at: datetime) -> dict[str, str]:
    payload = cbor.encode([method, path, int(at.timestamp())])
    token = cose.sign(payload, aad=cose.AAD_REQUEST, kid=phone.kid, sign=partial(ed25519.sign, phone.seed))
    return {"Authorization": "Zhuqi " + urlsafe_b64encode(token).rstrip(b"=").decode()}
