"""The filing desk: the list, one filing, and what a department may do with it."""

from __future__ import annotations

from typing import Any

from anyio import to_thread
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_303_SEE_OTHER

from shared_models.calendar import day_of
from shared_models.filing import FilingState, Purpose
from sync_server.accounts.desk import AnyRequest, Desk, desk_of
from sync_server.errors import NotFoundError
from sync_server.filings import draft_routes
from sync_server.filings.drafts import filing_drafts
from sync_server.filings.filing_filter import FilingFilter, Mark, Order, filter_from
from sync_server.filings.list_filings import due_filings, list_filings
from sync_server.filings.print_filing import print_filing, print_notice
from sync_server.filings.read_filing import ShownFiling, read_filing
from sync_server.filings.withdraw_filing import withdraw_filing
from sync_server.pages.frame import page

_STATES = (FilingState.SUBMITTED, FilingState.ACCEPTED, FilingState.RETURNED, FilingState.WITHDRAWN)
_PURPOSES = (Purpose.INSPECTION, Purpose.RECHECK, Purpose.SURVEY)


@get("/filings", sync_to_thread=True)
def filings_page(request: AnyRequest) -> Template:
    desk = desk_of(request)
    wish = filter_from({key: str(value) for key, value in request.query_params.items()})
    county = desk.county
    today = day_of(county.clock.now())
    # what stands on the desk is no part of what is searched for
    is_desk = wish == FilingFilter()
    return page(
        request,
        "filings/list.html",
        wish=wish,
        found=list_filings(county, wish, request.app.state.enterprise_names, desk.within),
        drafts=filing_drafts.list_open(county, desk.files_for) if is_desk and desk.files_for else (),
        due=due_filings(county, today, desk.within) if is_desk else (),
        files_for=desk.files_for,
        approves_for=desk.approves_for,
        states=_STATES,
        purposes=_PURPOSES,
        marks_there=tuple(Mark),
        orders=tuple(Order),
    )


@get("/filings/{filing:str}", sync_to_thread=True)
def filing_page(request: AnyRequest, filing: FromPath[str]) -> Template:
    desk = desk_of(request)
    shown = _seen(desk, filing)
    lead = shown.form.departments[0]
    return page(
        request,
        "filings/filing.html",
        shown=shown,
        form=shown.form,
        entry=shown.entry,
        is_ours=lead in desk.files_for,
        is_office=desk.is_office,
    )


@post("/filings/{filing:str}/withdraw")
async def withdraw(request: AnyRequest, filing: FromPath[str]) -> Redirect:
    desk = desk_of(request)
    form = await request.form()
    comment = str(form.get("comment", ""))[:2000].replace("\x00", "")
    await to_thread.run_sync(_withdraw, desk, filing, comment)
    return Redirect(f"/filings/{filing}?done=1", status_code=HTTP_303_SEE_OTHER)


def _withdraw(desk: Desk, filing: str, comment: str) -> None:
    shown = _seen(desk, filing)
    if shown.form.departments[0] not in desk.files_for:
        raise NotFoundError("filing", filing)
    withdraw_filing(desk.county, desk.account.name, filing, comment)


@get("/filings/{filing:str}/form.pdf", sync_to_thread=True)
def form_pdf(request: AnyRequest, filing: FromPath[str]) -> Response[bytes]:
    desk = desk_of(request)
    return _pdf(print_filing(desk.county, _seen(desk, filing)), f"filing-{filing}")


@get("/filings/{filing:str}/notice.pdf", sync_to_thread=True)
def notice_pdf(request: AnyRequest, filing: FromPath[str]) -> Response[bytes]:
    """Only of what was accepted: a notice of anything else would be no notice."""
    desk = desk_of(request)
    shown = _seen(desk, filing)
    if shown.entry.state is not FilingState.ACCEPTED or shown.entry.merged_into is not None:
        raise NotFoundError("notice", filing)
    return _pdf(print_notice(desk.county, shown), f"notice-{filing}")


def _seen(desk: Desk, filing: str) -> ShownFiling:
    shown = read_filing(desk.county, filing)
    if not desk.sees(shown.form.departments):
        raise NotFoundError("filing", filing)
    return shown


def _pdf(data: bytes, name: str) -> Response[bytes]:
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return Response(data, media_type="application/pdf", headers=headers)


ROUTES: list[Any] = [filings_page, filing_page, withdraw, form_pdf, notice_pdf, *draft_routes.ROUTES]
