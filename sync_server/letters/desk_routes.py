"""The desk of findings and letters: the list, one matter, and what its department says to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from anyio import to_thread
from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK, HTTP_303_SEE_OTHER, HTTP_409_CONFLICT, HTTP_422_UNPROCESSABLE_ENTITY

from shared_models.calendar import day_of
from shared_models.corrections import CorrectionWord, ObjectionWord
from sync_server.accounts.desk import AnyRequest, Desk, desk_of
from sync_server.errors import InvalidError, NotFoundError, WrongStateError
from sync_server.letters.answer_correction import answer_correction
from sync_server.letters.answer_objection import answer_objection
from sync_server.letters.break_promise import CaseWish, break_promise, decide_sparing
from sync_server.letters.find_matter import Matter, find_matter, record_id_of
from sync_server.letters.list_matters import due_follow_ups, list_matters
from sync_server.letters.matter_filter import Order, Stage, filter_from
from sync_server.letters.matter_states import MatterKind
from sync_server.letters.plan_follow_up import plan_follow_up
from sync_server.letters.read_matter import find_matter_photo, read_matter
from sync_server.letters.read_register import read_register
from sync_server.pages.frame import page
from sync_server.pages.sent import text_of, texts_of
from sync_server.storage.engine import reading
from sync_server.supervision.photos import picture_response

_MOST_CHOSEN = 20


@get("/letters", sync_to_thread=True)
def letters_page(request: AnyRequest) -> Template:
    desk = desk_of(request)
    wish = filter_from({key: str(value) for key, value in request.query_params.items()})
    today = day_of(desk.county.clock.now())
    is_desk = wish.after is None and not wish.stage
    return page(
        request,
        "letters/list.html",
        wish=wish,
        found=list_matters(desk.county, wish, request.app.state.enterprise_names, desk.within, today),
        follow_ups=due_follow_ups(desk.county, desk.within, today) if is_desk else (),
        stages=tuple(one for one in Stage if one is not Stage.BROKEN or desk.within is not None),
        kinds=tuple(MatterKind),
        orders=tuple(Order),
        today=today.isoformat(),
    )


@get("/letters/{record:str}", sync_to_thread=True)
def letter_page(request: AnyRequest, record: FromPath[str]) -> Template:
    desk = desk_of(request)
    return _page(request, desk, _seen(desk, record))


@get("/letters/{record:str}/photos/{photo:str}", sync_to_thread=True)
def letter_photo(request: AnyRequest, record: FromPath[str], photo: FromPath[str]) -> Response[bytes]:
    """Only a picture of this finding or of what was shown for it."""
    desk = desk_of(request)
    matter, wanted = _seen(desk, record), record_id_of(photo)
    with reading(desk.county.engine) as connection:
        find_matter_photo(connection, matter, wanted)
    return picture_response(desk.county.blobs.get(wanted), photo[:16])


@get("/registry/enterprises/{uscc:str}/offences", sync_to_thread=True)
def register_page(request: AnyRequest, uscc: FromPath[str]) -> Template:
    desk = desk_of(request)
    return page(request, "letters/register.html", shown=read_register(desk.county, uscc, desk.within))


@dataclass(frozen=True, slots=True)
class _Sent:
    """A form as texts; what is wrong with it comes back to the page with them."""

    texts: dict[str, str]
    chosen: tuple[str, ...] = ()

    def text(self, name: str) -> str:
        return self.texts.get(name, "")

    def day(self, name: str) -> date | None:
        """Raises InvalidError."""
        given = self.text(name).strip()
        try:
            return date.fromisoformat(given) if given else None
        except ValueError as err:
            raise InvalidError(name, "not_a_day") from err

    @property
    def wish(self) -> CaseWish:
        return CaseWish(self.text("reason"), self.text("field"), self.chosen)


def _sent(form: FormMultiDict) -> _Sent:
    return _Sent({key: text_of(form, key) for key in _FIELDS if key in form}, texts_of(form, "people")[:_MOST_CHOSEN])


_FIELDS = ("act", "comment", "due", "objection", "objection_due", "reason", "field", "on", "what")


@post("/letters/{record:str}/answer", status_code=HTTP_200_OK)
async def answer(request: AnyRequest, record: FromPath[str]) -> Template | Redirect:
    return await to_thread.run_sync(_acted, request, record, _sent(await request.form()), _answer)


@post("/letters/{record:str}/objection", status_code=HTTP_200_OK)
async def objection(request: AnyRequest, record: FromPath[str]) -> Template | Redirect:
    return await to_thread.run_sync(_acted, request, record, _sent(await request.form()), _answer_objection)


@post("/letters/{record:str}/break", status_code=HTTP_200_OK)
async def break_letter(request: AnyRequest, record: FromPath[str]) -> Template | Redirect:
    return await to_thread.run_sync(_acted, request, record, _sent(await request.form()), _break)


@post("/letters/{record:str}/decide", status_code=HTTP_200_OK)
async def decide(request: AnyRequest, record: FromPath[str]) -> Template | Redirect:
    return await to_thread.run_sync(_acted, request, record, _sent(await request.form()), _decide)


@post("/letters/{record:str}/follow-up", status_code=HTTP_200_OK)
async def follow_up(request: AnyRequest, record: FromPath[str]) -> Template | Redirect:
    return await to_thread.run_sync(_acted, request, record, _sent(await request.form()), _follow_up)


def _acted(request: AnyRequest, record: str, sent: _Sent, act: Any) -> Template | Redirect:
    desk = desk_of(request)
    matter = _seen(desk, record)
    try:
        leads_to = act(desk, matter, sent)
    except InvalidError as err:
        return _page(request, desk, matter, sent, wrong=err, status_code=HTTP_422_UNPROCESSABLE_ENTITY)
    except WrongStateError:
        return _page(request, desk, _seen(desk, record), sent, said="too_late", status_code=HTTP_409_CONFLICT)
    return Redirect(leads_to, status_code=HTTP_303_SEE_OTHER)


def _answer(desk: Desk, matter: Matter, sent: _Sent) -> str:
    _check_own(matter, desk.files_for)
    try:
        word = CorrectionWord(sent.text("act"))
    except ValueError as err:
        raise InvalidError("act", "is_missing") from err
    comment, due = sent.text("comment"), sent.day("due")
    draft = answer_correction(desk.county, desk.account.name, matter.record, word, comment=comment, due=due)
    return f"/filings/drafts/{draft}" if draft else f"/letters/{matter.record.hex()}?done=1"


def _answer_objection(desk: Desk, matter: Matter, sent: _Sent) -> str:
    _check_own(matter, desk.approves_for)
    try:
        word = ObjectionWord(sent.text("act"))
    except ValueError as err:
        raise InvalidError("objection", "is_missing") from err
    comment, due = sent.text("objection"), sent.day("objection_due")
    answer_objection(desk.county, desk.account.name, matter.record, word, comment=comment, due=due)
    return f"/letters/{matter.record.hex()}?done=1"


def _break(desk: Desk, matter: Matter, sent: _Sent) -> str:
    _check_own(matter, desk.approves_for)
    return f"/cases/{break_promise(desk.county, desk.account.name, matter.record, sent.wish)}?done=1"


def _decide(desk: Desk, matter: Matter, sent: _Sent) -> str:
    _check_own(matter, desk.approves_for)
    spared = sent.text("act") == "spare"
    number = decide_sparing(desk.county, desk.account.name, matter.record, spared=spared, wish=sent.wish)
    return f"/cases/{number}?done=1" if number else f"/letters/{matter.record.hex()}?done=1"


def _follow_up(desk: Desk, matter: Matter, sent: _Sent) -> str:
    _check_own(matter, desk.files_for)
    on = sent.day("on")
    if on is None:
        raise InvalidError("on", "is_missing")
    plan_follow_up(desk.county, desk.account.name, matter.record, on, sent.chosen, sent.text("what"))
    return f"/letters/{matter.record.hex()}?done=1"


def _check_own(matter: Matter, departments: tuple[str, ...]) -> None:
    if matter.department not in departments:
        raise NotFoundError("letter", matter.record.hex())


def _seen(desk: Desk, record: str) -> Matter:
    with reading(desk.county.engine) as connection:
        matter = find_matter(connection, record_id_of(record))
    if not desk.sees((matter.department,)):
        raise NotFoundError("letter", record)
    return matter


def _page(
    request: AnyRequest,
    desk: Desk,
    matter: Matter,
    sent: _Sent | None = None,
    *,
    wrong: InvalidError | None = None,
    said: str = "",
    status_code: int = HTTP_200_OK,
) -> Template:
    return page(
        request,
        "letters/matter.html",
        status_code=status_code,
        shown=read_matter(desk.county, matter.record),
        is_ours=matter.department in desk.files_for,
        is_head=matter.department in desk.approves_for,
        sent=sent.texts if sent else {},
        chosen=sent.chosen if sent else (),
        wrong=(wrong.where, wrong.problem) if wrong else ("", ""),
        said=said,
    )


ROUTES: list[Any] = [
    letters_page,
    letter_page,
    letter_photo,
    register_page,
    answer,
    objection,
    break_letter,
    decide,
    follow_up,
]
