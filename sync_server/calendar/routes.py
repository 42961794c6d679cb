"""The county office's calendar, themes and policy; everybody on the staff may read them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from anyio import to_thread
from litestar import get, post
from litestar.datastructures import FormMultiDict
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK, HTTP_303_SEE_OTHER, HTTP_422_UNPROCESSABLE_ENTITY

from shared_models.acts import ServiceWeek, Theme
from shared_models.calendar import day_of
from shared_models.people import Department
from shared_models.policy_limits import Forbidden
from sync_server.accounts.desk import AnyRequest, desk_of
from sync_server.calendar.policy_form import (
    LISTS,
    OF_POLICY,
    OF_PUBLISHED,
    PEOPLE,
    REASONS,
    SentPolicy,
    read_policy_form,
    typed_policy,
)
from sync_server.calendar.publish_calendar import YEARS, publish_calendar
from sync_server.calendar.publish_policy import publish_policy
from sync_server.calendar.publish_theme import publish_theme
from sync_server.calendar.read_policy import read_policy
from sync_server.calendar.read_year import read_year
from sync_server.errors import InvalidError
from sync_server.pages.frame import page
from sync_server.pages.sent import number_of
from sync_server.storage.engine import reading
from sync_server.storage.kept_facts import kept_of_kind


@get("/calendar", sync_to_thread=True)
def calendar_page(request: AnyRequest) -> Template:
    return _calendar(request, _year(request.query_params.get("year", "")))


@post("/calendar/weeks", status_code=HTTP_200_OK)
async def publish_week(request: AnyRequest) -> Template | Redirect:
    """One month's protected days, moved by hand or back to the rule's."""
    return await to_thread.run_sync(_publish_week, request, await request.form())


@post("/calendar/days", status_code=HTTP_200_OK)
async def publish_days(request: AnyRequest) -> Template | Redirect:
    """The days off and extra working days of a year, in place of those before."""
    return await to_thread.run_sync(_publish_days, request, await request.form())


def _publish_week(request: AnyRequest, form: FormMultiDict) -> Template | Redirect:
    desk = desk_of(request)
    given = {name: _text(form, name) for name in ("month", "first", "last", "note")}
    year = _year(given["month"][:4])
    try:
        days = (date.fromisoformat(given["first"]), date.fromisoformat(given["last"]))
        week = ServiceWeek(
            given["month"], days, moved=bool(given["note"]) or form.get("act") == "move", note=given["note"]
        )
        publish_calendar(desk.county, desk.account.name, weeks=[week])
    except ValueError:
        return _calendar(request, year, problem="not_a_day", given=given)
    except InvalidError as err:
        return _calendar(request, year, problem=err.problem, given=given)
    return Redirect(f"/calendar?year={given['month'][:4]}&done=1", status_code=HTTP_303_SEE_OTHER)


def _publish_days(request: AnyRequest, form: FormMultiDict) -> Template | Redirect:
    desk = desk_of(request)
    year_text = _text(form, "year")
    year = _year(year_text)
    given = {"year": year_text, "off": _text(form, "off"), "extra": _text(form, "extra")}
    lists = []
    for name in ("off", "extra"):
        for line in given[name].split():
            try:
                lists.append((name, date.fromisoformat(line)))
            except ValueError:
                return _calendar(request, year, problem="bad_day", given={**given, "bad": line[:40]})
    off, extra = (tuple(day for kind, day in lists if kind == name) for name in ("off", "extra"))
    if year is None or any(day.year != year for _, day in lists) or not lists:
        return _calendar(request, year, problem="bad_day", given={**given, "bad": year_text})
    publish_calendar(desk.county, desk.account.name, days_off=off, extra_workdays=extra)
    return Redirect(f"/calendar?year={year}&done=1", status_code=HTTP_303_SEE_OTHER)


def _year(text: str) -> int | None:
    year = number_of(text)
    return year if year in YEARS else None


def _calendar(
    request: AnyRequest, year: int | None, *, problem: str = "", given: dict[str, str] | None = None
) -> Template:
    desk = desk_of(request)
    shown = read_year(desk.county, year or day_of(desk.county.clock.now()).year)
    return page(
        request,
        "calendar/year.html",
        status_code=HTTP_422_UNPROCESSABLE_ENTITY if problem else HTTP_200_OK,
        shown=shown,
        problem=problem,
        given=given or {},
        may_change=desk.is_office,
        is_done=request.query_params.get("done") == "1" and not problem,
    )


@get("/calendar/themes", sync_to_thread=True)
def themes_page(request: AnyRequest) -> Template:
    return _themes(request)


@post("/calendar/themes", status_code=HTTP_200_OK)
async def new_theme(request: AnyRequest) -> Template | Redirect:
    return await to_thread.run_sync(_new_theme, request, await request.form())


def _new_theme(request: AnyRequest, form: FormMultiDict) -> Template | Redirect:
    desk = desk_of(request)
    theme = Theme(
        month=_text(form, "month"),
        number=_text(form, "number"),
        title=_text(form, "title"),
        lead=_text(form, "lead"),
        departments=tuple(dict.fromkeys(str(one)[:64] for one in form.getall("departments", []))),
        activity=_text(form, "activity"),
        enterprises=tuple(dict.fromkeys(_text(form, "enterprises").split())),
    )
    try:
        publish_theme(desk.county, desk.account.name, theme)
    except InvalidError as err:
        return _themes(request, theme, err)
    return Redirect("/calendar/themes?done=1", status_code=HTTP_303_SEE_OTHER)


def _themes(request: AnyRequest, typed: Theme | None = None, error: InvalidError | None = None) -> Template:
    desk = desk_of(request)
    with reading(desk.county.engine) as connection:
        themes = [fact.load(Theme) for fact in kept_of_kind(connection, "theme")]
        departments = {fact.key: fact.load(Department) for fact in kept_of_kind(connection, "department")}
    month = day_of(desk.county.clock.now()).isoformat()[:7]
    return page(
        request,
        "calendar/themes.html",
        status_code=HTTP_422_UNPROCESSABLE_ENTITY if error else HTTP_200_OK,
        themes=sorted(themes, key=lambda theme: (theme.month, theme.number), reverse=True),
        departments=departments,
        typed=typed or Theme(month, "", "", ""),
        error=error,
        may_change=desk.is_office,
        is_done=request.query_params.get("done") == "1" and not error,
    )


@get("/policy", sync_to_thread=True)
def policy_page(request: AnyRequest) -> Template:
    return _policy(request)


@post("/policy", status_code=HTTP_200_OK)
async def new_policy(request: AnyRequest) -> Template | Redirect:
    return await to_thread.run_sync(_new_policy, request, await request.form())


def _new_policy(request: AnyRequest, form: FormMultiDict) -> Template | Redirect:
    desk = desk_of(request)
    shown = read_policy(desk.county)
    sent = read_policy_form(form, shown.published, shown.departments)
    if sent.policy is None or sent.problems:
        return _policy(request, sent)
    today = day_of(desk.county.clock.now())
    try:
        text = _text(form, "effective_on")
        effective_on = date.fromisoformat(text) if text else None
    except ValueError:
        return _policy(request, replace(sent, problems=(Forbidden("effective_on", "not_a_day", None),)))
    if effective_on is not None and effective_on < today:
        return _policy(request, replace(sent, problems=(Forbidden("effective_on", "nothing_is_dated_back", None),)))
    later = effective_on if effective_on != today else None
    publish_policy(desk.county, desk.account.name, sent.policy, effective_on=later)
    return Redirect("/policy?done=1", status_code=HTTP_303_SEE_OTHER)


def _policy(request: AnyRequest, sent: SentPolicy | None = None) -> Template:
    desk = desk_of(request)
    shown = read_policy(desk.county)
    sent = sent or typed_policy(shown.published)
    return page(
        request,
        "calendar/policy.html",
        status_code=HTTP_422_UNPROCESSABLE_ENTITY if sent.problems else HTTP_200_OK,
        shown=shown,
        sent=sent,
        problems={one.field: one for one in sent.problems},
        reasons=REASONS,
        lists=LISTS,
        numbers=(*OF_POLICY, *OF_PUBLISHED),
        purposes=PEOPLE,
        may_change=desk.is_office,
        is_done=request.query_params.get("done") == "1" and not sent.problems,
    )


def _text(form: FormMultiDict, name: str) -> str:
    value = form.get(name, "")
    return value[:20_000].replace("\x00", "").strip() if isinstance(value, str) else ""


ROUTES: list[Any] = [
    calendar_page,
    publish_week,
    publish_days,
    themes_page,
    new_theme,
    policy_page,
    new_policy,
]
