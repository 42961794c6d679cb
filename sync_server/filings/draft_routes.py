"""Pages of drafts: fill in, send to the head, approve."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from anyio import to_thread
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template
from litestar.status_codes import (
    HTTP_200_OK,
    HTTP_303_SEE_OTHER,
    HTTP_409_CONFLICT,
    HTTP_422_UNPROCESSABLE_ENTITY,
)

from sync_server.errors import InvalidError, NotFoundError, WrongStateError
from sync_server.filings.approve_draft import approve_draft
from sync_server.filings.desk import AnyRequest, Desk, desk_of
from sync_server.filings.draft_form import SentForm, read_form
from sync_server.filings.draft_page import Looked, show_draft
from sync_server.filings.drafts import Draft, DraftChangedError, DraftState, draft_of_visit, new_draft, save_draft
from sync_server.filings.fill_draft import typed_for_visit, typed_from_filing
from sync_server.filings.read_codes import MAX_FILE_BYTES, BadLine, read_codes, text_of_upload
from sync_server.filings.typed_filing import TypedFiling, TypedRow, with_rows
from sync_server.pages.frame import Frame, page
from sync_server.pages.headers import content_security_policy

_MAX_BODY = MAX_FILE_BYTES + 512 * 1024
_SAVES = frozenset({"save", "add", "search", "drop", "send"})


@post("/filings/new")
async def new(request: AnyRequest) -> Redirect:
    """An empty draft, one in place of a filing, or one for a visit that is to be filed afterwards."""
    form = await request.form()
    desk = desk_of(request)
    given = {name: str(form.get(name, ""))[:64] for name in ("department", "replaces", "visit")}
    draft = await to_thread.run_sync(_new_draft, desk, given)
    return Redirect(f"/filings/drafts/{draft.id}", status_code=HTTP_303_SEE_OTHER)


def _new_draft(desk: Desk, given: dict[str, str]) -> Draft:
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
    return begun or new_draft(county, account, department, typed)


@get("/filings/drafts/{draft:str}", sync_to_thread=True)
def draft_page(request: AnyRequest, draft: FromPath[str]) -> Template:
    desk = desk_of(request)
    text = request.query_params.get("page", "1")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 1  # noqa: PLR2004
    found = desk.draft(draft)
    return _page(request, desk, found, found.typed, Looked(number, request.query_params.get("find", "")[:100]))


@post("/filings/drafts/{draft:str}", request_max_body_size=_MAX_BODY, status_code=HTTP_200_OK)
async def change_draft(request: AnyRequest, draft: FromPath[str]) -> Any:
    desk = desk_of(request)
    found = await to_thread.run_sync(desk.draft, draft)
    sent = await read_form(await request.form(), found.typed)
    is_script = request.headers.get("x-zhuqi-autosave") == "1"
    return await to_thread.run_sync(_saved_by_script if is_script else _change, request, desk, found, sent)


def _saved_by_script(request: AnyRequest, desk: Desk, draft: Draft, sent: SentForm) -> Response[bytes]:
    """The page saves by itself what was typed; who was second hears so and goes on with the button."""
    del request
    # while it waits for the head no version of it is the clerk's
    version = -1 if draft.state is DraftState.FOR_HEAD else sent.version
    try:
        saved = save_draft(desk.county, desk.account.name, replace(draft, version=version), typed=sent.typed)
    except DraftChangedError as err:
        body, status = {"saved_by": err.saved_by}, HTTP_409_CONFLICT
    else:
        body, status = {"version": saved.version, "saved_at": saved.saved_at}, HTTP_200_OK  # type: ignore[dict-item]
    return Response(json.dumps(body).encode(), status_code=status, media_type="application/json")


def _change(request: AnyRequest, desk: Desk, draft: Draft, sent: SentForm) -> Template | Redirect:
    try:
        return _acted(request, desk, replace(draft, version=sent.version), sent)
    except DraftChangedError as err:
        now = desk.draft(draft.id)
        typed = replace(sent.typed, rows=now.typed.rows)
        return _page(request, desk, now, typed, status_code=HTTP_409_CONFLICT, changed=err)


def _acted(request: AnyRequest, desk: Desk, draft: Draft, sent: SentForm) -> Template | Redirect:
    if sent.act in ("approve", "back"):
        return _answered(request, desk, draft, sent)
    if draft.state is DraftState.FILED or (draft.state is DraftState.FOR_HEAD and sent.act != "recall"):
        raise DraftChangedError(draft.saved_by, draft.saved_at)
    if sent.act == "discard":
        save_draft(desk.county, desk.account.name, draft, state=DraftState.DROPPED)
        return Redirect("/filings", status_code=HTTP_303_SEE_OTHER)
    if sent.act == "recall":
        save_draft(desk.county, desk.account.name, draft, state=DraftState.WRITING)
        return _back_to(draft)
    typed, bad = _with_lists(sent)
    saved = save_draft(desk.county, desk.account.name, draft, typed=typed)
    looked = Looked(find=sent.find if sent.act in ("search", "add") else "", bad=bad)
    if sent.act == "send":
        return _sent(request, desk, saved)
    if looked.find or bad:
        return _page(request, desk, saved, typed, looked)
    return _back_to(draft)


def _with_lists(sent: SentForm) -> tuple[TypedFiling, tuple[BadLine, ...]]:
    typed = replace(sent.typed, rows=tuple(row for row in sent.typed.rows if row.uscc not in sent.dropped))
    more = tuple(TypedRow(uscc) for uscc in sent.picked)
    text = sent.pasted
    if sent.upload is not None:
        uploaded = text_of_upload(sent.upload)
        if uploaded is None:
            return with_rows(typed, more), (BadLine(0, "", "unreadable_file"),)
        text = f"{text}\n{uploaded}" if text.strip() else uploaded
    read = read_codes(text)
    return with_rows(typed, (*more, *read.rows)), read.bad


def _sent(request: AnyRequest, desk: Desk, draft: Draft) -> Template | Redirect:
    names = request.app.state.enterprise_names
    shown = show_draft(desk.county, draft, draft.typed, names)
    if shown.problems or any(row.problem for row in shown.rows):
        return _page(request, desk, draft, draft.typed, status_code=HTTP_422_UNPROCESSABLE_ENTITY, is_checked=True)
    save_draft(desk.county, desk.account.name, draft, state=DraftState.FOR_HEAD, comment="")
    return _back_to(draft)


def _answered(request: AnyRequest, desk: Desk, draft: Draft, sent: SentForm) -> Template | Redirect:
    if draft.department not in desk.approves_for:
        raise NotFoundError("draft", draft.id)
    if sent.act == "back":
        if not sent.comment.strip():
            return _page(request, desk, draft, draft.typed, status_code=HTTP_422_UNPROCESSABLE_ENTITY, why="no_comment")
        save_draft(desk.county, desk.account.name, draft, state=DraftState.SENT_BACK, comment=sent.comment.strip())
        return _back_to(draft)
    try:
        approve_draft(desk.county, desk.account.name, desk.account.display_name, draft)
    except (InvalidError, WrongStateError) as err:
        now = desk.draft(draft.id)
        where = getattr(err, "where", "")
        return _page(
            request, desk, now, now.typed, status_code=HTTP_422_UNPROCESSABLE_ENTITY, is_checked=True, why=where
        )
    return _back_to(draft)


def _back_to(draft: Draft) -> Redirect:
    return Redirect(f"/filings/drafts/{draft.id}", status_code=HTTP_303_SEE_OTHER)


def _page(
    request: AnyRequest,
    desk: Desk,
    draft: Draft,
    typed: TypedFiling,
    looked: Looked | None = None,
    *,
    status_code: int = HTTP_200_OK,
    changed: DraftChangedError | None = None,
    is_checked: bool = False,
    why: str = "",
) -> Template:
    frame: Frame = request.app.state.frame
    shown = show_draft(desk.county, draft, typed, request.app.state.enterprise_names, looked)
    policy = content_security_policy(desk.county.settings)
    return page(
        request,
        "filings/draft.html",
        status_code=status_code,
        headers={"Content-Security-Policy": f"{policy}; script-src 'self'; connect-src 'self'"},
        shown=shown,
        draft=draft,
        typed=typed,
        find=looked.find if looked else "",
        problems=shown.problems if is_checked or draft.version > 1 else {},
        changed=changed,
        why=why,
        may_approve=draft.department in desk.approves_for,
        desk_script=frame.static.desk_script,
    )


ROUTES: list[Any] = [new, draft_page, change_draft]
