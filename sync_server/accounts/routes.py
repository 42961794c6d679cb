"""/accounts for administrators, /account for everybody's own, /join for whoever was invited."""

from __future__ import annotations

from typing import Any, TypeAlias

from anyio import to_thread
from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK, HTTP_303_SEE_OTHER, HTTP_404_NOT_FOUND, HTTP_422_UNPROCESSABLE_ENTITY

from sync_server.accounts.access import form_secret
from sync_server.accounts.account import OF_A_DEPARTMENT, Account, Grant, Role, grant_of
from sync_server.accounts.change_roles import change_roles
from sync_server.accounts.cookies import FORM_COOKIE, make_cookie
from sync_server.accounts.disable_account import disable_account
from sync_server.accounts.errors import (
    AccountExistsError,
    AccountUnknownError,
    InvitationError,
    LastAdministratorError,
    PasswordTooWeakError,
)
from sync_server.accounts.form_tokens import form_token, new_form_secret
from sync_server.accounts.invite import (
    VALID_DAYS,
    Invitation,
    accept_invitation,
    find_invitation,
    invite,
    open_invitations,
    withdraw_invitation,
)
from sync_server.accounts.open_work import open_work
from sync_server.accounts.read_accounts import find_account, list_accounts
from sync_server.accounts.sessions import end_sessions, sessions_of
from sync_server.accounts.set_second_factor import set_second_factor
from sync_server.accounts.views import history_of
from sync_server.county import County
from sync_server.errors import InvalidError, NotFoundError
from sync_server.pages.frame import page
from sync_server.registry.desk.read_people import departments_of
from sync_server.registry.desk.scope import account_in
from sync_server.registry.desk.typed import Typed, typed_of
from sync_server.storage.engine import reading

AnyRequest: TypeAlias = Request[Any, Any, Any]
_FIELDS = {"name": "name", "roles": "roles", "person": "person", "department": "roles"}


@get("/accounts", sync_to_thread=True)
def accounts(request: AnyRequest) -> Template:
    county: County = request.app.state.county
    return page(request, "accounts/list.html", accounts=list_accounts(county), invitations=open_invitations(county))


@get("/accounts/invite", sync_to_thread=True)
def invitation_form(request: AnyRequest) -> Template:
    return _invite_form(request, Typed(), ())


@post("/accounts/invite", status_code=HTTP_200_OK)
async def send_invitation(request: AnyRequest) -> Template:
    """The link is shown once, on this very answer: the database keeps only its hash."""
    grants = await _grants_in(request)
    return await to_thread.run_sync(_invite, request, await typed_of(request), grants)


@post("/accounts/withdraw")
async def withdraw(request: AnyRequest) -> Response[Any]:
    typed = await typed_of(request)
    await to_thread.run_sync(withdraw_invitation, request.app.state.county, typed.text("name"))
    return Redirect("/accounts?done=1", status_code=HTTP_303_SEE_OTHER)


@get("/accounts/{name:str}", sync_to_thread=True)
def one_account(request: AnyRequest, name: FromPath[str]) -> Template:
    return _account(request, _known(request, name), Typed())


@post("/accounts/{name:str}")
async def change_account(request: AnyRequest, name: FromPath[str]) -> Response[Any]:
    grants = await _grants_in(request)
    return await to_thread.run_sync(_change, request, name, await typed_of(request), grants)


@get("/join/{token:str}", sync_to_thread=True)
def join_form(request: AnyRequest, token: FromPath[str]) -> Template:
    return _join(request, token, Typed())


@post("/join/{token:str}")
async def join(request: AnyRequest, token: FromPath[str]) -> Response[Any]:
    return await to_thread.run_sync(_accept, request, token, await typed_of(request))


async def _grants_in(request: AnyRequest) -> tuple[Grant, ...]:
    form = await request.form()
    found = []
    for text in form.getall("grant", []):
        try:
            found.append(grant_of(str(text)))
        except ValueError:
            continue
    return tuple(found)


def _invite(request: AnyRequest, typed: Typed, grants: tuple[Grant, ...]) -> Template:
    county: County = request.app.state.county
    person = typed.text("person") or None
    try:
        by = account_in(request).name
        token = invite(county, typed.text("name"), typed.text("display_name"), grants, person=person, by=by)
    except (InvalidError, AccountExistsError) as err:
        return _invite_form(request, _with(typed, err), grants, HTTP_422_UNPROCESSABLE_ENTITY)
    scheme = "https" if county.settings.secure_cookies else request.url.scheme
    link = f"{scheme}://{county.settings.public_host}/join/{token}"
    return page(request, "accounts/invited.html", link=link, name=typed.text("name").lower(), days=VALID_DAYS)


def _invite_form(request: AnyRequest, typed: Typed, grants: tuple[Grant, ...], status_code: int = 200) -> Template:
    return page(request, "accounts/invite.html", status_code=status_code, typed=typed, **_choices(request, grants))


def _change(request: AnyRequest, name: str, typed: Typed, grants: tuple[Grant, ...]) -> Response[Any]:
    county: County = request.app.state.county
    account, by = _known(request, name), account_in(request).name
    act = typed.text("act")
    try:
        if act == "roles":
            change_roles(county, name, grants, person=typed.text("person") or None, by=by)
        elif act in ("disable", "enable"):
            disable_account(county, name, disabled=act == "disable", by=by)
        elif act == "end_sessions":
            end_sessions(county, account.name)
        elif act == "take_factor" and account.has_second_factor:
            set_second_factor(county, name, None, None, by=by)
    except (InvalidError, LastAdministratorError) as err:
        return _account(request, account, _with(typed, err), grants, HTTP_422_UNPROCESSABLE_ENTITY)
    return Redirect(f"/accounts/{account.name}?done=1", status_code=HTTP_303_SEE_OTHER)


def _account(
    request: AnyRequest,
    account: Account,
    typed: Typed,
    grants: tuple[Grant, ...] | None = None,
    status_code: int = 200,
) -> Template:
    county: County = request.app.state.county
    with reading(county.engine) as connection:
        history = history_of(connection, account.name)
    shown = typed if typed.values else Typed({"person": account.person or ""})
    return page(
        request,
        "accounts/account.html",
        status_code=status_code,
        typed=shown,
        one=account,
        history=history,
        sessions=sessions_of(county, account.name),
        work=open_work(county, account),
        **_choices(request, account.grants if grants is None else grants),
    )


def _choices(request: AnyRequest, grants: tuple[Grant, ...]) -> dict[str, Any]:
    with reading(request.app.state.county.engine) as connection:
        departments = departments_of(connection)
    return {
        "chosen": {str(grant) for grant in grants},
        "county_roles": [role for role in Role if role not in OF_A_DEPARTMENT],
        "department_roles": [role for role in Role if role in OF_A_DEPARTMENT],
        "departments": departments,
    }


def _known(request: AnyRequest, name: str) -> Account:
    try:
        return find_account(request.app.state.county, name)
    except AccountUnknownError as err:
        raise NotFoundError("account", "") from err


def _with(typed: Typed, err: InvalidError | AccountExistsError | LastAdministratorError) -> Typed:
    if isinstance(err, AccountExistsError):
        return typed.with_errors({"name": "account_exists"})
    if isinstance(err, LastAdministratorError):
        return typed.with_errors({"roles": "last_administrator"})
    field = _FIELDS.get(err.problem, "roles" if err.where == "account.department" else "person")
    return typed.with_errors({field: f"account_{field}"})


def _accept(request: AnyRequest, token: str, typed: Typed) -> Response[Any]:
    county: County = request.app.state.county
    password = typed.values.get("password", "")
    if password != typed.values.get("again", ""):
        return _join(request, token, Typed({}, {"again": "not_the_same"}), HTTP_422_UNPROCESSABLE_ENTITY)
    try:
        accept_invitation(county, token, password)
    except PasswordTooWeakError:
        return _join(request, token, Typed({}, {"password": "weak_password"}), HTTP_422_UNPROCESSABLE_ENTITY)
    except (InvitationError, AccountExistsError, InvalidError):
        return page(request, "accounts/over.html", status_code=HTTP_404_NOT_FOUND)
    return Redirect("/login", status_code=HTTP_303_SEE_OTHER)


def _join(request: AnyRequest, token: str, typed: Typed, status_code: int = 200) -> Template:
    try:
        found: Invitation = find_invitation(request.app.state.county, token)
    except InvitationError:
        return page(request, "accounts/over.html", status_code=HTTP_404_NOT_FOUND)
    answer = page(request, "accounts/join.html", status_code=status_code, invitation=found, typed=typed, token=token)
    if not form_secret(request):
        secret = new_form_secret()
        answer.context["form_token"] = form_token(secret)
        answer.set_cookie(make_cookie(request, request.app.state.county.settings, FORM_COOKIE, secret))
    return answer


ROUTES: list[Any] = [
    accounts,
    invitation_form,
    send_invitation,
    withdraw,
    one_account,
    change_account,
    join_form,
    join,
]
