"""A finding and what follows from it: provision, register, the leniency dialog. Every touch is saved."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

import flet as ft

from field_app.letters.leniency_dialog import LeniencyDialog
from field_app.letters.letter_draft import LetterDraft, draft_key
from field_app.letters.letter_texts import USUAL_ROLE
from field_app.letters.note_finding import note_finding
from field_app.letters.read_register import first_offence
from field_app.reference.lists import list_provisions
from field_app.state.app import App
from field_app.state.boundary import Boundary, act
from field_app.state.desk import Screen
from field_app.state.desk_keeper import DeskKeeper
from field_app.state.visiting import Visiting
from field_app.storage.drafts import load_draft
from field_app.storage.reference import fold
from field_app.visits.visit_page import VisitEntry
from shared_models.calendar import day_of
from shared_models.commitment import Finding, Provision
from shared_models.errors import BadlyFormedError
from shared_models.leniency import Correction
from shared_models.shape import from_plain
from shared_models.visit import Photo

SEARCH = "finding/search"
USUAL_DAYS = 7


@ft.observable
@dataclass(eq=False)
class Findings:
    app: App
    visiting: Visiting
    draft: LetterDraft = field(default_factory=LetterDraft)
    provisions: tuple[Provision, ...] = ()

    def __post_init__(self) -> None:
        self._visit: bytes | None = None
        self._keeper: DeskKeeper | None = None

    @property
    def boundary(self) -> Boundary:
        return self.app.boundary

    @property
    def photos(self) -> tuple[VisitEntry, ...]:
        """Of the visit, the newest first."""
        return tuple(reversed([one for one in self._entries() if isinstance(one.body, Photo)]))

    @property
    def fitting(self) -> tuple[Provision, ...]:
        """Every word typed occurs in the clause; the chosen one stays in sight."""
        words = [fold(word) for word in self.app.text(SEARCH).split()]
        chosen = self.draft.provision
        return tuple(one for one in self.provisions if one == chosen or all(word in _folded(one) for word in words))

    async def load(self) -> None:
        """The draft of the visit on the screen; raises what storage raises."""
        visit = self.visiting.visit
        self.provisions = await list_provisions(self.app.phone)
        if self._visit == visit:
            return
        plain = await load_draft(self.app.phone, draft_key(visit))
        try:
            self.draft = LetterDraft() if plain is None else from_plain(LetterDraft, plain)
        except BadlyFormedError:  # of a newer app
            self.draft = LetterDraft()
        self._keeper = DeskKeeper(self.app.phone, self.app.tell_error, draft_key(visit))
        self._visit = visit

    def keep(self, draft: LetterDraft) -> None:
        self.draft = draft
        if self._keeper is not None:
            self._keeper.keep(draft)

    async def flush(self) -> None:
        if self._keeper is not None:
            await self._keeper.flush()

    def forget(self) -> None:
        """The draft has become a record, and was dropped with it."""
        self.draft, self._visit, self._keeper = LetterDraft(), None, None

    # -- The finding

    @act
    async def open(self) -> None:
        """A new one, unless one is half written."""
        await self.load()
        if self.draft.finding is not None:
            self.keep(LetterDraft())
        self.app.put(self.app.desk.forget(SEARCH))
        await self.app.go(Screen.FINDING)

    @act
    async def go_on(self, finding: bytes) -> None:
        """To the dialog of a finding that is written down already."""
        await self.load()
        if self.draft.finding != finding:
            entry = next(one for one in self._entries() if one.id == finding)
            self.keep(self._begun(finding, entry.body))
        await self._ask_register()
        await self.app.go(Screen.LENIENCY)

    def choose(self, provision: Provision) -> None:
        """The words that are usual for it stand there at once, and may be changed."""
        usual = self.draft.provision.fact if self.draft.provision else ""
        what = provision.fact if self.draft.what in ("", usual) else self.draft.what
        self.keep(replace(self.draft, provision=provision, what=what))

    def write_what(self, text: str) -> None:
        self.keep(replace(self.draft, what=text))

    def write_where(self, text: str) -> None:
        self.keep(replace(self.draft, where=text))

    def choose_photo(self, sha256: bytes) -> None:
        self.keep(replace(self.draft, photo=None if self.draft.photo == sha256 else sha256))

    @act
    async def write(self) -> None:
        """The finding becomes a record, and the dialog comes up."""
        draft, provision = self.draft, self.draft.provision
        page = self.visiting.page
        if page is None:
            return
        finding = Finding(
            enterprise=page.summary.decision.enterprise,
            what=draft.what.strip(),
            where=draft.where.strip(),
            provision=provision.id if provision else "",
            provision_name=provision.name if provision else "",
            provision_text=provision.text if provision else "",
            field=provision.field if provision else "",
            photo=draft.photo,
        )
        written = await note_finding(self.app.phone, self.visiting.visit, finding)
        self.keep(self._begun(written.id, finding))
        await self._ask_register()
        self.app.put(self.app.desk.back().go(Screen.LENIENCY))
        await self.visiting.refresh()

    # -- The dialog

    def answer(self, dialog: LeniencyDialog) -> None:
        """The day that is usual for the correction follows the answer until a person has chosen one."""
        draft = replace(self.draft, dialog=dialog)
        if dialog.correction is not self.draft.dialog.correction:
            days = 0 if dialog.correction is Correction.ON_THE_SPOT else USUAL_DAYS
            draft = replace(draft, due=day_of(self.app.now()) + timedelta(days=days))
        self.keep(draft)

    async def _ask_register(self) -> None:
        draft, page = self.draft, self.visiting.page
        if page is None:
            return
        uscc, subject = page.summary.decision.enterprise, draft.provision.field if draft.provision else ""
        first = await first_offence(self.app.phone, self.visiting.visit, uscc, subject)
        self.keep(replace(draft, dialog=draft.dialog.with_register(first)))

    def _begun(self, record: bytes, finding: Finding) -> LetterDraft:
        provision = next((one for one in self.provisions if one.id == finding.provision), None)
        place = f"{finding.where}：" if finding.where else ""
        return LetterDraft(
            what=finding.what,
            where=finding.where,
            provision=provision,
            photo=finding.photo,
            finding=record,
            facts=place + finding.what,
            measure=provision.measure if provision else "",
            education=f"{provision.name}：{provision.text}" if provision else "",
            role=USUAL_ROLE,
        )

    def _entries(self) -> tuple[VisitEntry, ...]:
        return () if self.visiting.page is None else self.visiting.page.entries


def _folded(one: Provision) -> str:
    return fold(f"{one.name} {one.fact} {one.field} {one.text}")
