"""The page of the copy that an enterprise keeps. No login: who holds it answers. Its address is told to nobody."""

from __future__ import annotations

from typing import Any

from anyio import to_thread
from litestar import Request, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath
from litestar.response import Template
from litestar.status_codes import HTTP_200_OK, HTTP_409_CONFLICT, HTTP_422_UNPROCESSABLE_ENTITY

from shared_models.copy_code import Copied, Copy, read_digits
from shared_models.corrections import MAX_SHOWN_PHOTOS
from shared_models.errors import ZhuqiError
from sync_server.check.pages import AnyRequest, address_of, door_page, throttled_page
from sync_server.check.secrets import open_token, seal_token
from sync_server.check.throttle import CheckThrottledError, count_check
from sync_server.county import County
from sync_server.errors import InvalidError, NotFoundError, WrongStateError
from sync_server.letters.answer_letter import answer_letter
from sync_server.letters.show_copy import show_copy
from sync_server.letters.show_correction import show_correction
from sync_server.pages.sent import text_of
from sync_server.portal.keep_public_photo import MAX_UPLOAD_BYTES, PhotoRefusedError

_MARK = b"zhuqi/letter/"
_MAX_SHOWN_BYTES = 48 * 1024 * 1024
"""Six photos as phones make them; a proxy before the server must let as much through."""


@get("/l/{digits:str}", sync_to_thread=True)
def copy_page(request: Request, digits: FromPath[str]) -> Template:  # type: ignore[type-arg]
    county: County = request.app.state.county
    try:
        count_check(county, address_of(request))
        copy = read_digits(digits)
    except CheckThrottledError as err:
        return throttled_page(request, err.retry_after_seconds)
    except ZhuqiError:
        return door_page(
            request, "letters/copy.html", status_code=HTTP_422_UNPROCESSABLE_ENTITY, shown=None, said="", token=""
        )
    return _page(request, copy)


@post("/l/answer", status_code=HTTP_200_OK)
async def answer_copy(request: Request) -> Template:  # type: ignore[type-arg]
    form = await request.form()
    given = {key: text_of(form, key) for key in ("token", "answer", "note")}
    return await to_thread.run_sync(_answer, request, given)


def _answer(request: AnyRequest, given: dict[str, str]) -> Template:
    county: County = request.app.state.county
    body = open_token(county.settings, given["token"])
    if body is None or not body.startswith(_MARK) or given["answer"] not in ("confirmed", "contested"):
        return door_page(
            request, "letters/copy.html", status_code=HTTP_422_UNPROCESSABLE_ENTITY, shown=None, said="", token=""
        )
    record, confirmed = body.removeprefix(_MARK), given["answer"] == "confirmed"
    note = "" if confirmed else given["note"]
    status, said = HTTP_200_OK, f"copy_answered_{given['answer']}"
    try:
        count_check(county, address_of(request))
        answer_letter(county, record, confirmed=confirmed, note=note)
    except CheckThrottledError as err:
        return throttled_page(request, err.retry_after_seconds)
    except InvalidError:
        status, said = HTTP_422_UNPROCESSABLE_ENTITY, "copy_needs_note"
    except (WrongStateError, NotFoundError):
        status, said = HTTP_409_CONFLICT, "copy_answered_late"
    return _page(request, Copy(Copied.LETTER, record, ""), status_code=status, said=said, contest=note)


@post("/l/shown", status_code=HTTP_200_OK, request_max_body_size=_MAX_SHOWN_BYTES)
async def show_copy_photos(request: Request) -> Template:  # type: ignore[type-arg]
    """Photos that it is put right, from any phone, without a script."""
    form = await request.form()
    token, note = text_of(form, "token"), text_of(form, "note")
    files = [file for file in form.getall("photo", []) if isinstance(file, UploadFile) and file.filename]
    photos = [await file.read(MAX_UPLOAD_BYTES + 1) for file in files[: MAX_SHOWN_PHOTOS + 1]]
    return await to_thread.run_sync(_show, request, token, photos, note)


def _show(request: AnyRequest, token: str, photos: list[bytes], note: str) -> Template:
    county: County = request.app.state.county
    body = open_token(county.settings, token)
    if body is None or not body.startswith(_MARK):
        return door_page(
            request, "letters/copy.html", status_code=HTTP_422_UNPROCESSABLE_ENTITY, shown=None, said="", token=""
        )
    record = body.removeprefix(_MARK)
    status, said = HTTP_200_OK, "copy_shown_done"
    try:
        count_check(county, address_of(request))
        show_correction(county, record, photos, note)
    except CheckThrottledError as err:
        return throttled_page(request, err.retry_after_seconds)
    except InvalidError as err:
        status, said = HTTP_422_UNPROCESSABLE_ENTITY, f"copy_shown_{err.where}_{err.problem}"
    except PhotoRefusedError as err:
        status, said = HTTP_422_UNPROCESSABLE_ENTITY, f"copy_shown_photo_{err.problem}"
    except (WrongStateError, NotFoundError):
        status, said = HTTP_409_CONFLICT, "copy_shown_late"
    return _page(request, Copy(Copied.LETTER, record, ""), status_code=status, said=said, note=note)


def _page(
    request: AnyRequest,
    copy: Copy,
    *,
    status_code: int = HTTP_200_OK,
    said: str = "",
    note: str = "",
    contest: str = "",
) -> Template:
    """`note` and `contest`: typed beside photos, or against the letter; where it is refused it stands there again."""
    county: County = request.app.state.county
    token = seal_token(county.settings, _MARK + copy.record)
    shown = show_copy(county, copy)
    return door_page(
        request,
        "letters/copy.html",
        status_code=status_code,
        back=request.url.path if request.method == "GET" else "/",
        shown=shown,
        said=said,
        token=token,
        note=note if status_code != HTTP_200_OK else "",
        contest=contest if status_code != HTTP_200_OK else "",
    )


ROUTES: list[Any] = [copy_page, answer_copy, show_copy_photos]
