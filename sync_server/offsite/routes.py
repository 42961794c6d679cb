"""The desk of off-site checks: the list, one check, and what a department does with it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from anyio import to_thread
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK, HTTP_303_SEE_OTHER, HTTP_409_CONFLICT, HTTP_422_UNPROCESSABLE_ENTITY

from shared_models.acts import Snippet, SnippetKind
from shared_models.calendar import day_of
from shared_models.offsite import Outcome
from sync_server.accounts.desk import AnyRequest, Desk, desk_of
from sync_server.county import County
from sync_server.errors import InvalidError, NotFoundError, WrongStateError
from sync_server.offsite import draft_routes, list_routes
from sync_server.offsite.check_filter import Wanted, filter_from
from sync_server.offsite.drafts import check_drafts
from sync_server.offsite.link import link_of
from sync_server.offsite.list_checks import list_checks
from sync_server.offsite.move_due import move_due
from sync_server.offsite.owner_page import Noted, show_list
from sync_server.offsite.prepare_visit import prepare_visit
from sync_server.offsite.print_list import print_list
from sync_server.offsite.read_check import ShownCheck, may_show_photo, read_check
from sync_server.offsite.register import ENTERPRISES_TURN, OVER, CheckState, find_check
from sync_server.offsite.review_answer import review_answer
from sync_server.offsite.typed_answers import TypedAnswer, TypedAnswers
from sync_server.offsite.typed_review import TypedReview, read_review, reviewed_from
from sync_server.offsite.withdraw_check import withdraw_check
from sync_server.pages.code_picture import code_picture
from sync_server.pages.frame import language_of, page
from sync_server.pages.sent import text_of
from sync_server.storage.engine import reading
from sync_server.storage.facts import current_of_kind
from sync_server.supervision.photos import picture_response
from sync_server.texts import Say

_MAX_FORM_BYTES = 1024 * 1024
_USUAL_DAYS = 15


@get("/offsite", sync_to_thread=True)
def checks_page(request: AnyRequest) -> Template:
    desk = desk_of(request)
    wish = filter_from({key: str(value) for key, value in request.query_params.items()})
    return page(
        request,
        "offsite/list.html",
        wish=wish,
        found=list_checks(desk.county, wish, request.app.state.enterprise_names, desk.within),
        drafts=check_drafts.list_open(desk.county, desk.files_for) if desk.files_for else (),
        files_for=desk.files_for,
        approves_for=desk.approves_for,
        wanted=tuple(Wanted),
    )


@get("/offsite/{check:str}", sync_to_thread=True)
def check_page(request: AnyRequest, check: FromPath[str]) -> Template:
    desk = desk_of(request)
    return _page(request, desk, _seen(desk, check))


@post("/offsite/{check:str}/review", request_max_body_size=_MAX_FORM_BYTES, status_code=HTTP_200_OK)
async def review(request: AnyRequest, check: FromPath[str]) -> Any:
    desk = desk_of(request)
    shown = await to_thread.run_sync(_ours, desk, check)
    typed = read_review(await request.form(), len(shown.entry.form.items))
    return await to_thread.run_sync(_review, request, desk, shown, typed)


def _review(request: AnyRequest, desk: Desk, shown: ShownCheck, typed: TypedReview) -> Template | Redirect:
    county, check = desk.county, shown.entry.check
    try:
        reviewed = reviewed_from(check, typed)
        review_answer(county, desk.account.name, reviewed)
    except InvalidError as err:
        problems = {err.where: err.problem}
        return _page(request, desk, shown, typed, problems=problems, status_code=HTTP_422_UNPROCESSABLE_ENTITY)
    except WrongStateError as err:
        now, word = _ours(desk, check), "meanwhile" if err.state == "answered_meanwhile" else "too_late"
        return _page(request, desk, now, typed, word=word, status_code=HTTP_409_CONFLICT)
    if reviewed.outcome is Outcome.VISIT_NEEDED:
        draft = prepare_visit(county, desk.account.name, _ours(desk, check))
        return Redirect(f"/filings/drafts/{draft.id}", status_code=HTTP_303_SEE_OTHER)
    return Redirect(f"/offsite/{check}?done=1", status_code=HTTP_303_SEE_OTHER)


@post("/offsite/{check:str}/withdraw", status_code=HTTP_200_OK)
async def withdraw(request: AnyRequest, check: FromPath[str]) -> Any:
    desk = desk_of(request)
    shown = await to_thread.run_sync(_ours, desk, check)
    comment = text_of(await request.form(), "comment")

    def act() -> Template | Redirect:
        try:
            withdraw_check(desk.county, desk.account.name, check, comment)
        except InvalidError as err:
            problems = {"comment": err.problem}
            status = HTTP_422_UNPROCESSABLE_ENTITY
            return _page(request, desk, shown, problems=problems, comment=comment, status_code=status)
        except WrongStateError:
            return _page(request, desk, _ours(desk, check), word="too_late", status_code=HTTP_409_CONFLICT)
        return Redirect(f"/offsite/{check}?done=1", status_code=HTTP_303_SEE_OTHER)

    return await to_thread.run_sync(act)


@post("/offsite/{check:str}/due", status_code=HTTP_200_OK)
async def change_due(request: AnyRequest, check: FromPath[str]) -> Any:
    desk = desk_of(request)
    shown = await to_thread.run_sync(_ours, desk, check)
    form = await request.form()
    given, comment, new_link = text_of(form, "due"), text_of(form, "why"), "new_link" in form

    def act() -> Template | Redirect:
        try:
            due = _day(given)
            move_due(desk.county, desk.account.name, check, due, comment=comment, new_link=new_link)
        except InvalidError as err:
            problems = {"why" if err.where == "comment" else err.where: err.problem}
            status = HTTP_422_UNPROCESSABLE_ENTITY
            return _page(request, desk, shown, problems=problems, why=comment, due=given, status_code=status)
        except WrongStateError:
            return _page(request, desk, _ours(desk, check), word="too_late", status_code=HTTP_409_CONFLICT)
        return Redirect(f"/offsite/{check}?done=1", status_code=HTTP_303_SEE_OTHER)

    return await to_thread.run_sync(act)


@post("/offsite/{check:str}/filing")
async def file_visit(request: AnyRequest, check: FromPath[str]) -> Redirect:
    """The filing's draft again, where a visit is needed."""
    desk = desk_of(request)
    shown = await to_thread.run_sync(_ours, desk, check)
    if shown.entry.state is not CheckState.VISIT_NEEDED:
        raise WrongStateError("offsite", check, shown.entry.state.value)
    draft = await to_thread.run_sync(prepare_visit, desk.county, desk.account.name, shown)
    return Redirect(f"/filings/drafts/{draft.id}", status_code=HTTP_303_SEE_OTHER)


@get("/offsite/{check:str}/photos/{photo:str}", sync_to_thread=True)
def check_photo(request: AnyRequest, check: FromPath[str], photo: FromPath[str]) -> Response[bytes]:
    desk = desk_of(request)
    try:
        wanted = bytes.fromhex(photo)
    except ValueError as err:
        raise NotFoundError("photo", "") from err
    shown = _seen(desk, check)
    with reading(desk.county.engine) as connection:
        may_show_photo(connection, shown.entry, wanted)
    return picture_response(desk.county.blobs.get(wanted), photo[:16])


@get("/offsite/{check:str}/list.pdf", sync_to_thread=True)
def check_pdf(request: AnyRequest, check: FromPath[str]) -> Response[bytes]:
    """With the code of the link only for the department that hands it over."""
    desk = desk_of(request)
    shown = _seen(desk, check)
    form = shown.entry.form
    data = print_list(desk.county, shown, with_link=form.department in desk.files_for)
    headers = {"Content-Disposition": f'inline; filename="{form.number}.pdf"'}
    return Response(data, media_type="application/pdf", headers=headers)


def _seen(desk: Desk, check: str) -> ShownCheck:
    """Raises NotFoundError, also for another department's."""
    with reading(desk.county.engine) as connection:
        entry = find_check(connection, check)
        if not desk.sees((entry.form.department,)):
            raise NotFoundError("offsite", check)
        return read_check(desk.county, connection, entry)


def _ours(desk: Desk, check: str) -> ShownCheck:
    shown = _seen(desk, check)
    if shown.entry.form.department not in desk.files_for:
        raise NotFoundError("offsite", check)
    return shown


def _page(
    request: AnyRequest,
    desk: Desk,
    shown: ShownCheck,
    typed: TypedReview | None = None,
    *,
    status_code: int = HTTP_200_OK,
    word: str = "",
    **more: Any,
) -> Template:
    county, entry = desk.county, shown.entry
    is_ours = entry.form.department in desk.files_for
    link = link_of(county, entry) if is_ours and entry.state in ENTERPRISES_TURN else ""
    blank = TypedAnswers(tuple(TypedAnswer() for _ in entry.form.items))
    may_review = is_ours and (entry.state is CheckState.ANSWERED or shown.is_overdue)
    return page(
        request,
        "offsite/check.html",
        status_code=status_code,
        shown=shown,
        entry=entry,
        form=entry.form,
        items=show_list(shown, blank, Noted(), is_asked=False).items,
        link=link,
        code=code_picture(link, Say(language_of(request))("of_link_title")) if link else "",
        is_ours=is_ours,
        is_over=entry.state in OVER,
        may_review=may_review,
        may_move=is_ours and entry.state in ENTERPRISES_TURN,
        typed=typed or _first_review(desk, shown),
        outcomes=(Outcome.VISIT_NEEDED,) if entry.state is not CheckState.ANSWERED else tuple(Outcome),
        snippets=_snippets(county, entry.form.department) if may_review else (),
        word=word,
        **{"problems": {}, "comment": "", "why": "", "due": "", **more},
    )


def _first_review(desk: Desk, shown: ShownCheck) -> TypedReview:
    """The officer who is logged in, where one of the check's is."""
    officers = shown.entry.form.officers
    own = desk.account.person if desk.account.person in officers else officers[0]
    by = day_of(desk.county.clock.now()) + timedelta(days=_USUAL_DAYS)
    told = shown.answer_told.record.hex() if shown.answer_told else ""
    items = tuple(("", "") for _ in shown.entry.form.items)
    return TypedReview(answer=told, officer=own or officers[0], put_right_by=by.isoformat(), items=items)


def _snippets(county: County, department: str) -> tuple[Snippet, ...]:
    """Ready sentences for what to put right."""
    with reading(county.engine) as connection:
        found = [fact.load(Snippet) for fact in current_of_kind(connection, "snippet")]
    ours = ("", department)
    return tuple(one for one in found if one.kind is SnippetKind.GUIDANCE and one.department in ours)


def _day(text: str) -> date:
    """Raises InvalidError."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError as err:
        raise InvalidError("due", "not_a_day" if text.strip() else "is_missing") from err


ROUTES: list[Any] = [
    *(checks_page, check_page, review, withdraw, change_due, file_visit, check_photo, check_pdf),
    *draft_routes.ROUTES,
    *list_routes.ROUTES,
]
