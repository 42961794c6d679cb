"""/registry/phones: codes to enrol a phone, phones that wait for the clerk's word, lost ones and new ones."""

from __future__ import annotations

from typing import Any, TypeAlias

from anyio import to_thread
from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK, HTTP_303_SEE_OTHER

from shared_models.county import PhoneTrust
from sync_server.county import County
from sync_server.enrolment.confirm_enrolment import confirm_enrolment
from sync_server.enrolment.issue_code import issue_code
from sync_server.enrolment.pending import enrolment_row, waiting_enrolments
from sync_server.enrolment.refuse_enrolment import refuse_enrolment
from sync_server.enrolment.revoke_phone import revoke_phone
from sync_server.errors import NotFoundError, WrongStateError
from sync_server.pages.code_picture import code_picture
from sync_server.pages.frame import page
from sync_server.registry.desk.read_people import departments_of, list_phones, read_person
from sync_server.registry.desk.scope import account_in, check_keeps, may_keep
from sync_server.registry.desk.typed import typed_of
from sync_server.registry.desk.wish import wish_from
from sync_server.storage.engine import reading
from sync_server.storage.facts import current_facts

AnyRequest: TypeAlias = Request[Any, Any, Any]
_LIST = "/registry/phones"
FLAGS, ORDERS = ("active", "revoked"), ("changed", "name")
REASONS = ("lost", "replaced", "left")
_KID_HEX = 16


@get(_LIST, sync_to_thread=True)
def phones(request: AnyRequest) -> Template:
    county: County = request.app.state.county
    account = account_in(request)
    wish = wish_from(_LIST, dict(request.query_params), flags=FLAGS, orders=ORDERS)
    waiting = [(one, read_person(county, one.officer)) for one in waiting_enrolments(county)]
    with reading(county.engine) as connection:
        departments = departments_of(connection)
    return page(
        request,
        "registry/phones.html",
        found=list_phones(county, wish),
        waiting=[(one, person) for one, person in waiting if may_keep(account, person.person.department)],
        departments=departments,
        flags=FLAGS,
        orders=ORDERS,
        reasons=REASONS,
        note=request.query_params.get("note", ""),
        keeps={key for key in departments if may_keep(account, key)},
    )


@post("/registry/people/{person:str}/code", status_code=HTTP_200_OK)
async def issue(request: AnyRequest, person: FromPath[str]) -> Template:
    """The code is shown once, on this very answer: the database keeps only its hash."""
    return await to_thread.run_sync(_issue, request, person)


@post("/registry/enrolments/{enrolment:str}/confirm")
async def confirm(request: AnyRequest, enrolment: FromPath[str]) -> Response[Any]:
    typed = await typed_of(request)
    return await to_thread.run_sync(_answer, request, enrolment, True, typed.is_ticked("keep_others"))  # noqa: FBT003


@post("/registry/enrolments/{enrolment:str}/refuse")
async def refuse(request: AnyRequest, enrolment: FromPath[str]) -> Response[Any]:
    return await to_thread.run_sync(_answer, request, enrolment, False, False)  # noqa: FBT003


@post("/registry/phones/{kid:str}/revoke")
async def revoke(request: AnyRequest, kid: FromPath[str]) -> Response[Any]:
    typed = await typed_of(request)
    return await to_thread.run_sync(_revoke, request, kid, typed.text("reason"))


def _issue(request: AnyRequest, key: str) -> Template:
    county: County = request.app.state.county
    account = account_in(request)
    listed = read_person(county, key)
    check_keeps(account, listed.person.department)
    if listed.person.revoked:
        raise WrongStateError("person", key, "revoked")
    code = issue_code(county, account.name, key)
    expires_at = int(code.expires_at.timestamp() * 1000)
    picture = code_picture(code.text)
    return page(
        request, "registry/code.html", listed=listed, typed_code=code.typed, picture=picture, expires_at=expires_at
    )


def _answer(request: AnyRequest, enrolment: str, is_confirmed: bool, keep_others: bool) -> Redirect:
    county: County = request.app.state.county
    account = account_in(request)
    with reading(county.engine) as connection:
        officer = enrolment_row(connection, enrolment).officer
    check_keeps(account, read_person(county, officer).person.department)
    try:
        if is_confirmed:
            confirm_enrolment(county, account.name, enrolment, keep_others=keep_others)
        else:
            refuse_enrolment(county, enrolment)
    except WrongStateError:
        return _back("enrolment_over")
    return _back("enrolment_confirmed" if is_confirmed else "enrolment_refused")


def _revoke(request: AnyRequest, kid: str, reason: str) -> Redirect:
    county: County = request.app.state.county
    account = account_in(request)
    if len(kid) != _KID_HEX or not all(one in "0123456789abcdef" for one in kid):
        raise NotFoundError("phone", "")
    with reading(county.engine) as connection:
        fact = current_facts(connection, "phone", [kid]).get(kid)
    if fact is None:
        raise NotFoundError("phone", kid)
    check_keeps(account, read_person(county, fact.load(PhoneTrust).officer).person.department)
    try:
        revoke_phone(county, account.name, bytes.fromhex(kid), reason if reason in REASONS else REASONS[0])
    except WrongStateError:
        return _back("phone_was_revoked")
    return _back("phone_revoked")


def _back(note: str) -> Redirect:
    return Redirect(f"{_LIST}?note={note}", status_code=HTTP_303_SEE_OTHER)


ROUTES: list[Any] = [phones, issue, confirm, refuse, revoke]
