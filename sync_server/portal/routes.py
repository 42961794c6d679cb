"""The landing page, the language switch, login and logout."""

from __future__ import annotations

from anyio import to_thread
from litestar import Request, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_303_SEE_OTHER, HTTP_401_UNAUTHORIZED, HTTP_429_TOO_MANY_REQUESTS

from sync_server.accounts.access import form_secret, known_session, may
from sync_server.accounts.account import Account
from sync_server.accounts.cookies import FORM_COOKIE, LANGUAGE_COOKIE, SESSION_COOKIE, YEAR_SECONDS, make_cookie
from sync_server.accounts.errors import LoginFailedError, LoginThrottledError, SecondFactorError
from sync_server.accounts.form_tokens import form_token, new_form_secret
from sync_server.accounts.log_in import log_in
from sync_server.accounts.sessions import close_session, find_session
from sync_server.county import County
from sync_server.pages.frame import page
from sync_server.pages.local_paths import local_path
from sync_server.texts import pick

_LONGEST_FIELD = 512
_START = ("/office", "/visits", "/filings", "/exceptions", "/cases", "/registry", "/accounts", "/hotline")
"""Where a person's work begins: the first of these that the account may see."""


@get("/", sync_to_thread=False, include_in_schema=False)
def landing(request: Request) -> Template:  # type: ignore[type-arg]
    return page(request, "landing.html")


@get("/language/{language:str}", sync_to_thread=False, include_in_schema=False)
def choose_language(request: Request, language: FromPath[str], back: FromQuery[str | None] = None) -> Redirect:  # type: ignore[type-arg]
    settings = request.app.state.county.settings
    cookie = make_cookie(request, settings, LANGUAGE_COOKIE, pick(language), max_age=YEAR_SECONDS)
    return Redirect(local_path(back, "/"), status_code=HTTP_303_SEE_OTHER, cookies=[cookie])


@get("/login", sync_to_thread=False, include_in_schema=False)
def login_form(request: Request, next: FromQuery[str | None] = None) -> Template | Redirect:  # type: ignore[type-arg] # noqa: A002 - the address says next
    session = known_session(request)
    if session is not None:
        return Redirect(local_path(next, _start(session.account)), status_code=HTTP_303_SEE_OTHER)
    return _login_page(request, next)


@post("/login", include_in_schema=False)
async def submit_login(request: Request) -> Template | Redirect:  # type: ignore[type-arg]
    county: County = request.app.state.county
    name, password, wish = [await _field(request, key) for key in ("account", "password", "next")]
    code = await _field(request, "code")
    address = request.client.host if request.client else ""
    try:
        token = await to_thread.run_sync(log_in, county, name, password, address, code)
    except LoginFailedError as err:
        return _login_page(request, wish, refusal=err.code, name=name, status_code=HTTP_401_UNAUTHORIZED)
    except SecondFactorError as err:
        refusal = err.code if code else "second_factor_wanted"
        return _login_page(request, wish, refusal=refusal, name=name, status_code=HTTP_401_UNAUTHORIZED)
    except LoginThrottledError as err:
        seconds = err.retry_after_seconds
        return _login_page(
            request, wish, refusal=err.code, seconds=seconds, name=name, status_code=HTTP_429_TOO_MANY_REQUESTS
        )
    session = await to_thread.run_sync(find_session, county, token)
    start = _start(session.account) if session else "/"
    cookies = [
        make_cookie(request, county.settings, SESSION_COOKIE, token),
        make_cookie(request, county.settings, FORM_COOKIE, "", max_age=0),
    ]
    return Redirect(local_path(wish, start), status_code=HTTP_303_SEE_OTHER, cookies=cookies)


@post("/logout", include_in_schema=False)
async def logout(request: Request) -> Redirect:  # type: ignore[type-arg]
    county: County = request.app.state.county
    session = known_session(request)
    if session is not None:
        await to_thread.run_sync(close_session, county, session.token)
    cookie = make_cookie(request, county.settings, SESSION_COOKIE, "", max_age=0)
    return Redirect("/", status_code=HTTP_303_SEE_OTHER, cookies=[cookie])


def _start(account: Account) -> str:
    return next((path for path in _START if may(account, f"GET {path}")), "/")


def _login_page(
    request: Request,  # type: ignore[type-arg]
    wish: str | None,
    *,
    refusal: str | None = None,
    seconds: int | None = None,
    name: str = "",
    status_code: int = 200,
) -> Template:
    headers = {} if seconds is None else {"Retry-After": str(seconds)}
    answer = page(
        request,
        "login.html",
        status_code=status_code,
        headers=headers,
        next=local_path(wish, ""),
        refusal=refusal,
        seconds=seconds,
        name=name,
    )
    if not form_secret(request):
        secret = new_form_secret()
        answer.context["form_token"] = form_token(secret)
        answer.set_cookie(make_cookie(request, request.app.state.county.settings, FORM_COOKIE, secret))
    return answer


async def _field(request: Request, key: str) -> str:  # type: ignore[type-arg]
    value = (await request.form()).get(key)
    return value if isinstance(value, str) and len(value) <= _LONGEST_FIELD else ""


ROUTES = [landing, choose_language, login_form, submit_login, logout]
