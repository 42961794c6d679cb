"""At the gate: one card, and the verdict that follows every change of it. The deciding is in `gate.judge`."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

import flet as ft

from field_app.errors import MissingError
from field_app.gate.find_enterprise import Found
from field_app.gate.judge import Judgement, VerdictChangedError, judge
from field_app.gate.proposal import Proposal
from field_app.gate.propose import propose
from field_app.gate.read_brief import Brief, read_brief
from field_app.reference.lists import list_approvers, list_departments, list_people, list_themes, read_policy
from field_app.state.app import App
from field_app.state.boundary import Boundary, act, log, trouble_code
from field_app.state.desk import Screen
from field_app.sync.run_sync import run_sync
from field_app.visits.open_visit import open_visit, refuse_visit
from shared_models.acts import Theme
from shared_models.calendar import day_of
from shared_models.facts import Decision, ExceptionClaim, Ground
from shared_models.filing import Purpose
from shared_models.people import Person
from shared_models.policy import PublishedPolicy
from shared_models.visit import Companion, Entry, GroundGiven, Position

DESK = "desk"
POSITION_HOLDS = timedelta(minutes=1)
CLAIM_FIELDS = ("claim/reason", "claim/note", "claim/proof", "claim/approver")


@ft.observable
@dataclass(eq=False)
class Gate:
    app: App
    judgement: Judgement | None = None
    is_busy: bool = False
    people: tuple[Person, ...] = ()
    approvers: tuple[Person, ...] = ()
    policy: PublishedPolicy | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    """What ids are called that the screen mentions: departments and people."""
    themes: tuple[Theme, ...] = ()
    """Of this month, those that fit best first."""
    brief: Brief | None = None

    def __post_init__(self) -> None:
        self._turn = 0
        self._position: asyncio.Future[Position | None] | None = None
        self._located_at: datetime | None = None

    @property
    def boundary(self) -> Boundary:
        return self.app.boundary

    @property
    def proposal(self) -> Proposal | None:
        return self.app.desk.proposal

    async def open(self, found: Found) -> None:
        """Raises what the phone's storage raises."""
        proposal = await propose(self.app.phone, found)
        self.judgement = await judge(self.app.phone, proposal)
        self.brief = await read_brief(self.app.phone, proposal.enterprise)
        self.themes = await list_themes(self.app.phone, proposal.enterprise)
        await self.load_lists()
        self._locate()
        self.app.notice = None
        self.app.put(replace(self.app.desk.home(Screen.GATE).forget("claim/"), proposal=proposal))

    async def resume(self) -> None:
        """After a restart: the same card, judged anew."""
        if self.proposal is not None:
            self.brief = await read_brief(self.app.phone, self.proposal.enterprise)
            self.themes = await list_themes(self.app.phone, self.proposal.enterprise)
            await self.load_lists()
            self._locate()
            await self.judge_again()

    async def load_lists(self) -> None:
        phone = self.app.phone
        self.people = await list_people(phone)
        self.approvers = await list_approvers(phone)
        self.policy = await read_policy(phone)
        departments = await list_departments(phone)
        units = {unit.id: unit.name for one in departments for unit in one.units}
        names = {one.id: one.name for one in self.people} | {one.id: one.name for one in self.approvers}
        self.names = units | {one.id: one.name for one in departments} | names

    def name_of(self, key: str) -> str:
        return self.names.get(key, key)

    async def judge_again(self) -> None:
        """The verdict of the card as it is now; an older answer never overwrites a newer one."""
        self._turn += 1
        mine, proposal = self._turn, self.proposal
        if proposal is None:
            return
        try:
            judgement = await judge(self.app.phone, proposal)
        except Exception as err:  # noqa: BLE001 no verdict is shown rather than an old one
            log.error("judge: %s", trouble_code(err))
            self.judgement = None
            self.app.tell_error(getattr(err, "code", "error"))
            return
        if mine == self._turn:
            self.judgement = judgement

    # -- Changing the card

    async def change(self, proposal: Proposal) -> None:
        self.app.put(replace(self.app.desk, proposal=proposal))
        await self.judge_again()

    async def set_purpose(self, purpose: Purpose) -> None:
        if self.proposal is not None:
            ground = self.proposal.ground if purpose is Purpose.SERVICE else None
            await self.change(replace(self.proposal, purpose=purpose, ground=ground))

    async def set_ground(self, kind: Ground) -> None:
        """Tapped once more, it is taken back."""
        if self.proposal is None:
            return
        held = self.proposal.ground
        same = held is not None and held.kind is kind
        only = self.themes[0].number if kind is Ground.THEME and len(self.themes) == 1 else ""
        ground = None if same else GroundGiven(kind, by=only, on=self._today(kind))
        await self.change(replace(self.proposal, ground=ground))

    async def choose_theme(self, number: str) -> None:
        """One of the month's; tapped once more, none of them."""
        proposal = self.proposal
        if proposal is not None and proposal.ground is not None:
            by = "" if proposal.ground.by == number else number
            await self.change(replace(proposal, ground=replace(proposal.ground, by=by)))

    def write_ground(self, by: str) -> None:
        proposal = self.proposal
        if proposal is not None and proposal.ground is not None:
            self.app.put(replace(self.app.desk, proposal=replace(proposal, ground=replace(proposal.ground, by=by))))

    async def set_entry(self, entry: Entry) -> None:
        if self.proposal is not None:
            await self.change(replace(self.proposal, entry=entry))

    def write_entry_reason(self, reason: str) -> None:
        if self.proposal is not None:
            self.app.put(replace(self.app.desk, proposal=replace(self.proposal, entry_reason=reason)))

    async def set_assistants(self, number: int) -> None:
        if self.proposal is not None:
            await self.change(replace(self.proposal, assistants=max(0, number)))

    async def add(self, companion: Companion) -> None:
        if self.proposal is not None and companion.id not in {one.id for one in self.proposal.companions}:
            await self.change(replace(self.proposal, companions=(*self.proposal.companions, companion)))

    async def remove(self, person_id: str) -> None:
        """Never the officer whose phone this is."""
        if self.proposal is not None:
            me, *others = self.proposal.companions
            kept = (me, *(one for one in others if one.id != person_id))
            await self.change(replace(self.proposal, companions=kept))

    # -- The exception

    @act
    async def claim(self) -> None:
        """Judge with what the claim's fields say."""
        if self.proposal is None:
            return
        reason, note, proof, approver = (self.app.text(key) for key in CLAIM_FIELDS)
        await self.change(replace(self.proposal, claim=ExceptionClaim(reason, note, proof, approver)))
        await self.app.back()

    @act
    async def withdraw_claim(self) -> None:
        if self.proposal is not None:
            await self.change(replace(self.proposal, claim=None))

    # -- Going in, or not

    @act
    async def enter(self) -> None:
        proposal, shown = self.proposal, self.judgement
        if proposal is None or shown is None:
            return
        if proposal.entry is Entry.AFTERWARDS and not proposal.entry_reason.strip():
            raise MissingError("entry_reason")
        try:
            written = await open_visit(
                self.app.phone, proposal, shown, position=await self._where(), drop_drafts=(DESK,)
            )
        except VerdictChangedError as err:
            self.judgement = err.judgement
            raise
        self._done(written.visit, Screen.VISIT)

    @act
    async def leave(self) -> None:
        """Not entering is a record too."""
        proposal, shown = self.proposal, self.judgement
        if proposal is None or shown is None:
            return
        try:
            await refuse_visit(self.app.phone, proposal, shown, position=await self._where(), drop_drafts=(DESK,))
        except VerdictChangedError as err:
            self.judgement = err.judgement
            raise
        self._done(None)
        self.app.say("gate_left")

    @act
    async def synchronise(self) -> None:
        self.is_busy = True
        try:
            report = await run_sync(self.app.phone, again=True)
        finally:
            self.is_busy = False
        await self.load_lists()
        await self.judge_again()
        if report.errors:
            self.app.tell_error(report.errors[0])
        else:
            self.app.say("sync_done")

    def _done(self, visit: bytes | None, *then: Screen) -> None:
        self.judgement = None
        desk = replace(self.app.desk.home(*then).forget("claim/", "scan/", "people/"), proposal=None, visit=visit)
        self.app.notice = None
        self.app.put(desk)

    def _locate(self) -> None:
        """Asked when the card opens, so that nobody waits for it at the button."""
        self._located_at = self.app.now()
        self._position = asyncio.ensure_future(self.app.devices.locate())

    async def _where(self) -> Position | None:
        """Where the phone is now; a card may have been opened long before its gate."""
        if self._located_at is None or self.app.now() - self._located_at > POSITION_HOLDS:
            self._locate()
        return None if self._position is None else await self._position

    def _today(self, kind: Ground) -> date | None:
        return day_of(self.app.now()) if kind is Ground.INVITED else None


def may_enter_unverified(proposal: Proposal, judgement: Judgement) -> bool:
    """A survey that the gate cannot verify is entered all the same, marked 待核 (rules 4)."""
    return judgement.verdict.verdict is Decision.UNVERIFIED and proposal.purpose is Purpose.SURVEY


def stranger(name: str, unit: str) -> Companion:
    """Someone the registry does not list, typed in by hand: with no licence, and named as such."""
    return Companion(id=f"typed:{unit}/{name}", name=name, department=unit, listed=False)
