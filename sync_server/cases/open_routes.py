"""/cases/new/RECORD: a finding that cannot be spared, or a letter whose promise was broken, is opened as a case."""

from __future__ import annotations

from typing import Any, TypeAlias

from anyio import to_thread
from litestar import Request, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK, HTTP_303_SEE_OTHER, HTTP_422_UNPROCESSABLE_ENTITY

from shared_models.case import ReviewGround, facts_of_broken_promise
from shared_models.enterprise import Enterprise
from sync_server.accounts.account import Account
from sync_server.cases.find_ground import Ground, find_ground
from sync_server.cases.open_case import NewCase, open_case
from sync_server.cases.rights import own_departments
from sync_server.cases.typed_case import facts_typed, typed_from
from sync_server.county import County
from sync_server.errors import InvalidError, NotFoundError, WrongStateError
from sync_server.pages.frame import page
from sync_server.registry.desk.read_people import departments_of
from sync_server.registry.desk.scope import account_in
from sync_server.registry.desk.typed import Typed, typed_of
from sync_server.storage.engine import reading
from sync_server.storage.facts import current_facts

AnyRequest: TypeAlias = Request[Any, Any, Any]
_HEX = 64


@get("/cases/new/{record:str}", sync_to_thread=True)
def new_case(request: AnyRequest, record: FromPath[str]) -> Template:
    ground = _ground(request, record)
    values = {"what": ground.what, "field": ground.field}
    values |= {f"handler_{one.id}": "1" for one in ground.people if one.licence}
    if ground.leniency is not None:
        values |= typed_from(facts_of_broken_promise(ground.leniency))
    return _form(request, ground, Typed(values))


@post("/cases/new/{record:str}")
async def add_case(request: AnyRequest, record: FromPath[str]) -> Any:
    return await to_thread.run_sync(_open, request, record, await typed_of(request))


def _open(request: AnyRequest, record: str, typed: Typed) -> Template | Redirect:
    county: County = request.app.state.county
    account = account_in(request)
    ground = _ground(request, record)
    department = typed.text("department") or _departments(account, ground)[0]
    if department not in _departments(account, ground):
        typed.errors["department"] = "choose"
    facts = facts_typed(typed)
    if facts is None or typed.errors:
        return _form(request, ground, typed, HTTP_422_UNPROCESSABLE_ENTITY)
    new = NewCase(
        department=department,
        enterprise=ground.enterprise,
        field=typed.text("field"),
        ground=ground.kind,
        record=ground.record,
        what=typed.text("what"),
        facts=facts,
        handlers=tuple(one.id for one in ground.people if typed.is_ticked(f"handler_{one.id}")),
    )
    try:
        number = open_case(county, account.name, new)
    except InvalidError as err:
        typed.errors[err.where] = err.problem
        return _form(request, ground, typed, HTTP_422_UNPROCESSABLE_ENTITY)
    except WrongStateError as err:
        if err.kind != "case":
            raise
        number = err.key  # somebody was faster
    return Redirect(f"/cases/{number}?done=1", status_code=HTTP_303_SEE_OTHER)


def _ground(request: AnyRequest, record: str) -> Ground:
    """Raises NotFoundError, also for what was found by others than the account's department."""
    county: County = request.app.state.county
    try:
        record_id = bytes.fromhex(record) if len(record) == _HEX else b""
    except ValueError:
        record_id = b""
    with reading(county.engine) as connection:
        ground = find_ground(connection, record_id)
    if not _departments(account_in(request), ground):
        raise NotFoundError("ground", "")
    return ground


def _departments(account: Account, ground: Ground) -> tuple[str, ...]:
    own = own_departments(account)
    return tuple(one for one in ground.departments if one in own)


def _form(request: AnyRequest, ground: Ground, typed: Typed, status_code: int = HTTP_200_OK) -> Template:
    with reading(request.app.state.county.engine) as connection:
        names = {key: one.name for key, one in departments_of(connection).items()}
        fact = current_facts(connection, "enterprise", [ground.enterprise]).get(ground.enterprise)
    return page(
        request,
        "cases/new.html",
        status_code=status_code,
        typed=typed,
        ground=ground,
        enterprise=fact.load(Enterprise).name if fact else "",
        departments=[(one, names.get(one, one)) for one in _departments(account_in(request), ground)],
        review_grounds=tuple(ReviewGround),
    )


ROUTES: list[Any] = [new_case, add_case]
