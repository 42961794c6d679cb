"""The county office's desk: the queue, batches with a preview, joint visits."""

from __future__ import annotations

from datetime import date
from typing import Any

from anyio import to_thread
from litestar import get, post
from litestar.datastructures import FormMultiDict
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK, HTTP_303_SEE_OTHER, HTTP_422_UNPROCESSABLE_ENTITY

from shared_models.calendar import day_of
from shared_models.people import Department
from sync_server.accounts.desk import AnyRequest, Desk, desk_of
from sync_server.errors import InvalidError, NotFoundError, WrongStateError
from sync_server.filings.decide_batch import Answer, decide_batch
from sync_server.filings.filing_filter import filter_from
from sync_server.filings.join_filings import JointVisit, join_filings
from sync_server.filings.list_filings import due_filings
from sync_server.filings.office_queue import office_queue
from sync_server.filings.propose_joint import propose_joint
from sync_server.filings.read_filing import read_filing
from sync_server.pages.frame import page
from sync_server.storage.engine import reading
from sync_server.storage.facts import current_facts
from sync_server.storage.kept_facts import kept_of_kind

_MOST_CHOSEN, _SHOWN_SUGGESTIONS = 100, 60


@get("/office", sync_to_thread=True)
def office_page(request: AnyRequest) -> Template:
    desk = desk_of(request)
    wish = filter_from({"after": request.query_params.get("after", "")})
    today = day_of(desk.county.clock.now())
    return page(
        request,
        "office/queue.html",
        queue=office_queue(desk.county, wish.after),
        after=wish.after,
        due=due_filings(desk.county, today, None, is_overdue_only=True),
        files_for=(),
        is_none_chosen=request.query_params.get("none") == "1",
        why="",
    )


@post("/office/preview", status_code=HTTP_200_OK)
async def preview(request: AnyRequest) -> Template | Redirect:
    """What would happen, filing by filing; nothing does yet."""
    form = await request.form()
    chosen, answer, comment = _chosen(form), _answer(form), _comment(form)
    if not chosen:
        return Redirect("/office?none=1", status_code=HTTP_303_SEE_OTHER)
    return await to_thread.run_sync(_preview, request, desk_of(request), chosen, answer, comment)


def _preview(
    request: AnyRequest, desk: Desk, chosen: list[str], answer: Answer, comment: str, why: str = ""
) -> Template:
    shown = [read_filing(desk.county, filing) for filing in chosen]
    status = HTTP_422_UNPROCESSABLE_ENTITY if why else HTTP_200_OK
    return page(
        request, "office/preview.html", status_code=status, shown=shown, answer=answer, comment=comment, why=why
    )


@post("/office/decide", status_code=HTTP_200_OK)
async def decide(request: AnyRequest) -> Template | Redirect:
    form = await request.form()
    back = f"/filings/{_chosen(form)[0]}" if form.get("back") == "filing" and _chosen(form) else ""
    return await to_thread.run_sync(
        _decide, request, desk_of(request), _chosen(form), _answer(form), _comment(form), back
    )


def _decide(
    request: AnyRequest, desk: Desk, chosen: list[str], answer: Answer, comment: str, back: str
) -> Template | Redirect:
    try:
        decided = decide_batch(desk.county, desk.account.name, answer, chosen, comment)
    except InvalidError as err:
        return _preview(request, desk, chosen, answer, comment, err.problem)
    if back and not any(one.problem for one in decided):
        return Redirect(f"{back}?done=1", status_code=HTTP_303_SEE_OTHER)
    names = {one: read_filing(desk.county, one) for one in chosen}
    return page(request, "office/decided.html", decided=decided, answer=answer, names=names)


@get("/office/joint", sync_to_thread=True)
def joint_page(request: AnyRequest) -> Template:
    desk = desk_of(request)
    suggestions = request.app.state.joint_suggestions.now(desk.county)
    shown = suggestions[:_SHOWN_SUGGESTIONS]
    places = {one.enterprise for suggestion in shown for one in suggestion.filings}
    with reading(desk.county.engine) as connection:
        departments = {fact.key: fact.load(Department).name for fact in kept_of_kind(connection, "department")}
        enterprises = {key: fact.load(dict) for key, fact in current_facts(connection, "enterprise", places).items()}
    return page(
        request,
        "office/joint.html",
        suggestions=shown,
        left=len(suggestions) - len(shown),
        departments=departments,
        names={key: str(one.get("name", "")) for key, one in enterprises.items()},
    )


@post("/office/joint/preview", status_code=HTTP_200_OK)
async def joint_preview(request: AnyRequest) -> Template | Redirect:
    """The joint visit as it would be: lead, window and people can still be changed."""
    form = await request.form()
    chosen = _chosen(form)
    if not chosen:
        return Redirect("/office?none=1", status_code=HTTP_303_SEE_OTHER)
    return await to_thread.run_sync(_joint_preview, request, desk_of(request), chosen, form)


@post("/office/joint", status_code=HTTP_200_OK)
async def join(request: AnyRequest) -> Template | Redirect:
    form = await request.form()
    chosen = _chosen(form)
    if not chosen:
        return Redirect("/office?none=1", status_code=HTTP_303_SEE_OTHER)
    return await to_thread.run_sync(_join, request, desk_of(request), chosen, form)


def _join(request: AnyRequest, desk: Desk, chosen: list[str], form: FormMultiDict) -> Template | Redirect:
    try:
        window = (date.fromisoformat(str(form.get("first", ""))), date.fromisoformat(str(form.get("last", ""))))
    except ValueError:
        return _joint_preview(request, desk, chosen, form, "not_a_day")
    officers = tuple(str(one)[:64] for one in form.getall("officers", []))
    wish = JointVisit(tuple(chosen), str(form.get("lead", ""))[:64], window, officers)
    try:
        filing = join_filings(desk.county, desk.account.name, desk.account.display_name, wish)
    except InvalidError as err:
        return _joint_preview(request, desk, chosen, form, err.problem)
    except (WrongStateError, NotFoundError) as err:
        return _joint_preview(request, desk, chosen, form, err.code)
    return Redirect(f"/filings/{filing}?done=1", status_code=HTTP_303_SEE_OTHER)


def _joint_preview(request: AnyRequest, desk: Desk, chosen: list[str], form: FormMultiDict, why: str = "") -> Template:
    proposal = propose_joint(desk.county, chosen)
    given = {name: str(form.get(name, ""))[:64] for name in ("lead", "first", "last")}
    status = HTTP_422_UNPROCESSABLE_ENTITY if why else HTTP_200_OK
    return page(
        request,
        "office/joint_preview.html",
        status_code=status,
        proposal=proposal,
        lead=given["lead"] or proposal.lead,
        first=given["first"] or proposal.window[0],
        last=given["last"] or proposal.window[1],
        officers=[str(one) for one in form.getall("officers", [])] or [one.id for one in proposal.officers],
        why=why,
    )


def _chosen(form: FormMultiDict) -> list[str]:
    values = (value for value in form.getall("filing", []) if isinstance(value, str))
    return list(dict.fromkeys(value[:16] for value in values if value))[:_MOST_CHOSEN]


def _answer(form: FormMultiDict) -> Answer:
    return Answer.RETURN if form.get("act") == "return" else Answer.ACCEPT


def _comment(form: FormMultiDict) -> str:
    value = form.get("comment", "")
    return value[:2000].replace("\x00", "") if isinstance(value, str) else ""


ROUTES: list[Any] = [office_page, preview, decide, joint_page, joint_preview, join]
