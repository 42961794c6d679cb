"""Pages of off-site checks' drafts; then print what is handed over."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

from anyio import to_thread
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK, HTTP_303_SEE_OTHER

from shared_models.calendar import day_of
from sync_server.accounts.desk import AnyRequest, Desk, desk_of
from sync_server.drafts.draft import WITH_CLERK, DraftChangedError
from sync_server.drafts.draft_form import SentDraft, read_sent
from sync_server.drafts.draft_pages import DraftPages
from sync_server.drafts.shown_draft import BadLine, Looked
from sync_server.errors import NotFoundError
from sync_server.filings.draft_form import read_filing_form
from sync_server.filings.drafts import FilingDraft, filing_drafts
from sync_server.filings.read_codes import MAX_FILE_BYTES, read_listed
from sync_server.filings.typed_filing import TypedFiling
from sync_server.offsite.approve_check import approve_check
from sync_server.offsite.draft_form import read_check_form
from sync_server.offsite.draft_page import show_check_draft
from sync_server.offsite.drafts import CheckDraft, check_drafts
from sync_server.offsite.fill_draft import typed_from_filing, usual_due
from sync_server.offsite.print_list import print_lists
from sync_server.offsite.read_check import read_check
from sync_server.offsite.read_lists import find_list
from sync_server.offsite.register import find_check
from sync_server.offsite.typed_check import MAX_ROWS, TypedCheck, from_list
from sync_server.pages.sent import text_of
from sync_server.storage.engine import reading

_MAX_BODY = MAX_FILE_BYTES + 1024 * 1024


@post("/offsite/new", request_max_body_size=_MAX_BODY)
async def new(request: AnyRequest) -> Redirect:
    """An empty draft, or one instead of the filing whose first question was asked; that filing's draft is saved too."""
    desk = desk_of(request)
    form = await request.form()
    asked = text_of(form, "from_filing", 64)
    if asked:
        filing = await to_thread.run_sync(filing_drafts.read, desk.county, asked, desk.files_for)
        sent = await read_sent(form, read_filing_form(form, filing.typed))
        draft = await to_thread.run_sync(_instead_of, desk, filing, sent)
    else:
        draft = await to_thread.run_sync(_blank, desk, text_of(form, "department", 64))
    return Redirect(f"/offsite/drafts/{draft.id}", status_code=HTTP_303_SEE_OTHER)


def _blank(desk: Desk, department: str) -> CheckDraft:
    department = department or next(iter(desk.files_for), "")
    if department not in desk.files_for:
        raise NotFoundError("department", department)
    due = usual_due(day_of(desk.county.clock.now()))
    return check_drafts.begin(desk.county, desk.account.name, department, TypedCheck(due=due))


def _instead_of(desk: Desk, filing: FilingDraft, sent: SentDraft[TypedFiling]) -> CheckDraft:
    county, account = desk.county, desk.account.name
    if filing.state in WITH_CLERK:
        # who was second begins from what they typed; the filing's draft stays as the other left it
        with suppress(DraftChangedError):
            filing_drafts.save(county, account, replace(filing, version=sent.version), typed=sent.typed)
    for begun in check_drafts.list_open(county, {filing.department}):
        if begun.typed.from_filing == filing.id:
            return begun
    typed = typed_from_filing(sent.typed, filing.id, day_of(county.clock.now()))
    return check_drafts.begin(county, account, filing.department, typed)


@get("/offsite/drafts/{draft:str}", sync_to_thread=True)
def draft_page(request: AnyRequest, draft: FromPath[str]) -> Template:
    desk = desk_of(request)
    found = check_drafts.read(desk.county, draft, desk.files_for)
    return _PAGES.shown(request, found, found.typed, Looked(find=request.query_params.get("find", "")[:100]))


@post("/offsite/drafts/{draft:str}", request_max_body_size=_MAX_BODY, status_code=HTTP_200_OK)
async def change_draft(request: AnyRequest, draft: FromPath[str]) -> Any:
    desk = desk_of(request)
    found = await to_thread.run_sync(check_drafts.read, desk.county, draft, desk.files_for)
    form = await request.form()
    sent = await read_sent(form, read_check_form(form, found.typed))
    chosen = text_of(form, "list", 64)
    if sent.act == "list" and chosen:
        sent = await to_thread.run_sync(_with_list, desk, sent, chosen)
    return await to_thread.run_sync(_PAGES.change, request, found, sent)


@get("/offsite/drafts/{draft:str}/lists.pdf", sync_to_thread=True)
def draft_pdf(request: AnyRequest, draft: FromPath[str]) -> Response[bytes]:
    """All checks that came of one draft, to hand over."""
    desk = desk_of(request)
    found = check_drafts.read(desk.county, draft, desk.files_for)
    if not found.filed:
        raise NotFoundError("draft", draft)
    with reading(desk.county.engine) as connection:
        shown = [read_check(desk.county, connection, find_check(connection, one)) for one in found.filed]
    headers = {"Content-Disposition": f'inline; filename="off-site-{draft}.pdf"'}
    return Response(print_lists(desk.county, shown), media_type="application/pdf", headers=headers)


def _with_list(desk: Desk, sent: SentDraft[TypedCheck], chosen: str) -> SentDraft[TypedCheck]:
    with reading(desk.county.engine) as connection:
        return replace(sent, typed=from_list(sent.typed, find_list(connection, chosen)))


def _with_lists(sent: SentDraft[TypedCheck]) -> tuple[TypedCheck, tuple[BadLine, ...]]:
    """Enterprises that are picked, pasted or uploaded are taken after those that are listed."""
    kept = (uscc for uscc in sent.typed.rows if uscc not in sent.dropped)
    read = read_listed(sent.pasted, sent.upload)
    every = tuple(dict.fromkeys([*kept, *sent.picked, *(row.uscc for row in read.rows)]))
    beyond = tuple(BadLine(0, uscc, "too_many_checks") for uscc in every[MAX_ROWS:][:1])
    return replace(sent.typed, rows=every[:MAX_ROWS]), (*read.bad, *beyond)


_PAGES = DraftPages(
    check_drafts, "/offsite", "offsite/draft.html", show_check_draft, _with_lists, approve_check, tells_early=False
)
ROUTES: list[Any] = [new, draft_page, change_draft, draft_pdf]
