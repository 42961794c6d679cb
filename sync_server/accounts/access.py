"""Who may see which page: one table; what is not in it is refused. Also the two checks before every page and form."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from anyio import to_thread
from litestar import Request
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from shared_models.errors import BadlyFormedError
from sync_server.accounts.account import Account, Role
from sync_server.accounts.cookies import FORM_COOKIE, SESSION_COOKIE, read_cookie
from sync_server.accounts.errors import ForbiddenError, FormExpiredError, LoginRequiredError
from sync_server.accounts.form_tokens import is_form_token
from sync_server.accounts.sessions import Session, find_session
from sync_server.county import County

EVERYBODY: frozenset[Role] = frozenset()
ANY_ACCOUNT = frozenset(Role)
_OVERSIGHT = frozenset({Role.SUPERVISOR, Role.COUNTY_OFFICE, Role.DISCIPLINE})
_FILES = frozenset({Role.CLERK, Role.DEPARTMENT_HEAD})
_SEES_FILINGS = _FILES | {Role.COUNTY_OFFICE, Role.SUPERVISOR, Role.DISCIPLINE}
_OFFICE = frozenset({Role.COUNTY_OFFICE})
_HOTLINE = frozenset({Role.SUPERVISOR, Role.HOTLINE})
_APPROVER = frozenset({Role.APPROVER})
_REGISTRY = frozenset({Role.COUNTY_OFFICE, Role.CLERK, Role.DEPARTMENT_HEAD, Role.SUPERVISOR, Role.DISCIPLINE})
_KEEPS_PEOPLE = frozenset({Role.COUNTY_OFFICE, Role.CLERK})
"""A clerk those of their own departments only, which the use case checks."""
_KEEPS_REGISTRY = frozenset({Role.COUNTY_OFFICE})
_ADMINISTERS = frozenset({Role.ADMINISTRATOR})
_HEADS = frozenset({Role.DEPARTMENT_HEAD})
_CASES = _FILES | {Role.REVIEWER}
"""A department's own and its reviewers: who else oversees it sees no list of cases (rules 7)."""
_READS_A_CASE = _CASES | {Role.DISCIPLINE}
"""Discipline inspection reads the one whose number it was told."""
_DRAWS = frozenset({Role.COUNTY_OFFICE, Role.CLERK, Role.DEPARTMENT_HEAD})

ACCESS: Mapping[str, frozenset[Role]] = {
    "GET /": EVERYBODY,
    "GET /language/{language}": EVERYBODY,
    "GET /static/{name}": EVERYBODY,
    "GET /app": EVERYBODY,
    "GET /app/{path}": EVERYBODY,
    "GET /login": EVERYBODY,
    "POST /login": EVERYBODY,
    "POST /logout": ANY_ACCOUNT,
    "GET /visits": _OVERSIGHT,
    "GET /visits/{visit}": _OVERSIGHT,
    "GET /visits/{visit}/records/{record}/cbor": _OVERSIGHT,
    "GET /visits/{visit}/records/{record}/json": _OVERSIGHT,
    "GET /visits/{visit}/photos/{photo}": _OVERSIGHT,
    "GET /visits/{visit}/documents/{document}": _OVERSIGHT,
    "GET /portraits/{person}": _OVERSIGHT | _REGISTRY,
    "GET /set-aside": _OVERSIGHT,
    "GET /account": ANY_ACCOUNT,
    "POST /account": ANY_ACCOUNT,
    "GET /accounts": _ADMINISTERS,
    "GET /accounts/invite": _ADMINISTERS,
    "POST /accounts/invite": _ADMINISTERS,
    "POST /accounts/withdraw": _ADMINISTERS,
    "GET /accounts/{name}": _ADMINISTERS,
    "POST /accounts/{name}": _ADMINISTERS,
    "GET /join/{token}": EVERYBODY,
    "POST /join/{token}": EVERYBODY,
    "GET /draws": _REGISTRY,
    "GET /draws/new": _DRAWS,
    "POST /draws/new": _DRAWS,
    "GET /draws/{draw}": _REGISTRY,
    "POST /draws/{draw}": _DRAWS,
    "GET /draws/{draw}/file": _REGISTRY,
    "POST /draws/{draw}/filings": _FILES,
    "GET /registry": _REGISTRY,
    "GET /registry/departments": _REGISTRY,
    "POST /registry/departments": _KEEPS_REGISTRY,
    "GET /registry/departments/{department}": _KEEPS_REGISTRY,
    "POST /registry/departments/{department}": _KEEPS_REGISTRY,
    "GET /registry/people": _REGISTRY,
    "GET /registry/new-person": _KEEPS_PEOPLE,
    "POST /registry/new-person": _KEEPS_PEOPLE,
    "GET /registry/people/{person}": _REGISTRY,
    "POST /registry/people/{person}": _KEEPS_PEOPLE,
    "POST /registry/people/{person}/portrait": _KEEPS_PEOPLE,
    "POST /registry/people/{person}/revoke": _KEEPS_REGISTRY,
    "POST /registry/people/{person}/approver": _KEEPS_REGISTRY,
    "POST /registry/people/{person}/code": _KEEPS_PEOPLE,
    "GET /registry/phones": _KEEPS_PEOPLE,
    "POST /registry/phones/{kid}/revoke": _KEEPS_PEOPLE,
    "POST /registry/enrolments/{enrolment}/confirm": _KEEPS_PEOPLE,
    "POST /registry/enrolments/{enrolment}/refuse": _KEEPS_PEOPLE,
    "GET /registry/sheets": _KEEPS_REGISTRY,
    "POST /registry/sheets": _KEEPS_REGISTRY,
    "GET /registry/imports/{key}": _KEEPS_REGISTRY,
    "POST /registry/imports/{key}": _KEEPS_REGISTRY,
    "GET /registry/templates/{thing}": _KEEPS_REGISTRY,
    "GET /registry/exports/{table}": _KEEPS_REGISTRY,
    "GET /registry/enterprises": _REGISTRY,
    "GET /registry/new-enterprise": _KEEPS_REGISTRY,
    "POST /registry/new-enterprise": _KEEPS_REGISTRY,
    "GET /registry/enterprises/{uscc}": _REGISTRY,
    "GET /registry/enterprises/{uscc}/sheets.pdf": _REGISTRY,
    "POST /registry/enterprises/{uscc}": _KEEPS_REGISTRY,
    "POST /registry/enterprises/{uscc}/gates": _KEEPS_REGISTRY,
    "POST /registry/enterprises/{uscc}/codes": _KEEPS_REGISTRY,
    "GET /hotline": _HOTLINE,
    "POST /hotline": _HOTLINE,
    "GET /filings": _SEES_FILINGS,
    "POST /filings/new": _FILES,
    "GET /filings/{filing}": _SEES_FILINGS,
    "POST /filings/{filing}/withdraw": _FILES,
    "GET /filings/{filing}/form.pdf": _SEES_FILINGS,
    "GET /filings/{filing}/notice.pdf": _SEES_FILINGS,
    "GET /filings/drafts/{draft}": _FILES,
    "POST /filings/drafts/{draft}": _FILES,
    "GET /letters": _SEES_FILINGS,
    "GET /letters/{record}": _SEES_FILINGS,
    "GET /letters/{record}/photos/{photo}": _SEES_FILINGS,
    "POST /letters/{record}/answer": _FILES,
    "POST /letters/{record}/objection": _HEADS,
    "POST /letters/{record}/break": _HEADS,
    "POST /letters/{record}/decide": _HEADS,
    "POST /letters/{record}/follow-up": _FILES,
    "GET /registry/enterprises/{uscc}/offences": _SEES_FILINGS,
    "GET /cases": _READS_A_CASE,
    "GET /cases/new/{record}": _FILES,
    "POST /cases/new/{record}": _FILES,
    "GET /cases/{case}": _READS_A_CASE,
    "POST /cases/{case}/{act}": _CASES,
    "GET /cases/{case}/evidence/{file}": _READS_A_CASE,
    "GET /offsite": _SEES_FILINGS,
    "POST /offsite/new": _FILES,
    "GET /offsite/drafts/{draft}": _FILES,
    "POST /offsite/drafts/{draft}": _FILES,
    "GET /offsite/drafts/{draft}/lists.pdf": _FILES,
    "GET /offsite/lists": _SEES_FILINGS,
    "GET /offsite/lists/{key}": _FILES,
    "POST /offsite/lists/{key}": _FILES,
    "GET /offsite/{check}": _SEES_FILINGS,
    "GET /offsite/{check}/list.pdf": _SEES_FILINGS,
    "GET /offsite/{check}/photos/{photo}": _SEES_FILINGS,
    "POST /offsite/{check}/review": _FILES,
    "POST /offsite/{check}/due": _FILES,
    "POST /offsite/{check}/withdraw": _FILES,
    "POST /offsite/{check}/filing": _FILES,
    "GET /office": _OFFICE,
    "POST /office/preview": _OFFICE,
    "POST /office/decide": _OFFICE,
    "GET /office/joint": _OFFICE,
    "POST /office/joint": _OFFICE,
    "POST /office/joint/preview": _OFFICE,
    "GET /calendar": _SEES_FILINGS,
    "POST /calendar/weeks": _OFFICE,
    "POST /calendar/days": _OFFICE,
    "GET /calendar/themes": _SEES_FILINGS,
    "POST /calendar/themes": _OFFICE,
    "GET /policy": _SEES_FILINGS,
    "POST /policy": _OFFICE,
    "GET /e/{sheet}": EVERYBODY,
    "POST /e/{sheet}/check": EVERYBODY,
    "GET /v/{digits}": EVERYBODY,
    "GET /n/{code}": EVERYBODY,
    "GET /s/{code}": EVERYBODY,
    "GET /c/{code}": EVERYBODY,
    "POST /check/act": EVERYBODY,
    "POST /check/seen": EVERYBODY,
    "POST /check/later": EVERYBODY,
    "GET /check/portraits/{token}": EVERYBODY,
    "GET /o/{token}": EVERYBODY,
    "POST /o/{token}": EVERYBODY,
    "GET /o/{token}/list.pdf": EVERYBODY,
    "GET /o/{token}/photos/{photo}": EVERYBODY,
    "GET /l/{digits}": EVERYBODY,
    "POST /l/answer": EVERYBODY,
    "POST /l/shown": EVERYBODY,
    "GET /exceptions": _APPROVER,
    "POST /exceptions": _APPROVER,
    "GET /check/files/{version}/{name}": EVERYBODY,
    "GET /check/offline": EVERYBODY,
    "GET /check/trust.json": EVERYBODY,
    "GET /check-worker.js": EVERYBODY,
}
"""EVERYBODY needs no account. An administrator keeps accounts and has no business with visits."""


def may(account: Account | None, route: str) -> bool:
    """Whether the table opens this route to the account; what pages ask before they show a link."""
    roles = ACCESS.get(route)
    if roles is None or roles == EVERYBODY:
        return roles is not None
    return account is not None and account.has(*roles)


async def guard_page(connection: ASGIConnection, handler: BaseRouteHandler) -> None:  # type: ignore[type-arg]
    """Raises LoginRequiredError or ForbiddenError. Leaves the session in the connection's state."""
    del handler
    session = await session_of(connection)
    roles = ACCESS.get(f"{connection.scope['method']} {connection.scope['path_template']}")  # type: ignore[typeddict-item]
    if roles is None:
        raise ForbiddenError
    if roles == EVERYBODY:
        return
    if session is None:
        raise LoginRequiredError
    if not session.account.has(*roles):
        raise ForbiddenError


async def check_form(request: Request) -> None:  # type: ignore[type-arg]
    """Raises FormExpiredError for a form that is not from our own page, BadlyFormedError for one that is no text."""
    if request.method != "POST":
        return
    origin = request.headers.get("origin")
    if origin is not None and _host_of(origin) != request.headers.get("host"):
        raise FormExpiredError
    try:
        token = (await request.form()).get("form_token", "")
    except UnicodeDecodeError as err:
        raise BadlyFormedError("form", "is not UTF-8") from err
    if not isinstance(token, str) or not is_form_token(form_secret(request), token):
        raise FormExpiredError


def _host_of(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:  # brackets around what is no address
        return ""


async def session_of(connection: ASGIConnection) -> Session | None:  # type: ignore[type-arg]
    """The visitor's session, looked up once a request."""
    state = connection.scope["state"]
    if "zhuqi_session" not in state:
        county: County = connection.app.state.county
        token = read_cookie(connection, county.settings, SESSION_COOKIE)
        state["zhuqi_session"] = await to_thread.run_sync(find_session, county, token) if token else None
    session: Session | None = state["zhuqi_session"]
    return session


def known_session(connection: ASGIConnection) -> Session | None:  # type: ignore[type-arg]
    """The session that the guard found, if it came so far."""
    session: Session | None = connection.scope["state"].get("zhuqi_session")
    return session


def form_secret(connection: ASGIConnection) -> str:  # type: ignore[type-arg]
    """What form tokens are derived from: the session's token, before the login a cookie of its own."""
    session = known_session(connection)
    if session is not None:
        return session.token
    return read_cookie(connection, connection.app.state.county.settings, FORM_COOKIE) or ""
