"""The page that an enterprise is given by link or code. No login, no script needed; its address is told to nobody."""

from __future__ import annotations

import json
from typing import Any

from anyio import to_thread
from litestar import Response, get, post
from litestar.exceptions import HTTPException
from litestar.params import FromPath
from litestar.response import Redirect, Template
from litestar.status_codes import (
    HTTP_200_OK,
    HTTP_303_SEE_OTHER,
    HTTP_404_NOT_FOUND,
    HTTP_409_CONFLICT,
    HTTP_410_GONE,
    HTTP_413_REQUEST_ENTITY_TOO_LARGE,
    HTTP_422_UNPROCESSABLE_ENTITY,
)

from shared_models.errors import ExpiredError, ZhuqiError
from shared_models.offsite import MAX_NOTE, MAX_PHOTOS_EACH
from sync_server.check.check_files import load_check_files
from sync_server.check.pages import AnyRequest, address_of, door_page, throttled_page
from sync_server.check.throttle import CheckThrottledError, count_check
from sync_server.county import County
from sync_server.errors import InvalidError, NotFoundError, WrongStateError
from sync_server.offsite.answer_list import answer_list
from sync_server.offsite.keep_typed import keep_photo, keep_texts, was_sent
from sync_server.offsite.link import open_link
from sync_server.offsite.owner_list import AWAITED, SentList, read_list, told_so_far, typed_now
from sync_server.offsite.owner_page import Noted, show_list
from sync_server.offsite.print_list import print_list
from sync_server.offsite.read_check import may_show_photo, read_check
from sync_server.offsite.register import CheckState, OffsiteEntry
from sync_server.offsite.typed_answers import answered_from, find_gaps, forget_typed
from sync_server.pages.times import shown_instant
from sync_server.portal.keep_public_photo import MAX_UPLOAD_BYTES
from sync_server.storage.engine import reading, writing
from sync_server.supervision.photos import picture_response

MAX_BODY_BYTES = 48 * 1024 * 1024
_MOST_A_MINUTE = 120


@get("/o/{token:str}", sync_to_thread=True)
def owner_page(request: AnyRequest, token: FromPath[str]) -> Template:
    county: County = request.app.state.county
    try:
        entry = _counted(county, token, address_of(request))
    except (CheckThrottledError, ExpiredError, NotFoundError) as err:
        return _closed_page(request, err)
    is_asked = entry.state is not CheckState.ANSWERED or request.query_params.get("edit") == "1"
    return _page(request, token, entry, is_asked=is_asked and entry.state in AWAITED)


@post("/o/{token:str}", request_max_body_size=MAX_BODY_BYTES, status_code=HTTP_200_OK)
async def send_list(request: AnyRequest, token: FromPath[str]) -> Response[Any]:
    county: County = request.app.state.county
    try:
        entry = await to_thread.run_sync(_counted, county, token, address_of(request))
    except (CheckThrottledError, ExpiredError, NotFoundError) as err:
        return await to_thread.run_sync(_closed_page, request, err)
    try:
        form = await request.form()
    except UnicodeDecodeError:
        return await _refused(request, token, entry, "not_utf8", HTTP_422_UNPROCESSABLE_ENTITY)
    except HTTPException as err:
        if err.status_code != HTTP_413_REQUEST_ENTITY_TOO_LARGE:
            raise
        return await _refused(request, token, entry, "too_much", HTTP_413_REQUEST_ENTITY_TOO_LARGE)
    sent = read_list(form, len(entry.form.items))
    noted = await to_thread.run_sync(keep_texts, county, entry, sent)
    if request.headers.get("x-zhuqi-autosave") == "1":
        return _told_script(noted)
    for one in sent.photos:
        data = await one.file.read(MAX_UPLOAD_BYTES + 1)
        await to_thread.run_sync(keep_photo, county, entry, one, data, noted)
    return await to_thread.run_sync(_finished, request, token, entry, sent, noted)


@get("/o/{token:str}/photos/{photo:str}", sync_to_thread=True)
def owner_photo(request: AnyRequest, token: FromPath[str], photo: FromPath[str]) -> Response[bytes]:
    """Only a picture of this list: of what is typed, or of what was sent."""
    county: County = request.app.state.county
    wanted = _photo_of(photo)
    with reading(county.engine) as connection:
        entry = _found(county, token)
        typed = typed_now(connection, entry)
        if not any(photo in one.photos for one in typed.answers):
            may_show_photo(connection, entry, wanted)
    return picture_response(county.blobs.get(wanted), photo[:16])


@get("/o/{token:str}/list.pdf", sync_to_thread=True)
def owner_pdf(request: AnyRequest, token: FromPath[str]) -> Response[bytes]:
    county: County = request.app.state.county
    entry = _found(county, token)
    with reading(county.engine) as connection:
        shown = read_check(county, connection, entry)
    headers = {"Content-Disposition": f'inline; filename="{entry.form.number}.pdf"'}
    return Response(print_list(county, shown), media_type="application/pdf", headers=headers)


def _told_script(noted: Noted) -> Response[bytes]:
    """The page saves by itself what was typed; who was second hears so and goes on with the button."""
    status = HTTP_409_CONFLICT if noted.word else HTTP_200_OK
    body = {"word": noted.word} if noted.word else {"version": noted.typed.version}
    return Response(json.dumps(body).encode(), status_code=status, media_type="application/json")


def _finished(request: AnyRequest, token: str, entry: OffsiteEntry, sent: SentList, noted: Noted) -> Response[Any]:
    county: County = request.app.state.county
    if noted.word == "over":
        return _answer(request, token, entry, noted, HTTP_409_CONFLICT, is_asked=False)
    if noted.word == "changed":
        now = _opened(county, token)
        if sent.act == "send" and was_sent(county, now, noted):
            return _to(token, "")
        return _answer(request, token, now, noted, HTTP_409_CONFLICT)
    if sent.act == "send":
        noted.gaps = find_gaps(entry.form.items, noted.typed)
    if noted.gaps or noted.refused:
        return _answer(request, token, entry, noted, HTTP_422_UNPROCESSABLE_ENTITY)
    if sent.act == "send":
        return _sent(request, token, entry, sent, noted)
    return _to(token, "?edit=1" if entry.answers else "", _place(sent))


def _sent(request: AnyRequest, token: str, entry: OffsiteEntry, sent: SentList, noted: Noted) -> Response[Any]:
    county: County = request.app.state.county
    try:
        answer_list(county, answered_from(entry.check, noted.typed), seen=sent.seen)
    except InvalidError:
        noted.word = "not_taken"
        return _answer(request, token, entry, noted, HTTP_422_UNPROCESSABLE_ENTITY)
    except WrongStateError as err:
        noted.word = "often" if err.state == "answered_too_often" else "changed"
        now = _opened(county, token)
        noted.word = noted.word if now.state in AWAITED else "over"
        return _answer(request, token, now, noted, HTTP_409_CONFLICT, is_asked=now.state in AWAITED)
    with writing(county.engine) as connection:
        forget_typed(connection, entry.check)
    return _to(token, "")


def _place(sent: SentList) -> str:
    """Where on the page the person was."""
    number = sent.drop[0] if sent.drop else sent.photos[-1].item if sent.photos else -1
    return f"#item-{number + 1}" if number >= 0 else "#saved"


def _to(token: str, query: str, place: str = "") -> Redirect:
    return Redirect(f"/o/{token}{query}{place}", status_code=HTTP_303_SEE_OTHER)


def _answer(
    request: AnyRequest, token: str, entry: OffsiteEntry, noted: Noted, status: int, *, is_asked: bool = True
) -> Response[Any]:
    page: Any = _page(request, token, entry, is_asked=is_asked, noted=noted, status_code=status)
    return page  # type: ignore[no-any-return]


async def _refused(request: AnyRequest, token: str, entry: OffsiteEntry, word: str, status: int) -> Response[Any]:
    """The form could not be read: what was saved before stands on the page."""

    def shown() -> Response[Any]:
        return _answer(request, token, entry, Noted(word=word), status, is_asked=entry.state in AWAITED)

    return await to_thread.run_sync(shown)


def _page(
    request: AnyRequest,
    token: str,
    entry: OffsiteEntry,
    *,
    is_asked: bool,
    noted: Noted | None = None,
    status_code: int = HTTP_200_OK,
) -> Template:
    county: County = request.app.state.county
    with reading(county.engine) as connection:
        shown = read_check(county, connection, entry)
        now = typed_now(connection, entry)
    return door_page(
        request,
        "offsite/owner.html",
        status_code=status_code,
        back=f"/o/{token}",
        page=show_list(shown, now, noted or Noted(), is_asked=is_asked),
        shown=shown,
        entry=entry,
        form=entry.form,
        token=token,
        seen=told_so_far(entry),
        list_script=load_check_files().path("list.js"),
        saved=shown_instant(now.saved_at, seconds=False) if now.saved_at else "",
        max_note=MAX_NOTE,
        max_photos=MAX_PHOTOS_EACH,
        max_megabytes=MAX_UPLOAD_BYTES // (1024 * 1024),
    )


def _closed_page(request: AnyRequest, err: ZhuqiError) -> Template:
    if isinstance(err, CheckThrottledError):
        return throttled_page(request, err.retry_after_seconds)
    is_over = isinstance(err, ExpiredError)
    status = HTTP_410_GONE if is_over else HTTP_404_NOT_FOUND
    return door_page(request, "offsite/closed.html", status_code=status, is_over=is_over)


def _counted(county: County, token: str, address: str) -> OffsiteEntry:
    """Guesses are counted by who guesses; who holds a link is not held up because others share the network."""
    try:
        entry = _opened(county, token)
    except NotFoundError:
        count_check(county, address)
        raise
    count_check(county, f"offsite/{entry.check}", _MOST_A_MINUTE)
    return entry


def _opened(county: County, token: str) -> OffsiteEntry:
    with reading(county.engine) as connection:
        return open_link(county, connection, token)


def _found(county: County, token: str) -> OffsiteEntry:
    """For what is no page of its own. Raises NotFoundError."""
    try:
        return _opened(county, token)
    except ExpiredError as err:
        raise NotFoundError("offsite", "") from err


def _photo_of(text: str) -> bytes:
    """Raises NotFoundError."""
    try:
        photo = bytes.fromhex(text)
    except ValueError as err:
        raise NotFoundError("photo", "") from err
    if photo.hex() != text:
        raise NotFoundError("photo", "")
    return photo


ROUTES: list[Any] = [owner_page, send_list, owner_photo, owner_pdf]
