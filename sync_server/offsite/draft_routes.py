"""Pages of drafts: fill in, send to the head, approve; then print what is handed over."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from typing import Any, cast

from anyio import to_thread
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK, HTTP_303_SEE_OTHER, HTTP_409_CONFLICT, HTTP_422_UNPROCESSABLE_ENTITY

from shared_models.calendar import day_of
from sync_server.errors import InvalidError, NotFoundError, WrongStateError
from sync_server.filings.desk import AnyRequest, Desk, desk_of
from sync_server.filings.draft_form import read_form
from sync_server.filings.drafts import Draft, DraftChangedError, DraftState, save_draft
from sync_server.filings.read_codes import MAX_FILE_BYTES, BadLine, read_codes, text_of_upload
from sync_server.filings.typed_filing import TypedFiling
from sync_server.offsite.approve_check import approve_check
from sync_server.offsite.draft_form import SentCheck, read_check_form
from sync_server.offsite.draft_page import show_check_draft
from sync_server.offsite.drafts import (
    CheckDraft,
    list_check_drafts,
    new_check_draft,
    read_check_draft,
    save_check_draft,
)
from sync_server.offsite.fill_draft import typed_from_filing, usual_due
from sync_server.offsite.print_list import print_lists
from sync_server.offsite.read_check import show_check
from sync_server.offsite.read_lists import find_list
from sync_server.offsite.register import find_check
from sync_server.offsite.typed_check import MAX_ROWS, TypedCheck, from_list
from sync_server.pages.frame import Frame, page
from sync_server.pages.headers import content_security_policy
from sync_server.storage.engine import reading

_MAX_BODY = MAX_FILE_BYTES + 1024 * 1024


@post("/offsite/new", request_max_body_size=_MAX_BODY)
async def new(request: AnyRequest) -> Redirect:
    """An empty draft, or one instead of the filing whose first question was asked; that filing's draft is saved too."""
    desk = desk_of(request)
    form = await request.form()
    asked = str(form.get("from_filing", ""))[:64]
    filing = await to_thread.run_sync(desk.draft, asked) if asked else None
    sent = await read_form(form, filing.typed) if filing else None
    department = filing.department if filing else str(form.get("department", ""))[:64]
    typed = sent.typed if sent else None
    draft = await to_thread.run_sync(_begun, desk, department, filing, typed, sent.version if sent else 0)
    return Redirect(f"/offsite/drafts/{draft.id}", status_code=HTTP_303_SEE_OTHER)


def _begun(desk: Desk, department: str, filing: Draft | None, typed: TypedFiling | None, version: int) -> CheckDraft:
    county, account = desk.county, desk.account.name
    today = day_of(county.clock.now())
    department = department or next(iter(desk.files_for), "")
    if department not in desk.files_for:
        raise NotFoundError("department", department)
    if filing is None or typed is None:
        return new_check_draft(county, account, department, TypedCheck(due=usual_due(today)))
    if filing.state in (DraftState.WRITING, DraftState.SENT_BACK):
        # who was second begins from what they typed; the filing's draft stays as the other left it
        with suppress(DraftChangedError):
            save_draft(county, account, replace(filing, version=version), typed=typed)
    begun = (one for one in list_check_drafts(county, {department}) if one.typed.from_filing == filing.id)
    found = next(begun, None)
    return found or new_check_draft(county, account, department, typed_from_filing(typed, filing.id, today))


@get("/offsite/drafts/{draft:str}", sync_to_thread=True)
def draft_page(request: AnyRequest, draft: FromPath[str]) -> Template:
    desk = desk_of(request)
    found = _own(desk, draft)
    return _page(request, desk, found, found.typed, find=request.query_params.get("find", "")[:100])


@post("/offsite/drafts/{draft:str}", request_max_body_size=_MAX_BODY, status_code=HTTP_200_OK)
async def change_draft(request: AnyRequest, draft: FromPath[str]) -> Any:
    desk = desk_of(request)
    found = await to_thread.run_sync(_own, desk, draft)
    sent = await read_check_form(await request.form(), found.typed)
    is_script = request.headers.get("x-zhuqi-autosave") == "1"
    return await to_thread.run_sync(_saved_by_script if is_script else _change, request, desk, found, sent)


@get("/offsite/drafts/{draft:str}/lists.pdf", sync_to_thread=True)
def draft_pdf(request: AnyRequest, draft: FromPath[str]) -> Response[bytes]:
    """All checks that came of one draft, to hand over."""
    desk = desk_of(request)
    found = _own(desk, draft)
    if not found.filed:
        raise NotFoundError("draft", draft)
    with reading(desk.county.engine) as connection:
        shown = [show_check(desk.county, connection, find_check(connection, one)) for one in found.filed]
    headers = {"Content-Disposition": f'inline; filename="off-site-{draft}.pdf"'}
    return Response(print_lists(desk.county, shown), media_type="application/pdf", headers=headers)


def _own(desk: Desk, draft: str) -> CheckDraft:
    """Raises NotFoundError, also for one of another department's desk."""
    if "\x00" in draft:
        raise NotFoundError("draft", "")
    found = read_check_draft(desk.county, draft)
    if found.department not in desk.files_for:
        raise NotFoundError("draft", draft)
    return found


def _saved_by_script(request: AnyRequest, desk: Desk, draft: CheckDraft, sent: SentCheck) -> Response[bytes]:
    """The page saves by itself what was typed; who was second hears so and goes on with the button."""
    del request
    version = sent.version if draft.state in (DraftState.WRITING, DraftState.SENT_BACK) else -1
    try:
        saved = save_check_draft(desk.county, desk.account.name, replace(draft, version=version), typed=sent.typed)
    except DraftChangedError as err:
        body, status = {"saved_by": err.saved_by}, HTTP_409_CONFLICT
    else:
        body, status = {"version": saved.version, "saved_at": saved.saved_at}, HTTP_200_OK  # type: ignore[dict-item]
    return Response(json.dumps(body).encode(), status_code=status, media_type="application/json")


def _change(request: AnyRequest, desk: Desk, draft: CheckDraft, sent: SentCheck) -> Template | Redirect:
    try:
        return _acted(request, desk, replace(draft, version=sent.version), sent)
    except DraftChangedError as err:
        now = _own(desk, draft.id)
        return _page(request, desk, now, sent.typed, status_code=HTTP_409_CONFLICT, changed=err)


def _acted(request: AnyRequest, desk: Desk, draft: CheckDraft, sent: SentCheck) -> Template | Redirect:
    account = desk.account.name
    if sent.act in ("approve", "back"):
        return _answered(request, desk, draft, sent)
    if not draft.is_open or (draft.state is DraftState.FOR_HEAD and sent.act != "recall"):
        raise DraftChangedError(draft.saved_by, draft.saved_at)
    if sent.act == "discard":
        save_check_draft(desk.county, account, draft, state=DraftState.DROPPED)
        return Redirect("/offsite", status_code=HTTP_303_SEE_OTHER)
    if sent.act == "recall":
        save_check_draft(desk.county, account, draft, state=DraftState.WRITING)
        return _back_to(draft)
    typed, bad = _with_lists(sent)
    if sent.act == "list" and sent.list:
        with reading(desk.county.engine) as connection:
            typed = from_list(typed, find_list(connection, sent.list))
    saved = save_check_draft(desk.county, account, draft, typed=typed)
    find = sent.find if sent.act in ("search", "add") else ""
    if bad:
        status, is_checked = HTTP_422_UNPROCESSABLE_ENTITY, sent.act == "send"
        return _page(request, desk, saved, typed, find=find, bad=bad, status_code=status, is_checked=is_checked)
    if sent.act == "send":
        return _sent(request, desk, saved)
    return _page(request, desk, saved, typed, find=find) if find else _back_to(draft)


def _with_lists(sent: SentCheck) -> tuple[TypedCheck, tuple[BadLine, ...]]:
    """Enterprises that are picked, pasted or uploaded are taken after those that are listed."""
    rows = [uscc for uscc in sent.typed.rows if uscc not in sent.dropped]
    text, bad = sent.pasted, cast("tuple[BadLine, ...]", ())
    if sent.upload is not None:
        uploaded = text_of_upload(sent.upload)
        if uploaded is None:
            bad = (BadLine(0, "", "unreadable_file"),)
        text = f"{text}\n{uploaded or ''}" if text.strip() else uploaded or ""
    read = read_codes(text)
    every = tuple(dict.fromkeys([*rows, *sent.picked, *(row.uscc for row in read.rows)]))
    beyond = tuple(BadLine(0, uscc, "too_many_checks") for uscc in every[MAX_ROWS:][:1])
    return replace(sent.typed, rows=every[:MAX_ROWS]), (*bad, *read.bad, *beyond)


def _sent(request: AnyRequest, desk: Desk, draft: CheckDraft) -> Template | Redirect:
    shown = show_check_draft(desk.county, draft, draft.typed, request.app.state.enterprise_names)
    if shown.problems:
        return _page(request, desk, draft, draft.typed, status_code=HTTP_422_UNPROCESSABLE_ENTITY, is_checked=True)
    save_check_draft(desk.county, desk.account.name, draft, state=DraftState.FOR_HEAD, comment="")
    return _back_to(draft)


def _answered(request: AnyRequest, desk: Desk, draft: CheckDraft, sent: SentCheck) -> Template | Redirect:
    if draft.department not in desk.approves_for:
        raise NotFoundError("draft", draft.id)
    if sent.act == "back":
        if not sent.comment.strip():
            return _page(request, desk, draft, draft.typed, status_code=HTTP_422_UNPROCESSABLE_ENTITY, why="no_comment")
        comment = sent.comment.strip()[:2000]
        save_check_draft(desk.county, desk.account.name, draft, state=DraftState.SENT_BACK, comment=comment)
        return _back_to(draft)
    try:
        approve_check(desk.county, desk.account.name, desk.account.display_name, draft)
    except (InvalidError, WrongStateError):
        now = _own(desk, draft.id)
        return _page(request, desk, now, now.typed, status_code=HTTP_422_UNPROCESSABLE_ENTITY, is_checked=True)
    return _back_to(draft)


def _back_to(draft: CheckDraft) -> Redirect:
    return Redirect(f"/offsite/drafts/{draft.id}", status_code=HTTP_303_SEE_OTHER)


def _page(
    request: AnyRequest,
    desk: Desk,
    draft: CheckDraft,
    typed: TypedCheck,
    *,
    find: str = "",
    bad: tuple[BadLine, ...] = (),
    status_code: int = HTTP_200_OK,
    changed: DraftChangedError | None = None,
    is_checked: bool = False,
    why: str = "",
) -> Template:
    frame: Frame = request.app.state.frame
    shown = show_check_draft(desk.county, draft, typed, request.app.state.enterprise_names, find=find, bad=bad)
    policy = content_security_policy(desk.county.settings)
    return page(
        request,
        "offsite/draft.html",
        status_code=status_code,
        headers={"Content-Security-Policy": f"{policy}; script-src 'self'; connect-src 'self'"},
        shown=shown,
        draft=draft,
        typed=typed,
        find=find,
        problems=shown.problems if is_checked else {},
        changed=changed,
        why=why,
        may_approve=draft.department in desk.approves_for,
        desk_script=frame.static.desk_script,
    )


ROUTES: list[Any] = [new, draft_page, change_draft, draft_pdf]
