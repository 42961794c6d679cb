"""The approver's page: pending claims with their proof; one tap confirms, a denial gives its reason."""

from __future__ import annotations

from typing import Any

from anyio import to_thread
from litestar import Request, get, post
from litestar.response import Template
from litestar.status_codes import (
    HTTP_200_OK,
    HTTP_409_CONFLICT,
    HTTP_422_UNPROCESSABLE_ENTITY,
)

from sync_server.accounts.access import known_session
from sync_server.accounts.account import Account
from sync_server.accounts.errors import ForbiddenError
from sync_server.approvals.list_claims import list_claims
from sync_server.county import County
from sync_server.errors import InvalidError, NotFoundError, WrongStateError
from sync_server.pages.frame import page
from sync_server.visits.answer_exception import answer_exception

MAX_REASON = 500
AnyRequest = Request[Any, Any, Any]


@get("/exceptions", sync_to_thread=True)
def exceptions(request: Request) -> Template:  # type: ignore[type-arg]
    return _page(request)


@post("/exceptions", status_code=HTTP_200_OK)
async def answer(request: Request) -> Template:  # type: ignore[type-arg]
    form = await request.form()
    given = {key: value for key in ("visit", "answer", "reason") if isinstance(value := form.get(key), str)}
    return await to_thread.run_sync(_answer, request, given)


def _answer(request: AnyRequest, given: dict[str, str]) -> Template:
    county: County = request.app.state.county
    account, confirmed = _approver(request), given.get("answer") == "confirmed"
    reason = "" if confirmed else given.get("reason", "").strip()
    status, said = HTTP_200_OK, "exceptions_done_confirmed" if confirmed else "exceptions_done_denied"
    mine = {one.visit for one in list_claims(county, account.person or "").waiting}
    is_sound = given.get("answer") in ("confirmed", "denied") and len(reason) <= MAX_REASON and "\x00" not in reason
    if given.get("visit") not in mine:  # another's, or answered meanwhile
        return _page(request, status_code=HTTP_409_CONFLICT, said="exceptions_answered")
    if not is_sound:
        return _page(request, status_code=HTTP_422_UNPROCESSABLE_ENTITY, said="exceptions_needs_reason")
    try:
        visit, person = bytes.fromhex(given["visit"]), account.person or ""
        answer_exception(county, account.name, visit, approver=person, confirmed=confirmed, reason=reason)
    except InvalidError:
        status, said = HTTP_422_UNPROCESSABLE_ENTITY, "exceptions_needs_reason"
    except (WrongStateError, NotFoundError):
        status, said = HTTP_409_CONFLICT, "exceptions_answered"
    return _page(request, status_code=status, said=said)


def _page(request: AnyRequest, *, status_code: int = HTTP_200_OK, said: str = "") -> Template:
    county: County = request.app.state.county
    claims = list_claims(county, _approver(request).person or "")
    return page(request, "approvals/exceptions.html", status_code=status_code, claims=claims, said=said)


def _approver(request: AnyRequest) -> Account:
    session = known_session(request)
    if session is None or not session.account.person:
        raise ForbiddenError
    return session.account


ROUTES: list[Any] = [exceptions, answer]
