"""/registry/people: officers and visitors, their licences, portraits, and who may approve exceptions."""

from __future__ import annotations

from typing import Any, TypeAlias
from urllib.parse import quote

from anyio import to_thread
from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_303_SEE_OTHER, HTTP_422_UNPROCESSABLE_ENTITY

from shared_models.people import Person
from sync_server.accounts.account import Account, Role
from sync_server.accounts.errors import ForbiddenError
from sync_server.county import County
from sync_server.pages.frame import page
from sync_server.registry.desk.read_people import (
    FLAGS,
    ORDERS,
    departments_of,
    list_people,
    phones_of,
    read_person,
)
from sync_server.registry.desk.scope import account_in, check_keeps, may_keep
from sync_server.registry.desk.typed import Typed, typed_of, upload_of
from sync_server.registry.desk.wish import wish_from
from sync_server.registry.judge import RefusedFieldsError
from sync_server.registry.keep_person import keep_person
from sync_server.registry.keep_portrait import MAX_UPLOAD_BYTES, PortraitError, keep_portrait
from sync_server.registry.revoke_person import revoke_person
from sync_server.registry.set_approver import set_approver
from sync_server.storage.engine import reading

AnyRequest: TypeAlias = Request[Any, Any, Any]
_LIST = "/registry/people"


@get(_LIST, sync_to_thread=True)
def people(request: AnyRequest) -> Template:
    county: County = request.app.state.county
    wish = wish_from(_LIST, dict(request.query_params), flags=FLAGS, orders=ORDERS)
    with reading(county.engine) as connection:
        departments = departments_of(connection)
    found = list_people(county, wish)
    account = account_in(request)
    own = [key for key in departments if may_keep(account, key)]
    return page(
        request, "registry/people.html", found=found, departments=departments, flags=FLAGS, orders=ORDERS, may_add=own
    )


@get("/registry/new-person", sync_to_thread=True)
def new_person(request: AnyRequest) -> Template:
    account = account_in(request)
    own = account.departments(Role.CLERK)
    values = {"department": own[0]} if own else {}
    return _form(request, Typed({**values, **_asked(request)}), None)


@post("/registry/new-person")
async def add_person(request: AnyRequest) -> Response[Any]:
    typed = await typed_of(request)
    return await to_thread.run_sync(_keep, request, typed, None)


@get("/registry/people/{person:str}", sync_to_thread=True)
def person(request: AnyRequest, person: FromPath[str]) -> Template:
    listed = read_person(request.app.state.county, person)
    return _form(request, Typed(_values(listed.person)), person)


@post("/registry/people/{person:str}")
async def change_person(request: AnyRequest, person: FromPath[str]) -> Response[Any]:
    typed = await typed_of(request)
    return await to_thread.run_sync(_keep, request, typed, person)


@post("/registry/people/{person:str}/portrait", request_max_body_size=MAX_UPLOAD_BYTES + 4096)
async def upload_portrait(request: AnyRequest, person: FromPath[str]) -> Response[Any]:
    picture = await upload_of(request, "portrait")
    return await to_thread.run_sync(_portrait, request, person, picture[1] if picture else b"")


@post("/registry/people/{person:str}/revoke")
async def revoke(request: AnyRequest, person: FromPath[str]) -> Response[Any]:
    typed = await typed_of(request)
    return await to_thread.run_sync(_revoke, request, typed, person)


@post("/registry/people/{person:str}/approver")
async def approver(request: AnyRequest, person: FromPath[str]) -> Response[Any]:
    typed = await typed_of(request)
    county: County = request.app.state.county
    account = account_in(request)
    await to_thread.run_sync(
        lambda: set_approver(county, account.name, person, may_approve=typed.text("may_approve") == "yes")
    )
    return _back(person)


def _keep(request: AnyRequest, typed: Typed, key: str | None) -> Response[Any]:
    county: County = request.app.state.county
    account = account_in(request)
    made = Person(
        id=key or typed.text("id"),
        department=typed.text("department"),
        licence=typed.text("licence") or None,
        unit=typed.text("unit"),
        valid_from=typed.day("valid_from"),
        valid_until=typed.day("valid_until"),
        name=typed.text("name"),
    )
    if key is not None:
        check_keeps(account, read_person(county, key).person.department)
    if not typed.errors and not may_keep(account, made.department):
        typed.errors["department"] = "not_yours"
    if typed.errors:
        return _refused(request, typed, key)
    try:
        keep_person(county, account.name, made, is_new=key is None)
    except RefusedFieldsError as err:
        return _refused(request, typed.with_errors(err.problems), key)
    return _back(made.id)


def _portrait(request: AnyRequest, key: str, picture: bytes) -> Response[Any]:
    county: County = request.app.state.county
    listed = read_person(county, key)
    account = account_in(request)
    check_keeps(account, listed.person.department)
    try:
        keep_portrait(county, account.name, key, picture)
    except PortraitError as err:
        return _refused(request, Typed(_values(listed.person), {"portrait": err.problem}), key)
    return _back(key)


def _revoke(request: AnyRequest, typed: Typed, key: str) -> Response[Any]:
    county: County = request.app.state.county
    listed = read_person(county, key)
    account = account_in(request)
    reason = typed.text("reason")
    if not account.has(Role.COUNTY_OFFICE):
        raise ForbiddenError
    if not reason or len(reason) > 200:  # noqa: PLR2004 - as the field says
        problem = "empty" if not reason else "too_long"
        shown = Typed({**_values(listed.person), "reason": reason}, {"reason": problem})
        return _refused(request, shown, key)
    if not listed.person.revoked:
        revoke_person(county, account.name, key, reason)
    return _back(key)


def _refused(request: AnyRequest, typed: Typed, key: str | None) -> Template:
    return _form(request, typed, key, status_code=HTTP_422_UNPROCESSABLE_ENTITY)


def _form(request: AnyRequest, typed: Typed, key: str | None, status_code: int = 200) -> Template:
    county: County = request.app.state.county
    account: Account = account_in(request)
    listed = None if key is None else read_person(county, key)
    with reading(county.engine) as connection:
        departments = departments_of(connection)
        phones = phones_of(connection, key) if key else []
    keeps = may_keep(account, listed.person.department) if listed else True
    return page(
        request,
        "registry/person.html",
        status_code=status_code,
        typed=typed,
        key=key,
        listed=listed,
        phones=phones,
        departments=departments if account.has(Role.COUNTY_OFFICE) or not keeps else _own(departments, account),
        keeps=keeps,
        is_office=account.has(Role.COUNTY_OFFICE),
    )


def _own(departments: dict[str, Any], account: Account) -> dict[str, Any]:
    return {key: one for key, one in departments.items() if may_keep(account, key)}


def _asked(request: AnyRequest) -> dict[str, str]:
    return {"department": request.query_params["department"]} if request.query_params.get("department") else {}


def _values(person: Person) -> dict[str, str]:
    return {
        "id": person.id,
        "name": person.name,
        "department": person.department,
        "unit": person.unit,
        "licence": person.licence or "",
        "valid_from": str(person.valid_from or ""),
        "valid_until": str(person.valid_until or ""),
    }


def _back(key: str) -> Redirect:
    return Redirect(f"{_LIST}/{quote(key, safe='')}?done=1", status_code=HTTP_303_SEE_OTHER)


ROUTES: list[Any] = [people, new_person, add_person, person, change_person, upload_portrait, revoke, approver]
