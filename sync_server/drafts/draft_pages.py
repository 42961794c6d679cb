"""What the buttons of a draft's page do: it is saved, handed on between the clerk and the head, or approved."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Generic, Protocol, TypeVar, cast

from litestar import Response
from litestar.response import Redirect, Template
from litestar.status_codes import (
    HTTP_200_OK,
    HTTP_303_SEE_OTHER,
    HTTP_409_CONFLICT,
    HTTP_422_UNPROCESSABLE_ENTITY,
)

from sync_server.accounts.desk import AnyRequest, desk_of
from sync_server.county import County
from sync_server.drafts.draft import WITH_CLERK, Draft, DraftChangedError, DraftState
from sync_server.drafts.draft_form import SentDraft
from sync_server.drafts.kept_drafts import KeptDrafts
from sync_server.drafts.shown_draft import BadLine, Looked, ShownDraft
from sync_server.errors import InvalidError, NotFoundError, WrongStateError
from sync_server.pages.frame import Frame, language_of, page
from sync_server.pages.headers import content_security_policy
from sync_server.pages.shown_names import ShownNames
from sync_server.supervision.enterprise_names import EnterpriseNames
from sync_server.texts import Say

_HANDED_ON = {"discard": DraftState.DROPPED, "recall": DraftState.WRITING, "back": DraftState.SENT_BACK}


class Typed(Protocol):
    """A dataclass with a row for each enterprise."""

    @property
    def rows(self) -> tuple[Any, ...]: ...


R = TypeVar("R", bound=Typed)


@dataclass(frozen=True, slots=True)
class Said:
    """What a page says besides what it shows."""

    status_code: int = HTTP_200_OK
    changed: DraftChangedError | None = None
    is_checked: bool = False
    why: str = ""


_NOTHING, _SHOWN = Looked(), Said()


@dataclass(frozen=True, slots=True)
class DraftPages(Generic[R]):
    """Those of one kind. `tells_early`: what is missing is said from the second save on, not only once it is sent."""

    drafts: KeptDrafts[R]
    home: str
    template: str
    show: Callable[[County, Draft[R], R, EnterpriseNames, Looked], ShownDraft]
    with_lists: Callable[[SentDraft[R]], tuple[R, tuple[BadLine, ...]]]
    approve: Callable[[County, str, str, Draft[R]], object]
    """Raises WrongStateError, InvalidError or DraftChangedError."""
    tells_early: bool

    def shown(
        self, request: AnyRequest, draft: Draft[R], typed: R, looked: Looked = _NOTHING, said: Said = _SHOWN
    ) -> Template:
        """`typed` may be newer than the draft: what somebody typed who was not the first to save."""
        desk, frame = desk_of(request), cast("Frame", request.app.state.frame)
        shown = self.show(desk.county, draft, typed, request.app.state.enterprise_names, looked)
        policy = content_security_policy(desk.county.settings)
        is_told = said.is_checked or (self.tells_early and draft.version > 1)
        return page(
            request,
            self.template,
            status_code=said.status_code,
            headers={"Content-Security-Policy": f"{policy}; script-src 'self'; connect-src 'self'"},
            shown=shown,
            draft=draft,
            typed=typed,
            home=self.home,
            find=looked.find,
            problems=shown.problems if is_told else {},
            changed=said.changed,
            why=said.why,
            may_approve=draft.department in desk.approves_for,
            desk_script=frame.static.desk_script,
        )

    def change(self, request: AnyRequest, draft: Draft[R], sent: SentDraft[R]) -> Any:
        """A page, a redirection, or what the page's script is told."""
        if request.headers.get("x-zhuqi-autosave") == "1":
            return self._save_for_script(request, draft, sent)
        try:
            return self._act(request, replace(draft, version=sent.version), sent)
        except DraftChangedError as err:
            desk = desk_of(request)
            now = self.drafts.read(desk.county, draft.id, desk.files_for)
            typed: R = replace(cast("Any", sent.typed), rows=now.typed.rows)
            return self.shown(request, now, typed, said=Said(HTTP_409_CONFLICT, changed=err))

    def _save_for_script(self, request: AnyRequest, draft: Draft[R], sent: SentDraft[R]) -> Response[bytes]:
        """The page saves by itself what was typed; who was second hears so and goes on with the button."""
        desk = desk_of(request)
        # while it is not with the clerk, no version of it is the clerk's
        version = sent.version if draft.state in WITH_CLERK else -1
        body: dict[str, Any]
        try:
            saved = self.drafts.save(desk.county, desk.account.name, replace(draft, version=version), typed=sent.typed)
        except DraftChangedError as err:
            names = ShownNames(desk.county, Say(language_of(request)))
            body, status = {"saved_by": names.account(err.saved_by)}, HTTP_409_CONFLICT
        else:
            body, status = {"version": saved.version, "saved_at": saved.saved_at}, HTTP_200_OK
        return Response(json.dumps(body).encode(), status_code=status, media_type="application/json")

    def _act(self, request: AnyRequest, draft: Draft[R], sent: SentDraft[R]) -> Template | Redirect:
        desk = desk_of(request)
        if sent.act in ("approve", "back") and draft.department not in desk.approves_for:
            raise NotFoundError("draft", draft.id)
        if sent.act == "approve":
            return self._approve(request, draft)
        if draft.state not in ((DraftState.FOR_HEAD,) if sent.act in ("back", "recall") else WITH_CLERK):
            raise DraftChangedError(draft.saved_by, draft.saved_at)
        if sent.act in _HANDED_ON:
            return self._hand_on(request, draft, sent)
        typed, bad = self.with_lists(sent)
        saved = self.drafts.save(desk.county, desk.account.name, draft, typed=typed)
        looked = Looked(find=sent.find if sent.act in ("search", "add", "save") else "", bad=bad)
        if sent.act == "send":
            return self._send(request, saved, looked)
        return self.shown(request, saved, typed, looked) if looked.find or bad else self._back_to(saved)

    def _hand_on(self, request: AnyRequest, draft: Draft[R], sent: SentDraft[R]) -> Template | Redirect:
        desk = desk_of(request)
        if sent.act == "back" and not sent.comment:
            said = Said(HTTP_422_UNPROCESSABLE_ENTITY, why="no_comment")
            return self.shown(request, draft, draft.typed, said=said)
        comment = sent.comment if sent.act == "back" else None
        self.drafts.save(desk.county, desk.account.name, draft, state=_HANDED_ON[sent.act], comment=comment)
        is_gone = sent.act == "discard"
        return Redirect(self.home, status_code=HTTP_303_SEE_OTHER) if is_gone else self._back_to(draft)

    def _send(self, request: AnyRequest, draft: Draft[R], looked: Looked) -> Template | Redirect:
        desk = desk_of(request)
        shown = self.show(desk.county, draft, draft.typed, request.app.state.enterprise_names, Looked())
        if looked.bad or not shown.may_be_sent:
            said = Said(HTTP_422_UNPROCESSABLE_ENTITY, is_checked=True)
            return self.shown(request, draft, draft.typed, looked, said)
        self.drafts.save(desk.county, desk.account.name, draft, state=DraftState.FOR_HEAD, comment="")
        return self._back_to(draft)

    def _approve(self, request: AnyRequest, draft: Draft[R]) -> Template | Redirect:
        desk = desk_of(request)
        try:
            self.approve(desk.county, desk.account.name, desk.account.display_name, draft)
        except (InvalidError, WrongStateError):
            now = self.drafts.read(desk.county, draft.id, desk.files_for)
            return self.shown(request, now, now.typed, said=Said(HTTP_422_UNPROCESSABLE_ENTITY, is_checked=True))
        return self._back_to(draft)

    def _back_to(self, draft: Draft[R]) -> Redirect:
        return Redirect(f"{self.home}/drafts/{draft.id}", status_code=HTTP_303_SEE_OTHER)
