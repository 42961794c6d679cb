"""The pages that somebody at a desk opens daily, by role: what is asked of each, in a county of any size."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from sqlalchemy import select

from benchmarks.desk_county import DEPARTMENTS, DeskCounty
from benchmarks.desk_staff import OnTheDesk
from shared_models.calendar import day_of
from sync_server.county import County
from sync_server.filings.tables import filings
from sync_server.storage.engine import reading

_VARIED = 40
_VALUE = re.compile(r"\{(\w+)\}")

Stock = Mapping[str, Sequence[str]]
"""What there is to be asked about, as addresses say it: as many of each in every county."""


@dataclass(frozen=True, slots=True)
class DeskRoute:
    """An address with at most one kind of value in it; `who` blank: nobody is logged in."""

    name: str
    who: str
    address: str

    def paths(self, stock: Stock) -> tuple[str, ...]:
        """In turn, so that no two requests after one another ask the same."""
        named = _VALUE.search(self.address)
        return tuple(self.address.format(**{named[1]: one}) for one in stock[named[1]]) if named else (self.address,)


ROUTES = tuple(
    DeskRoute(*one)
    for one in (
        ("filings", "clerk", "/filings"),
        ("filings", "clerk-of-two", "/filings"),
        ("filings, accepted", "clerk-of-two", "/filings?state=accepted"),
        ("filings of one of two", "clerk-of-two", "/filings?department=d02"),
        ("filings", "head", "/filings"),
        ("filings", "county-office", "/filings"),
        ("filings of a department", "county-office", "/filings?department={department}"),
        ("filings, returned", "supervisor", "/filings?state=returned"),
        ("filings, rechecks", "county-office", "/filings?purpose=recheck"),
        ("filings, surveys: none", "supervisor", "/filings?purpose=survey"),
        ("filings with exception", "supervisor", "/filings?mark=exception"),
        ("filings of joint visits", "supervisor", "/filings?mark=joint"),
        ("filings merged: none", "clerk", "/filings?mark=merged"),
        ("filings of the last month", "county-office", "/filings?{last_month}"),
        ("filings of a month long past", "supervisor", "/filings?{month_long_past}"),
        ("filings, oldest first", "supervisor", "/filings?order=oldest"),
        ("filings, a page on", "supervisor", "/filings?after={place}"),
        ("filings by number", "county-office", "/filings?words={number}"),
        ("filings by enterprise", "clerk", "/filings?words={name}"),
        ("filings by enterprise", "supervisor", "/filings?words={name}"),
        ("one filing", "clerk", "/filings/{own_filing}"),
        ("one filing that waits", "county-office", "/filings/{waiting_filing}"),
        ("one draft of ten", "clerk", "/filings/drafts/{draft}"),
        ("office queue", "county-office", "/office"),
        ("joint visits suggested", "county-office", "/office/joint"),
        ("calendar", "clerk", "/calendar"),
        ("themes", "county-office", "/calendar/themes"),
        ("policy", "county-office", "/policy"),
        ("registry", "county-office", "/registry"),
        ("enterprises", "clerk", "/registry/enterprises"),
        ("enterprises by name", "county-office", "/registry/enterprises?order=name&page=3"),
        ("enterprises, searched", "clerk", "/registry/enterprises?q={name}"),
        ("one enterprise", "clerk", "/registry/enterprises/{enterprise}"),
        ("people", "clerk", "/registry/people?department=d01"),
        ("people, searched", "county-office", "/registry/people?q={licence}"),
        ("one person", "county-office", "/registry/people/{person}"),
        ("phones", "clerk", "/registry/phones"),
        ("departments", "county-office", "/registry/departments"),
        ("sheets", "county-office", "/registry/sheets"),
        ("visits", "supervisor", "/visits"),
        ("visits of a department", "supervisor", "/visits?department={visiting_department}"),
        ("visits by exception", "supervisor", "/visits?flag=exception"),
        ("visits by enterprise", "supervisor", "/visits?enterprise={name}"),
        ("visits that differ", "supervisor", "/visits?flag=differs"),
        ("visits refused: none", "supervisor", "/visits?state=refused"),
        ("one visit", "supervisor", "/visits/{visit}"),
        ("set aside", "supervisor", "/set-aside"),
        ("findings and letters", "supervisor", "/letters"),
        ("cases", "head", "/cases"),
        ("off-site checks", "clerk", "/offsite"),
        ("exceptions", "approver", "/exceptions"),
        ("draws", "clerk", "/draws"),
        ("one draw", "clerk", "/draws/{draw}"),
        ("accounts", "administrator", "/accounts"),
        ("one account", "administrator", "/accounts/clerk-of-two"),
        ("own account", "clerk", "/account"),
        ("hotline", "hotline", "/hotline"),
        ("login", "", "/login"),
        ("a gate's page", "", "/e/{enterprise}-1"),
        ("alive", "", "/health/live"),
        ("ready", "", "/health/ready"),
    )
)


def stock_of(desk: DeskCounty, county: County, visits: Sequence[str], lying: OnTheDesk) -> Stock:
    columns = filings.c
    lead = select(columns.filing, columns.number, columns.submitted_at).where(columns.is_lead)
    ordered = lead.order_by(columns.submitted_at, columns.filing)
    with reading(county.engine) as connection:
        every: list[Any] = list(connection.execute(ordered.where(columns.state == "accepted")))
        own: list[Any] = list(connection.execute(ordered.where(columns.department == DEPARTMENTS[0].id)))
    today = day_of(desk.now)
    last_month, long_past = (today - timedelta(days=days) for days in (30, 700))
    enterprises, people = _spread(desk.enterprises), _spread(desk.people)
    return {
        "department": [one.id for one in DEPARTMENTS[:_VARIED]],
        # a small county too has a full page of their visits, most of which claim nothing
        "visiting_department": [one.id for one in DEPARTMENTS[1:3]],
        "last_month": [f"from={last_month}&until={today}"],
        "month_long_past": [f"from={long_past}&until={long_past + timedelta(days=30)}"],
        "place": [f"{row.submitted_at}.{row.filing}" for row in _spread(every[len(every) // 4 : len(every) // 2])],
        "number": [row.number for row in _spread(every)],
        "name": [quote(one.name[2:6]) for one in enterprises],
        "own_filing": [row.filing for row in _spread(own)],
        "waiting_filing": desk.waiting,
        "draft": lying.drafts,
        "draw": lying.draws,
        "enterprise": [one.uscc for one in enterprises],
        "licence": [quote(one.licence or "") for one in people],
        "person": [one.id for one in people],
        "visit": _spread(visits),
    }


def _spread(values: Sequence[Any]) -> Sequence[Any]:
    """As many as are asked about, from all over."""
    step = max(1, len(values) // _VARIED)
    return values[::step][:_VARIED]
