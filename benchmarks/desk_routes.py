"""The pages that somebody at a desk opens daily, by role: what is asked of each, in a county of any size."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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


@dataclass(frozen=True, slots=True)
class DeskRoute:
    """`paths` in turn, so that no two requests after one another ask the same; `who` blank: nobody is logged in."""

    name: str
    who: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stock:
    """What there is to be asked about: the same number of each in every county."""

    desk: DeskCounty
    visits: Sequence[str]
    lying: OnTheDesk
    numbers: Sequence[str]
    own: Sequence[str]
    """Filings of the first department."""
    middle: Sequence[str]
    """Places in the middle of the list, as `after` names them."""


def stock_of(desk: DeskCounty, county: County, visits: Sequence[str], lying: OnTheDesk) -> Stock:
    columns = filings.c
    lead = select(columns.filing, columns.number, columns.submitted_at).where(columns.is_lead)
    ordered = lead.order_by(columns.submitted_at, columns.filing)
    with reading(county.engine) as connection:
        every: list[Any] = list(connection.execute(ordered.where(columns.state == "accepted")))
        own: list[Any] = list(connection.execute(ordered.where(columns.department == DEPARTMENTS[0].id)))
    return Stock(
        desk,
        _spread(visits),
        lying,
        [row.number for row in _spread(every)],
        [row.filing for row in _spread(own)],
        [f"{row.submitted_at}.{row.filing}" for row in _spread(every[len(every) // 4 : len(every) // 2])],
    )


def desk_routes(stock: Stock) -> tuple[DeskRoute, ...]:
    desk = stock.desk
    today = day_of(desk.now)
    enterprises = _spread(desk.enterprises)
    people = _spread(desk.people)
    names = [quote(one.name[2:6]) for one in enterprises]
    month = f"from={today - timedelta(days=30)}&until={today}"
    long_past = today - timedelta(days=700)
    past = f"from={long_past}&until={long_past + timedelta(days=30)}"
    sheets = tuple(f"/e/{one.uscc}-1" for one in enterprises)
    departments = [one.id for one in DEPARTMENTS[:_VARIED]]

    def fixed(*paths: str) -> tuple[str, ...]:
        return paths

    def each(make: Callable[[Any], str], values: Sequence[Any]) -> tuple[str, ...]:
        return tuple(make(one) for one in values)

    return (
        DeskRoute("filings", "clerk", fixed("/filings")),
        DeskRoute("filings", "clerk-of-two", fixed("/filings")),
        DeskRoute("filings, accepted", "clerk-of-two", fixed("/filings?state=accepted")),
        DeskRoute("filings of one of two", "clerk-of-two", fixed("/filings?department=d02")),
        DeskRoute("filings", "head", fixed("/filings")),
        DeskRoute("filings", "county-office", fixed("/filings")),
        DeskRoute("filings of a department", "county-office", each(lambda d: f"/filings?department={d}", departments)),
        DeskRoute("filings, returned", "supervisor", fixed("/filings?state=returned")),
        DeskRoute("filings, rechecks", "county-office", fixed("/filings?purpose=recheck")),
        DeskRoute("filings, surveys: none", "supervisor", fixed("/filings?purpose=survey")),
        DeskRoute("filings with exception", "supervisor", fixed("/filings?mark=exception")),
        DeskRoute("filings of joint visits", "supervisor", fixed("/filings?mark=joint")),
        DeskRoute("filings merged: none", "clerk", fixed("/filings?mark=merged")),
        DeskRoute("filings of the last month", "county-office", fixed(f"/filings?{month}")),
        DeskRoute("filings of a month long past", "supervisor", fixed(f"/filings?{past}")),
        DeskRoute("filings, oldest first", "supervisor", fixed("/filings?order=oldest")),
        DeskRoute("filings, a page on", "supervisor", each(lambda at: f"/filings?after={at}", stock.middle)),
        DeskRoute("filings by number", "county-office", each(lambda one: f"/filings?words={one}", stock.numbers)),
        DeskRoute("filings by enterprise", "clerk", each(lambda one: f"/filings?words={one}", names)),
        DeskRoute("filings by enterprise", "supervisor", each(lambda one: f"/filings?words={one}", names)),
        DeskRoute("one filing", "clerk", each(lambda one: f"/filings/{one}", stock.own)),
        DeskRoute("one filing that waits", "county-office", each(lambda one: f"/filings/{one}", desk.waiting)),
        DeskRoute("one draft of ten", "clerk", each(lambda one: f"/filings/drafts/{one}", stock.lying.drafts)),
        DeskRoute("office queue", "county-office", fixed("/office")),
        DeskRoute("joint visits suggested", "county-office", fixed("/office/joint")),
        DeskRoute("calendar", "clerk", fixed("/calendar")),
        DeskRoute("themes", "county-office", fixed("/calendar/themes")),
        DeskRoute("policy", "county-office", fixed("/policy")),
        DeskRoute("registry", "county-office", fixed("/registry")),
        DeskRoute("enterprises", "clerk", fixed("/registry/enterprises")),
        DeskRoute("enterprises by name", "county-office", fixed("/registry/enterprises?order=name&page=3")),
        DeskRoute("enterprises, searched", "clerk", each(lambda one: f"/registry/enterprises?q={one}", names)),
        DeskRoute("one enterprise", "clerk", each(lambda one: f"/registry/enterprises/{one.uscc}", enterprises)),
        DeskRoute("people", "clerk", fixed("/registry/people?department=d01")),
        DeskRoute(
            "people, searched",
            "county-office",
            each(lambda one: f"/registry/people?q={quote(one.licence or '')}", people),
        ),
        DeskRoute("one person", "county-office", each(lambda one: f"/registry/people/{one.id}", people)),
        DeskRoute("phones", "clerk", fixed("/registry/phones")),
        DeskRoute("departments", "county-office", fixed("/registry/departments")),
        DeskRoute("sheets", "county-office", fixed("/registry/sheets")),
        DeskRoute("visits", "supervisor", fixed("/visits")),
        DeskRoute("visits of a department", "supervisor", each(lambda d: f"/visits?department={d}", departments)),
        DeskRoute("visits by exception", "supervisor", fixed("/visits?flag=exception")),
        DeskRoute("visits by enterprise", "supervisor", each(lambda one: f"/visits?enterprise={one}", names)),
        DeskRoute("visits that differ", "supervisor", fixed("/visits?flag=differs")),
        DeskRoute("visits refused: none", "supervisor", fixed("/visits?state=refused")),
        DeskRoute("one visit", "supervisor", each(lambda one: f"/visits/{one}", stock.visits)),
        DeskRoute("set aside", "supervisor", fixed("/set-aside")),
        DeskRoute("findings and letters", "supervisor", fixed("/letters")),
        DeskRoute("cases", "head", fixed("/cases")),
        DeskRoute("off-site checks", "clerk", fixed("/offsite")),
        DeskRoute("exceptions", "approver", fixed("/exceptions")),
        DeskRoute("draws", "clerk", fixed("/draws")),
        DeskRoute("one draw", "clerk", each(lambda one: f"/draws/{one}", stock.lying.draws)),
        DeskRoute("accounts", "administrator", fixed("/accounts")),
        DeskRoute("one account", "administrator", fixed("/accounts/clerk-of-two")),
        DeskRoute("own account", "clerk", fixed("/account")),
        DeskRoute("hotline", "hotline", fixed("/hotline")),
        DeskRoute("login", "", fixed("/login")),
        DeskRoute("a gate's page", "", sheets),
        DeskRoute("alive", "", fixed("/health/live")),
        DeskRoute("ready", "", fixed("/health/ready")),
    )


def _spread(values: Sequence[Any]) -> Sequence[Any]:
    """As many as are asked about, from all over."""
    step = max(1, len(values) // _VARIED)
    return values[::step][:_VARIED]
