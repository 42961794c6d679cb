"""Who may see what of the reference data (architecture, Sync: scoped by department)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from sqlalchemy import Connection

from shared_models.calendar import SHANGHAI
from shared_models.county import VisitCount
from shared_models.credential import Slip, sign_slip
from shared_models.filing import FilingLine, FilingState
from shared_models.people import Person
from shared_models.policy import PublishedPolicy
from sync_server.county import County
from sync_server.filings.scope import scoped_line
from sync_server.storage.facts import Fact, fact_at, plain_body
from sync_server.sync.request_auth import Phone


@dataclass(frozen=True, slots=True)
class Scope:
    """What decides what a phone may see at one log size."""

    county: County
    size: int
    officer: str
    department: str
    capped: frozenset[str]


def scope_at(connection: Connection, county: County, phone: Phone, size: int) -> Scope:
    person = fact_at(connection, "person", phone.officer, size)
    policy = fact_at(connection, "policy", "policy", size)
    return Scope(
        county=county,
        size=size,
        officer=phone.officer,
        department=person.load(Person).department if person else "",
        capped=frozenset(policy.load(PublishedPolicy).frequency_caps) if policy else frozenset(),
    )


def visible_body(fact: Fact | None, scope: Scope) -> bytes | None:
    """The body's CBOR as this phone may see it; null where it may not."""
    if fact is None:
        return None
    if fact.kind == "line":
        return _line(fact, scope)
    if fact.kind == "count":
        return fact.body if fact.load(VisitCount).department in scope.capped else None
    if fact.kind == "answer":
        return fact.body if fact.department == scope.department else None
    return fact.body


def _line(fact: Fact, scope: Scope) -> bytes | None:
    line = fact.load(FilingLine)
    visible = scoped_line(line, scope.department)
    if visible is None:
        return None
    if visible is line and _has_slip(line, scope):
        return plain_body(replace(line, slip=slip_of(scope.county, line, fact.at)))
    return fact.body if visible is line else plain_body(visible)


def _has_slip(line: FilingLine, scope: Scope) -> bool:
    return line.state is FilingState.ACCEPTED and line.merged_into is None and scope.officer in line.officers


def slip_of(county: County, line: FilingLine, since: int) -> bytes:
    """The same bytes for the same line: signed anew for every phone, never stored. `since` in milliseconds."""
    over = datetime.combine(line.window[1] + timedelta(days=1), time(), SHANGHAI)
    slip = Slip(
        county=county.settings.county_code,
        filing=line.number,
        purpose=line.purpose.value,
        enterprise=line.enterprise,
        window=line.window,
        exception=line.exception.reason if line.exception else None,
        officers=line.officers,
        iat=since // 1000,
        exp=int(over.timestamp()),
    )
    return sign_slip(slip, issuer=county.keys.service_public, sign=county.keys.sign)
