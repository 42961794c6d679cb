"""Pages of filings' drafts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from anyio import to_thread
from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK, HTTP_303_SEE_OTHER

from sync_server.accounts.desk import AnyRequest, Desk, desk_of
from sync_server.drafts.draft_form import SentDraft, read_sent
from sync_server.drafts.draft_pages import DraftPages
from sync_server.drafts.shown_draft import BadLine, Looked
from sync_server.errors import NotFoundError
from sync_server.filings.approve_draft import approve_draft
from sync_server.filings.draft_form import read_filing_form
from sync_server.filings.draft_page import show_draft
from sync_server.filings.drafts import FilingDraft, draft_of_visit, filing_drafts
from sync_server.filings.fill_draft import typed_for_visit, typed_from_filing
from sync_server.filings.read_codes import MAX_FILE_BYTES, read_listed
from sync_server.filings.typed_filing import TypedFiling, TypedRow, with_rows

_MAX_BODY = MAX_FILE_BYTES + 512 * 1024


@post("/filings/new")
async def new(request: AnyRequest) -> Redirect:
    """An empty draft, one in place of a filing, or one for a visit that is to be filed afterwards."""
    form = await request.form()
    desk = desk_of(request)
    given = {name: str(form.get(name, ""))[:64] for name in ("department", "replaces", "visit")}
    draft = await to_thread.run_sync(_new_draft, desk, given)
    return Redirect(f"/filings/drafts/{draft.id}", status_code=HTTP_303_SEE_OTHER)


def _new_draft(desk: Desk, given: dict[str, str]) -> FilingDraft:
    county, account = desk.county, desk.account.name
    if given["replaces"]:
        department, typed = typed_from_filing(county, given["replaces"])
    elif given["visit"]:
        department, typed = typed_for_visit(county, given["visit"])
    else:
        department, typed = given["department"] or next(iter(desk.files_for), ""), TypedFiling()
    if department not in desk.files_for:
        raise NotFoundError("department", department)
    begun = draft_of_visit(county, department, given["visit"]) if given["visit"] else None
    return begun or filing_drafts.begin(county, account, department, typed)


@get("/filings/drafts/{draft:str}", sync_to_thread=True)
def draft_page(request: AnyRequest, draft: FromPath[str]) -> Template:
    desk = desk_of(request)
    text = request.query_params.get("page", "1")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 1  # noqa: PLR2004
    found = filing_drafts.read(desk.county, draft, desk.files_for)
    return _PAGES.shown(request, found, found.typed, Looked(number, request.query_params.get("find", "")[:100]))


@post("/filings/drafts/{draft:str}", request_max_body_size=_MAX_BODY, status_code=HTTP_200_OK)
async def change_draft(request: AnyRequest, draft: FromPath[str]) -> Any:
    desk = desk_of(request)
    found = await to_thread.run_sync(filing_drafts.read, desk.county, draft, desk.files_for)
    form = await request.form()
    sent = await read_sent(form, read_filing_form(form, found.typed))
    return await to_thread.run_sync(_PAGES.change, request, found, sent)


def _with_lists(sent: SentDraft[TypedFiling]) -> tuple[TypedFiling, tuple[BadLine, ...]]:
    kept = tuple(row for row in sent.typed.rows if row.uscc not in sent.dropped)
    picked = tuple(TypedRow(uscc) for uscc in sent.picked)
    read = read_listed(sent.pasted, sent.upload)
    return with_rows(replace(sent.typed, rows=kept), (*picked, *read.rows)), read.bad


_PAGES = DraftPages(
    filing_drafts, "/filings", "filings/draft.html", show_draft, _with_lists, approve_draft, tells_early=True
)
ROUTES: list[Any] = [new, draft_page, change_draft]
