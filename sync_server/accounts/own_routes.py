"""/account: one's own password, second factor and sessions."""

from __future__ import annotations

from typing import Any, TypeAlias

from anyio import to_thread
from litestar import Request, Response, get, post
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_303_SEE_OTHER, HTTP_422_UNPROCESSABLE_ENTITY

from sync_server.accounts.access import known_session
from sync_server.accounts.change_password import change_password
from sync_server.accounts.cookies import SESSION_COOKIE, make_cookie
from sync_server.accounts.errors import (
    LoginFailedError,
    LoginRequiredError,
    LoginThrottledError,
    PasswordTooWeakError,
    SecondFactorError,
)
from sync_server.accounts.log_in import check_password
from sync_server.accounts.second_factor import factor_address, new_factor, right_step, typed_secret
from sync_server.accounts.sessions import end_sessions, key_of, sessions_of
from sync_server.accounts.set_second_factor import set_second_factor
from sync_server.county import County
from sync_server.pages.code_picture import code_picture
from sync_server.pages.frame import page
from sync_server.registry.desk.typed import Typed, typed_of

AnyRequest: TypeAlias = Request[Any, Any, Any]
_FACTOR_HEX = 32


@get("/account", sync_to_thread=True)
def own_account(request: AnyRequest) -> Template:
    return _page(request, Typed())


@post("/account")
async def change_own(request: AnyRequest) -> Response[Any]:
    typed = await typed_of(request)
    return await to_thread.run_sync(_change, request, typed)


def _change(request: AnyRequest, typed: Typed) -> Response[Any]:
    act = typed.text("act")
    if act == "password":
        return _password(request, typed)
    if act in ("factor", "take_factor"):
        return _factor(request, typed, act)
    county, name, token = _who(request)
    key = typed.text("session")
    end_sessions(county, name, key=key or None, but=key_of(token))
    return Redirect("/account?done=1", status_code=HTTP_303_SEE_OTHER)


def _password(request: AnyRequest, typed: Typed) -> Response[Any]:
    county, name, _ = _who(request)
    new = typed.values.get("password", "")
    problems = _check_old(request, typed)
    if new != typed.values.get("again", ""):
        problems = problems or {"again": "not_the_same"}
    if not problems:
        try:
            change_password(county, name, new, by=name)
        except PasswordTooWeakError:
            problems = {"password": "weak_password"}
    if problems:
        return _page(request, Typed({"act": "password"}, problems), HTTP_422_UNPROCESSABLE_ENTITY)
    # all sessions ended, this one as well: whoever knew the old password is out
    cookie = make_cookie(request, county.settings, SESSION_COOKIE, "", max_age=0)
    return Redirect("/login", status_code=HTTP_303_SEE_OTHER, cookies=[cookie])


def _factor(request: AnyRequest, typed: Typed, act: str) -> Response[Any]:
    county, name, _ = _who(request)
    problems = _check_old(request, typed)
    factor = _bytes(typed.text("factor"))
    step = right_step(county, name, factor, typed.text("code")) if factor and act == "factor" else None
    if act == "factor" and step is None:
        problems = problems or {"code": "factor_code"}
    if problems:
        shown = Typed({"act": act, "factor": factor.hex() if factor else ""}, problems)
        return _page(request, shown, HTTP_422_UNPROCESSABLE_ENTITY)
    set_second_factor(county, name, factor if act == "factor" else None, step, by=name)
    return Redirect("/account?done=1", status_code=HTTP_303_SEE_OTHER)


def _check_old(request: AnyRequest, typed: Typed) -> dict[str, str]:
    """Whoever finds an open session must not be able to keep it for good."""
    county, name, _ = _who(request)
    address = request.client.host if request.client else ""
    try:
        check_password(county, name, typed.values.get("old", ""), address)
    except LoginThrottledError:
        return {"old": "try_later"}
    except (LoginFailedError, SecondFactorError):
        return {"old": "not_the_password"}
    return {}


def _page(request: AnyRequest, typed: Typed, status_code: int = 200) -> Template:
    county, name, token = _who(request)
    factor = _bytes(typed.text("factor")) or new_factor()
    return page(
        request,
        "accounts/own.html",
        status_code=status_code,
        typed=typed,
        sessions=sessions_of(county, name),
        here_key=key_of(token),
        factor=factor.hex(),
        secret=typed_secret(county, name, factor),
        picture=code_picture(factor_address(county, name, factor)),
    )


def _who(request: AnyRequest) -> tuple[County, str, str]:
    session = known_session(request)
    if session is None:
        raise LoginRequiredError
    return request.app.state.county, session.account.name, session.token


def _bytes(text: str) -> bytes | None:
    try:
        return bytes.fromhex(text) if len(text) == _FACTOR_HEX else None
    except ValueError:
        return None


ROUTES: list[Any] = [own_account, change_own]
