"""The owners' pages: the gate sheet, the check of a pass, and what was done on it. No login, no script needed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from anyio import to_thread
from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template
from litestar.status_codes import (
    HTTP_200_OK,
    HTTP_204_NO_CONTENT,
    HTTP_404_NOT_FOUND,
    HTTP_410_GONE,
    HTTP_422_UNPROCESSABLE_ENTITY,
)

from shared_models.acts import CheckAction, PassChecked
from sync_server.accounts.errors import LoginThrottledError
from sync_server.check.check_spoken import check_spoken, read_spoken, spoken_check
from sync_server.check.gather_pass import gather_pass
from sync_server.check.judge_pass import judge_pass
from sync_server.check.pages import (
    AnyRequest,
    address_of,
    door_page,
    remember_sheet,
    remembered_sheet,
    throttled_page,
)
from sync_server.check.portraits import portrait_address
from sync_server.check.read_pass import looks_like_a_code
from sync_server.check.read_sheet import GateSheet, read_sheet
from sync_server.check.record_check import action_token, check_of, check_of_token, record_check
from sync_server.check.shown_answer import shown_answer
from sync_server.check.throttle import CheckThrottledError, count_check
from sync_server.county import County
from sync_server.http_errors import problem
from sync_server.storage.engine import reading

_LONGEST_FIELD = 8_000
_LONGEST_SHOWN = 200
"""Of what could not be read, so that it can be mended: a number and digits are far shorter."""
_STATUS_OF_SHEET = {"good": HTTP_200_OK, "closed": HTTP_200_OK, "void": HTTP_410_GONE, "unknown": HTTP_404_NOT_FOUND}


@get("/e/{sheet:str}", sync_to_thread=True)
def gate_sheet(request: Request, sheet: FromPath[str]) -> Template:  # type: ignore[type-arg]
    found = read_sheet(request.app.state.county, sheet)
    return _sheet_page(request, found)


@post("/e/{sheet:str}/check", status_code=HTTP_200_OK)
async def check_from_sheet(request: Request, sheet: FromPath[str]) -> Template:  # type: ignore[type-arg]
    given = await _field(request, "given")
    return await to_thread.run_sync(_check_from_sheet, request, sheet, given)


@get("/v/{digits:str}", sync_to_thread=True)
def check_directly(request: Request, digits: FromPath[str]) -> Template:  # type: ignore[type-arg]
    county: County = request.app.state.county
    text = f"https://{county.settings.public_host}/v/{digits}"
    return _answer_page(request, text, remembered_sheet(request), back=request.url.path)


@post("/check/act", status_code=HTTP_200_OK)
async def act_on_check(request: Request) -> Template:  # type: ignore[type-arg]
    county: County = request.app.state.county
    token, action = await _field(request, "token"), await _field(request, "action")
    check = check_of_token(county, token, action) if action else None
    if check is None:
        return door_page(
            request, "check/acted.html", status_code=HTTP_422_UNPROCESSABLE_ENTITY, action=None, index=None
        )
    try:
        await to_thread.run_sync(count_check, county, address_of(request))
    except CheckThrottledError as err:
        return throttled_page(request, err.retry_after_seconds)
    index = await to_thread.run_sync(_record, county, check)
    return door_page(request, "check/acted.html", action=check.action.value, index=index)


@post("/check/seen", status_code=HTTP_200_OK)
async def seen(request: Request) -> Response[bytes]:  # type: ignore[type-arg]
    """The page's script: the answer stood before somebody for a while. Robots and previews of links only fetch it."""
    county: County = request.app.state.county
    check = check_of_token(county, await _field(request, "token"), CheckAction.LOOKED)
    if check is None:
        return problem(HTTP_422_UNPROCESSABLE_ENTITY, "badly_formed")
    try:
        await to_thread.run_sync(count_check, county, address_of(request))
    except CheckThrottledError as err:
        return problem(429, err.code, headers={"Retry-After": str(err.retry_after_seconds)})
    await to_thread.run_sync(record_check, county, check)
    return Response(b"", status_code=HTTP_204_NO_CONTENT)


def _record(county: County, check: PassChecked) -> int | None:
    """Who acts has looked."""
    looked = record_check(county, replace(check, action=CheckAction.LOOKED))
    return looked if check.action is CheckAction.LOOKED else record_check(county, check)


def _check_from_sheet(request: AnyRequest, sheet: str, given: str) -> Template:
    county: County = request.app.state.county
    found = read_sheet(county, sheet)
    if found.state not in ("good", "closed") or found.enterprise is None:
        return _sheet_page(request, found)
    if looks_like_a_code(given):
        return _answer_page(request, given, found.enterprise.uscc, back=f"/e/{sheet}", by_person=True)
    spoken = read_spoken(given)
    if spoken is None:
        return _sheet_page(request, found, refusal="sheet_check_empty", given=given)
    try:
        answer = check_spoken(county, *spoken, address_of(request), found.enterprise.uscc)
    except LoginThrottledError as err:
        return _sheet_page(request, found, refusal="spoken_throttled", seconds=err.retry_after_seconds, given=given)
    portrait, token = portrait_address(county, answer.person), ""
    if answer.person is not None:
        check = spoken_check(answer, found.enterprise.uscc)
        record_check(county, check)
        token = action_token(county, check)
    return door_page(request, "check/spoken.html", back=f"/e/{sheet}", spoken=answer, portrait=portrait, token=token)


def _sheet_page(
    request: AnyRequest, found: GateSheet, *, refusal: str = "", seconds: int = 0, given: str = ""
) -> Template:
    status = HTTP_422_UNPROCESSABLE_ENTITY if refusal else _STATUS_OF_SHEET[found.state]
    back = f"/e/{found.text}" if found.state != "unknown" else "/"
    answer = door_page(
        request,
        "check/sheet.html",
        status_code=status,
        back=back,
        sheet=found,
        refusal=refusal,
        seconds=seconds,
        given=given[:_LONGEST_SHOWN],
    )
    if found.state == "good" and found.enterprise is not None:
        answer.cookies.append(remember_sheet(request, found.enterprise.uscc))
    return answer


def _answer_page(request: AnyRequest, given: str, sheet: str | None, *, back: str, by_person: bool = False) -> Template:
    """`by_person`: somebody sent a form. Whoever only opened the address may be a robot; the page's script tells."""
    county: County = request.app.state.county
    try:
        count_check(county, address_of(request))
    except CheckThrottledError as err:
        return throttled_page(request, err.retry_after_seconds)
    with reading(county.engine) as connection:
        facts = gather_pass(county, connection, given, sheet)
        answer = judge_pass(facts)
        shown = shown_answer(county, connection, facts, answer)
    check = check_of(facts, answer)
    if by_person:
        record_check(county, check)
    token = action_token(county, check)
    return door_page(request, "check/answer.html", back=back, shown=shown, token=token, is_recorded=by_person)


async def _field(request: AnyRequest, key: str) -> str:
    value = (await request.form()).get(key)
    return value if isinstance(value, str) and len(value) <= _LONGEST_FIELD else ""


ROUTES: list[Any] = [gate_sheet, check_from_sheet, check_directly, act_on_check, seen]
