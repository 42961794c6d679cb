"""/draws: open a draw, close it with the public value, and hand out what repeats it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeAlias

from anyio import to_thread
from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_303_SEE_OTHER, HTTP_422_UNPROCESSABLE_ENTITY

from shared_models.calendar import SHANGHAI, day_of
from shared_models.enterprise import Enterprise
from shared_models.people import Person
from sync_server.accounts.account import Account, Role
from sync_server.accounts.errors import ForbiddenError
from sync_server.clock import milliseconds
from sync_server.county import County
from sync_server.draws.close_draw import close_draw
from sync_server.draws.open_draw import open_draw
from sync_server.draws.prepare_filings import draw_ref, prepare_filings
from sync_server.draws.publish_draw import publish_draw
from sync_server.draws.register import DrawEntry, find_draw, list_draws, pool_of
from sync_server.draws.typed_pool import closed_ones, typed_pool
from sync_server.errors import NotFoundError, WrongStateError
from sync_server.pages.frame import page
from sync_server.registry.desk.read_people import departments_of
from sync_server.registry.desk.scope import account_in
from sync_server.registry.desk.typed import Typed, typed_of
from sync_server.registry.judge import RefusedFieldsError
from sync_server.storage.engine import reading
from sync_server.storage.facts import current_facts

AnyRequest: TypeAlias = Request[Any, Any, Any]
_MAX_FORM_BYTES = 1024 * 1024


@get("/draws", sync_to_thread=True)
def draws(request: AnyRequest) -> Template:
    with reading(request.app.state.county.engine) as connection:
        found, departments = list_draws(connection), departments_of(connection)
    return page(request, "draws/list.html", draws=found, departments=departments)


@get("/draws/new", sync_to_thread=True)
def new_draw(request: AnyRequest) -> Template:
    own = _own(account_in(request))
    return _form(request, Typed({"take": "5", "officers_each": "2", "department": own[0] if own else ""}))


@post("/draws/new", request_max_body_size=_MAX_FORM_BYTES)
async def add_draw(request: AnyRequest) -> Response[Any]:
    return await to_thread.run_sync(_open, request, await typed_of(request))


@get("/draws/{draw:str}", sync_to_thread=True)
def one_draw(request: AnyRequest, draw: FromPath[str]) -> Template:
    return _draw(request, draw, Typed())


@post("/draws/{draw:str}")
async def finish_draw(request: AnyRequest, draw: FromPath[str]) -> Response[Any]:
    return await to_thread.run_sync(_close, request, await typed_of(request), draw)


@get("/draws/{draw:str}/file", sync_to_thread=True)
def draw_file(request: AnyRequest, draw: FromPath[str]) -> Response[bytes]:
    try:
        data = publish_draw(request.app.state.county, draw)
    except WrongStateError as err:
        raise NotFoundError("draw", "") from err
    headers = {"Content-Disposition": f'attachment; filename="zhuqi-draw-{draw}.json"'}
    return Response(data, media_type="application/json; charset=utf-8", headers=headers)


@post("/draws/{draw:str}/filings")
async def draw_filings(request: AnyRequest, draw: FromPath[str]) -> Redirect:
    """One click: the drafts of filings for what was drawn, on the desk of the department whose draw it is."""
    return await to_thread.run_sync(_prepare, request, draw)


def _prepare(request: AnyRequest, key: str) -> Redirect:
    county: County = request.app.state.county
    account = account_in(request)
    with reading(county.engine) as connection:
        entry = find_draw(connection, key)
    if entry.opened.department not in _own(account):
        raise ForbiddenError
    try:
        drafts = prepare_filings(county, account.name, key)
    except WrongStateError:  # filed already: there they are
        return Redirect(f"/filings?words={draw_ref(key)}", status_code=HTTP_303_SEE_OTHER)
    where = f"/filings/drafts/{drafts[0].id}" if len(drafts) == 1 else "/filings"
    return Redirect(where, status_code=HTTP_303_SEE_OTHER)


def _open(request: AnyRequest, typed: Typed) -> Response[Any]:
    county: County = request.app.state.county
    account = account_in(request)
    with reading(county.engine) as connection:
        pool = typed_pool(connection, typed, request.app.state.enterprise_index, day_of(county.clock.now()))
        if closed_ones(connection, pool):
            typed.errors.setdefault("enterprises", "draw_closed_enterprise")
    department = typed.text("department")
    if not _may_draw(account, department):
        typed.errors["department"] = "not_yours"
    due = _due(typed)
    if typed.errors:
        return _form(request, typed, HTTP_422_UNPROCESSABLE_ENTITY)
    try:
        key = open_draw(county, account.name, typed.text("title"), department, pool, typed.text("source"), due)
    except RefusedFieldsError as err:
        return _form(request, typed.with_errors(err.problems), HTTP_422_UNPROCESSABLE_ENTITY)
    return Redirect(f"/draws/{key}?done=1", status_code=HTTP_303_SEE_OTHER)


def _close(request: AnyRequest, typed: Typed, key: str) -> Response[Any]:
    county: County = request.app.state.county
    account = account_in(request)
    with reading(county.engine) as connection:
        entry = find_draw(connection, key)
    if not _may_draw(account, entry.opened.department):
        raise ForbiddenError
    try:
        close_draw(county, account.name, key, typed.values.get("value", ""))
    except RefusedFieldsError as err:
        return _draw(request, key, typed.with_errors(err.problems), HTTP_422_UNPROCESSABLE_ENTITY)
    except WrongStateError:
        pass  # a second click: it is closed
    return Redirect(f"/draws/{key}?done=1", status_code=HTTP_303_SEE_OTHER)


def _form(request: AnyRequest, typed: Typed, status_code: int = 200) -> Template:
    account = account_in(request)
    with reading(request.app.state.county.engine) as connection:
        departments = {key: one for key, one in departments_of(connection).items() if _may_draw(account, key)}
    return page(request, "draws/new.html", status_code=status_code, typed=typed, departments=departments)


def _draw(request: AnyRequest, key: str, typed: Typed, status_code: int = 200) -> Template:
    county: County = request.app.state.county
    with reading(county.engine) as connection:
        entry: DrawEntry = find_draw(connection, key)
        pool = pool_of(county, entry)
        drawn = entry.closed.drawn if entry.closed else ()
        enterprises = current_facts(connection, "enterprise", [one.enterprise for one in drawn])
        people = current_facts(connection, "person", [officer for one in drawn for officer in one.officers])
        department = departments_of(connection).get(entry.opened.department)
    names = {uscc: fact.load(Enterprise).name for uscc, fact in enterprises.items()}
    names |= {officer: fact.load(Person).name for officer, fact in people.items()}
    return page(
        request,
        "draws/draw.html",
        status_code=status_code,
        typed=typed,
        entry=entry,
        pool=pool,
        names=names,
        department=department.name if department else entry.opened.department,
        is_due=milliseconds(county.clock.now()) >= entry.opened.due,
        files_here=entry.opened.department in _own(account_in(request)),
        may_close=_may_draw(account_in(request), entry.opened.department),
    )


def _due(typed: Typed) -> int:
    """As the browser's own field sends it, in Shanghai."""
    try:
        return milliseconds(datetime.fromisoformat(typed.text("due")).replace(tzinfo=SHANGHAI))
    except ValueError:
        typed.errors["due"] = "draw_not_a_time"
        return 0


def _may_draw(account: Account, department: str) -> bool:
    return account.has(Role.COUNTY_OFFICE) or department in _own(account)


def _own(account: Account) -> tuple[str, ...]:
    return account.departments(Role.CLERK, Role.DEPARTMENT_HEAD)


ROUTES: list[Any] = [draws, new_draw, add_draw, one_draw, finish_draw, draw_file, draw_filings]
