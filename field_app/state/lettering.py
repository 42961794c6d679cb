"""The letter: filled in, read, signed by drawing, and left behind as a code. A kill anywhere loses nothing."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import date, timedelta

import flet as ft

from field_app.device.qr_picture import qr_picture
from field_app.errors import NoSignatureError
from field_app.letters.leave_copy import LeftCopy, leave_guidance, leave_letter
from field_app.letters.letter_draft import ON_SITE, WITNESS, LetterDraft, draft_key
from field_app.letters.sign_letter import finished, has_signed, letter_of, officers_of, sign_letter
from field_app.reference.lists import read_policy
from field_app.state.app import App
from field_app.state.boundary import Boundary, act
from field_app.state.desk import Screen
from field_app.state.finding import Findings
from field_app.state.lock import Lock
from field_app.state.visiting import Visiting
from shared_models.calendar import day_of
from shared_models.commitment import Commitment
from shared_models.errors import ZhuqiError

TURN, COPY, GUIDANCE = "visit/turn", "visit/copy", "guidance"
TEXTS = ("name", "role", "phone", "facts", "education", "measure", "reason", "witness")


@dataclass(frozen=True, slots=True)
class Signer:
    """`who` is the key of the strokes, `role` a text's key."""

    who: str
    name: str
    role: str


@ft.observable
@dataclass(eq=False)
class Lettering:
    app: App
    visiting: Visiting
    findings: Findings
    lock: Lock
    copy: LeftCopy | None = None
    picture: bytes | None = None
    """Of the copy's code."""
    confirm_days: int = 3

    @property
    def boundary(self) -> Boundary:
        return self.app.boundary

    @property
    def draft(self) -> LetterDraft:
        return self.findings.draft

    @property
    def letter(self) -> Commitment | None:
        """As it would be signed; null while something is missing."""
        try:
            return None if self.visiting.page is None else letter_of(self.visiting.page, self.draft)
        except ZhuqiError:
            return None

    # -- Filling in

    def write(self, what: str, text: str) -> None:
        """One of TEXTS."""
        if what in TEXTS:
            self.findings.keep(replace(self.draft, **{what: text}))  # type: ignore[arg-type]

    def set_due(self, days: int) -> None:
        self.findings.keep(replace(self.draft, due=day_of(self.app.now()) + timedelta(days=days)))

    @property
    def today(self) -> date:
        return day_of(self.app.now())

    @act
    async def read(self) -> None:
        """To the page that is turned around for the person on site; says what is missing."""
        if self.visiting.page is not None:
            letter_of(self.visiting.page, self.draft)
            await self.app.go(Screen.READ)

    # -- Signing

    @property
    def signers(self) -> tuple[Signer, ...]:
        page = self.visiting.page
        officers = () if page is None else officers_of(page)
        first = (
            Signer(WITNESS, self.draft.witness, "sign_witness")
            if self.draft.is_refused
            else Signer(ON_SITE, self.draft.name, "sign_on_site")
        )
        return (first, *(Signer(one.id, one.name, "sign_officer") for one in officers))

    @property
    def turn(self) -> int:
        text = self.app.text(TURN)
        return min(int(text), len(self.signers) - 1) if text.isascii() and text.isdigit() else 0

    @property
    def signer(self) -> Signer:
        return self.signers[self.turn]

    @property
    def may_go_on(self) -> bool:
        """A witness may but need not draw; reason and name are what counts there."""
        if self.signer.who == WITNESS:
            return bool(self.draft.reason.strip() and self.draft.witness.strip())
        return has_signed(self.draft, self.signer.who)

    @act
    async def begin_signing(self) -> None:
        self.app.put(self.app.desk.write(TURN, "0"))
        await self.app.go(Screen.SIGN)

    def drawn(self, path: str) -> None:
        self.findings.keep(self.draft.sign(self.signer.who, path))

    async def clear(self) -> None:
        self.drawn("")

    async def refuse(self, *, refused: bool) -> None:
        self.findings.keep(replace(self.draft, is_refused=refused))

    @act
    async def next(self) -> None:
        if not self.may_go_on:
            raise NoSignatureError(self.signer.name)
        if self.turn + 1 < len(self.signers):
            self.app.put(self.app.desk.write(TURN, str(self.turn + 1)))
            return
        await self.lock.before_signing(self.sign_now)

    @act
    async def sign_now(self) -> None:
        page, visit = self.visiting.page, self.visiting.visit
        if page is None:
            return
        letter = finished(page, self.draft, await self.app.devices.locate())
        await self.findings.flush()
        written = await sign_letter(self.app.phone, visit, letter, drop_drafts=(draft_key(visit),))
        self.findings.forget()
        self.app.put(replace(self.app.desk.home(Screen.VISIT).forget(TURN), visit=visit))
        await self.visiting.refresh()
        await self._show_copy(written.id.hex())

    # -- What stays

    @act
    async def leave(self, letter: bytes) -> None:
        await self._show_copy(letter.hex())

    @act
    async def leave_guidance(self) -> None:
        await self._show_copy(GUIDANCE)

    async def resume_copy(self) -> None:
        """Raises MissingError where there is nothing to leave."""
        which, phone, visit = self.app.text(COPY), self.app.phone, self.visiting.visit
        policy = await read_policy(phone)
        if policy is not None:
            self.confirm_days = policy.confirm_days
        if which == GUIDANCE:
            copy = await leave_guidance(phone, visit)
        else:
            copy = await leave_letter(phone, visit, bytes.fromhex(which))
        self.picture = await asyncio.to_thread(qr_picture, copy.code)
        self.copy = copy

    async def _show_copy(self, which: str) -> None:
        self.app.put(self.app.desk.write(COPY, which))
        await self.resume_copy()
        await self.app.go(Screen.COPY)
