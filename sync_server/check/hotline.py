"""The hotline's desk: a caller reads out a number and six digits."""

from __future__ import annotations

from typing import Any

from anyio import to_thread
from litestar import Request, get, post
from litestar.response import Template
from litestar.status_codes import HTTP_200_OK, HTTP_422_UNPROCESSABLE_ENTITY, HTTP_429_TOO_MANY_REQUESTS

from sync_server.accounts.access import known_session
from sync_server.accounts.errors import LoginThrottledError
from sync_server.check.check_files import load_check_files
from sync_server.check.check_spoken import SpokenAnswer, check_spoken, read_spoken, spoken_check
from sync_server.check.pages import AnyRequest, address_of
from sync_server.check.portraits import portrait_address
from sync_server.check.record_check import record_check
from sync_server.county import County
from sync_server.pages.frame import page
from sync_server.pages.sent import text_of

_LONGEST = 200


@get("/hotline", sync_to_thread=False)
def hotline_desk(request: Request) -> Template:  # type: ignore[type-arg]
    return _desk(request)


@post("/hotline", status_code=HTTP_200_OK)
async def hotline_check(request: Request) -> Template:  # type: ignore[type-arg]
    county: County = request.app.state.county
    given = text_of(await request.form(), "given", _LONGEST)
    spoken = read_spoken(given)
    if spoken is None:
        return _desk(request, refusal="sheet_check_empty", given=given, status_code=HTTP_422_UNPROCESSABLE_ENTITY)
    try:
        answer = await to_thread.run_sync(check_spoken, county, *spoken, address_of(request))
    except LoginThrottledError as err:
        seconds = err.retry_after_seconds
        status = HTTP_429_TOO_MANY_REQUESTS
        return _desk(request, refusal="spoken_throttled", seconds=seconds, given=given, status_code=status)
    session = known_session(request)
    if answer.person is not None and session is not None:
        await to_thread.run_sync(record_check, county, spoken_check(answer, None), session.account.name)
    return _desk(request, spoken=answer)


def _desk(
    request: AnyRequest,
    *,
    spoken: SpokenAnswer | None = None,
    refusal: str = "",
    seconds: int = 0,
    given: str = "",
    status_code: int = HTTP_200_OK,
) -> Template:
    portrait = portrait_address(request.app.state.county, spoken.person if spoken else None)
    return page(
        request,
        "check/hotline.html",
        status_code=status_code,
        check_style=load_check_files().path("check.css"),
        spoken=spoken,
        portrait=portrait,
        refusal=refusal,
        seconds=seconds,
        given=given,
    )


ROUTES: list[Any] = [hotline_desk, hotline_check]
