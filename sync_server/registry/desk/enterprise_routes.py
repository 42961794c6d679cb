"""/registry/enterprises: status, gates, taught codes, and whom to ring."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, TypeAlias

from anyio import to_thread
from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_303_SEE_OTHER, HTTP_422_UNPROCESSABLE_ENTITY

from shared_models.calendar import day_of
from shared_models.enterprise import Enterprise, EnterpriseStatus, Gate
from sync_server.accounts.account import Role
from sync_server.check.find_gates import find_gates
from sync_server.county import County
from sync_server.errors import InvalidError, NotFoundError, WrongStateError
from sync_server.pages.frame import page
from sync_server.registry.add_gate import FIRST_GATE, add_gate
from sync_server.registry.contacts import Contact
from sync_server.registry.desk.read_enterprises import FLAGS, ORDERS, list_enterprises, read_enterprise
from sync_server.registry.desk.scope import account_in
from sync_server.registry.desk.typed import Typed, typed_of
from sync_server.registry.desk.wish import wish_from
from sync_server.registry.judge import RefusedFieldsError
from sync_server.registry.keep_enterprise import keep_enterprise
from sync_server.registry.teach_code import teach_code
from sync_server.registry.void_gate import void_gate

AnyRequest: TypeAlias = Request[Any, Any, Any]
_LIST = "/registry/enterprises"
_MOST_DIGITS = 4


@get(_LIST, sync_to_thread=True)
def enterprises(request: AnyRequest) -> Template:
    state = request.app.state
    wish = wish_from(_LIST, dict(request.query_params), flags=FLAGS, orders=ORDERS)
    found = list_enterprises(state.county, wish, state.enterprise_index)
    return page(request, "registry/enterprises.html", found=found, flags=FLAGS, orders=ORDERS)


@get("/registry/new-enterprise", sync_to_thread=True)
def new_enterprise(request: AnyRequest) -> Template:
    return _form(request, Typed({"status": "active"}), None)


@post("/registry/new-enterprise")
async def add_enterprise(request: AnyRequest) -> Response[Any]:
    return await to_thread.run_sync(_keep, request, await typed_of(request), None)


@get("/registry/enterprises/{uscc:str}", sync_to_thread=True)
def enterprise(request: AnyRequest, uscc: FromPath[str]) -> Template:
    found = read_enterprise(request.app.state.county, uscc)
    return _form(request, Typed(_values(found.enterprise, found.contact)), uscc)


@get("/registry/enterprises/{uscc:str}/sheets.pdf", sync_to_thread=True)
def sheets_pdf(request: AnyRequest, uscc: FromPath[str]) -> Response[bytes]:
    """Its gate sheets, to be sealed and put up."""
    from sync_server.check.print_sheets import print_sheets  # noqa: PLC0415 - typst is loaded for this alone

    county: County = request.app.state.county
    read_enterprise(county, uscc)
    gates = find_gates(county, [uscc])
    if not gates:
        raise NotFoundError("gate", uscc)
    data = print_sheets(county.settings, gates, day_of(county.clock.now()))
    headers = {"Content-Disposition": f'inline; filename="gates-{uscc}.pdf"'}
    return Response(data, media_type="application/pdf", headers=headers)


@post("/registry/enterprises/{uscc:str}")
async def change_enterprise(request: AnyRequest, uscc: FromPath[str]) -> Response[Any]:
    return await to_thread.run_sync(_keep, request, await typed_of(request), uscc)


@post("/registry/enterprises/{uscc:str}/gates")
async def gates(request: AnyRequest, uscc: FromPath[str]) -> Response[Any]:
    return await to_thread.run_sync(_gates, request, await typed_of(request), uscc)


@post("/registry/enterprises/{uscc:str}/codes")
async def codes(request: AnyRequest, uscc: FromPath[str]) -> Response[Any]:
    return await to_thread.run_sync(_teach, request, await typed_of(request), uscc)


def _keep(request: AnyRequest, typed: Typed, key: str | None) -> Response[Any]:
    county: County = request.app.state.county
    account = account_in(request)
    is_closed = typed.text("status") == EnterpriseStatus.CLOSED
    made = Enterprise(
        uscc=key or typed.text("uscc").upper(),
        status=EnterpriseStatus.CLOSED if is_closed else EnterpriseStatus.ACTIVE,
        name=typed.text("name"),
        township=typed.text("township"),
        address=typed.text("address"),
        industry=typed.text("industry"),
        gates=(Gate(FIRST_GATE, typed.text("place")),) if key is None else (),
    )
    contact = Contact(**{one.name: typed.text(one.name) for one in fields(Contact)})
    try:
        keep_enterprise(county, account.name, made, is_new=key is None, contact=contact)
    except RefusedFieldsError as err:
        return _refused(request, typed.with_errors(err.problems), key)
    return _back(made.uscc)


def _gates(request: AnyRequest, typed: Typed, uscc: str) -> Response[Any]:
    county: County = request.app.state.county
    account = account_in(request)
    number = typed.text("no")
    try:
        if typed.is_ticked("add"):
            add_gate(county, account.name, uscc, typed.text("place"))
        elif number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS:
            void_gate(county, account.name, uscc, int(number), renew=typed.is_ticked("renew"))
    except RefusedFieldsError as err:
        return _refused(request, _shown(county, uscc, typed, err.problems), uscc)
    except WrongStateError:
        pass  # a second click: it is void
    return _back(uscc)


def _teach(request: AnyRequest, typed: Typed, uscc: str) -> Response[Any]:
    county: County = request.app.state.county
    read_enterprise(county, uscc)
    try:
        teach_code(county, account_in(request).name, typed.text("code"), uscc)
    except InvalidError:
        problem = "too_long" if typed.text("code") else "empty"
        return _refused(request, _shown(county, uscc, typed, {"code": problem}), uscc)
    return _back(uscc)


def _shown(county: County, uscc: str, typed: Typed, problems: Any) -> Typed:
    found = read_enterprise(county, uscc)
    return Typed({**_values(found.enterprise, found.contact), **typed.values}, dict(problems))


def _refused(request: AnyRequest, typed: Typed, key: str | None) -> Template:
    return _form(request, typed, key, status_code=HTTP_422_UNPROCESSABLE_ENTITY)


def _form(request: AnyRequest, typed: Typed, key: str | None, status_code: int = 200) -> Template:
    found = None if key is None else read_enterprise(request.app.state.county, key)
    keeps = account_in(request).has(Role.COUNTY_OFFICE)
    context: dict[str, Any] = {"typed": typed, "key": key, "found": found, "keeps": keeps}
    return page(request, "registry/enterprise.html", status_code=status_code, **context)


def _values(enterprise: Enterprise, contact: Contact) -> dict[str, str]:
    names = ("uscc", "name", "township", "address", "industry")
    return {
        "status": enterprise.status.value,
        **{name: getattr(enterprise, name) for name in names},
        **{one.name: getattr(contact, one.name) for one in fields(Contact)},
    }


def _back(uscc: str) -> Redirect:
    return Redirect(f"{_LIST}/{uscc}?done=1", status_code=HTTP_303_SEE_OTHER)


ROUTES: list[Any] = [
    enterprises,
    new_enterprise,
    add_enterprise,
    enterprise,
    sheets_pdf,
    change_enterprise,
    gates,
    codes,
]
