"""Through the gate, or away from it: both are records."""

from __future__ import annotations

from datetime import datetime

from field_app.enrolment.state import require_writing
from field_app.errors import EntryNotAllowedError, MissingError
from field_app.gate.judge import Judgement, VerdictChangedError, judge_at
from field_app.gate.proposal import Proposal
from field_app.phone import Phone
from field_app.visits.journal import Entry, Written, append
from shared_models.facts import Decision
from shared_models.filing import Purpose
from shared_models.visit import Entry as EntryKind
from shared_models.visit import GateDecision, Position

VISIT_ID_BYTES = 16


async def open_visit(
    phone: Phone,
    proposal: Proposal,
    shown: Judgement,
    *,
    position: Position | None = None,
    drop_drafts: tuple[str, ...] = (),
) -> Written:
    """Enter. It is judged once more at this instant, because the record must say what held when it was made.

    Raises VerdictChangedError where that is not what the screen showed, EntryNotAllowedError against a verdict that
    lets nobody in, MissingError for an entry afterwards without a reason.
    """
    await phone.database.read(require_writing)
    if proposal.entry is EntryKind.AFTERWARDS and not proposal.entry_reason.strip():
        raise MissingError("entry_reason")
    now = await _judged_as_shown(phone, proposal, shown)
    unverified = _check_may_enter(proposal, now)
    companions = [companion.id for companion in proposal.companions if companion.listed]
    return await append(
        phone,
        Entry(
            kind="visit_opened",
            body=_body(proposal, now, position, unverified=unverified),
            visit=phone.random(VISIT_ID_BYTES),
            at=now.at,
            seen=now.seen,
            about=proposal.enterprise,
            entered=now.entered,
            drop_drafts=drop_drafts,
            also=lambda rows: rows.put_meta("last_companions", companions),
        ),
    )


async def refuse_visit(
    phone: Phone,
    proposal: Proposal,
    shown: Judgement,
    *,
    position: Position | None = None,
    drop_drafts: tuple[str, ...] = (),
) -> Written:
    """The gate said no, and the officer left: on record too, so that a refusal is nobody's secret."""
    await phone.database.read(require_writing)
    now = await judge_at(phone, proposal, phone.clock.now(), with_days=False)
    if now.verdict.verdict.may_enter and not shown.verdict.verdict.may_enter:
        raise VerdictChangedError(await judge_at(phone, proposal, phone.clock.now()))
    return await append(
        phone,
        Entry(
            kind="visit_refused",
            body=_body(proposal, now, position),
            visit=phone.random(VISIT_ID_BYTES),
            at=now.at,
            seen=now.seen,
            drop_drafts=drop_drafts,
        ),
    )


async def _judged_as_shown(phone: Phone, proposal: Proposal, shown: Judgement) -> Judgement:
    moment: datetime = phone.clock.now()
    now = await judge_at(phone, proposal, moment, with_days=False)
    if now.verdict != shown.verdict:
        raise VerdictChangedError(await judge_at(phone, proposal, moment))
    return now


def _check_may_enter(proposal: Proposal, judgement: Judgement) -> bool:
    """Whether the visit is entered 待核: a survey that the gate could not verify."""
    decision = judgement.verdict.verdict
    if decision.may_enter:
        return False
    if decision is Decision.UNVERIFIED and proposal.purpose is Purpose.SURVEY:
        return True
    raise EntryNotAllowedError(decision)


def _body(
    proposal: Proposal, judgement: Judgement, position: Position | None, *, unverified: bool = False
) -> GateDecision:
    name = proposal.enterprise_name if judgement.enterprise is None else judgement.enterprise.name
    return GateDecision(
        enterprise=proposal.enterprise,
        purpose=proposal.purpose,
        people=proposal.companions,
        verdict=judgement.verdict,
        basis=judgement.basis,
        identified=proposal.identified,
        entry=proposal.entry,
        entry_reason=proposal.entry_reason,
        enterprise_name=name,
        gate=proposal.gate,
        assistants=proposal.assistants,
        ground=proposal.ground,
        claim=proposal.claim,
        position=position,
        unverified=unverified,
    )
