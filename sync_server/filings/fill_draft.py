"""Drafts that begin filled in: in place of a filing, or for a visit that entered first and is filed after."""

from __future__ import annotations

from sqlalchemy import select

from shared_models.calendar import day_of
from shared_models.errors import ZhuqiError
from shared_models.filing import FilingForm, FilingPlan, FilingState, Purpose
from shared_models.kinds import body_of
from shared_models.record import peek
from shared_models.visit import GateDecision
from sync_server.clock import instant_of
from sync_server.county import County
from sync_server.errors import NotFoundError, WrongStateError
from sync_server.filings.register import FilingEntry
from sync_server.filings.typed_filing import TypedFiling, TypedRow
from sync_server.storage.engine import reading
from sync_server.storage.facts import current_facts
from sync_server.storage.tables import log_entries, visits

_VISIT_BYTES = 16


def typed_from_filing(county: County, filing: str) -> tuple[str, TypedFiling]:
    """Its lead department and what it says, to be filed anew. Raises NotFoundError or WrongStateError."""
    with reading(county.engine) as connection:
        fact = current_facts(connection, "filing", [filing]).get(filing)
    if fact is None:
        raise NotFoundError("filing", filing)
    entry = fact.load(FilingEntry)
    if entry.merged_into is not None or entry.state is FilingState.WITHDRAWN:
        raise WrongStateError("filing", filing, entry.state.value)
    return entry.form.departments[0], _typed(entry.form, filing)


def typed_for_visit(county: County, visit: str) -> tuple[str, TypedFiling]:
    """The department that has to file the visit, and what its records say already. Raises NotFoundError."""
    try:
        key = bytes.fromhex(visit)
    except ValueError as err:
        raise NotFoundError("visit", visit) from err
    with reading(county.engine) as connection:
        row = connection.execute(select(visits).where(visits.c.visit == key)).one_or_none()
        if row is None or row.post_filing_due is None:
            raise NotFoundError("visit", visit)
        envelope = connection.execute(
            select(log_entries.c.envelope).where(log_entries.c.record_id == row.record_id)
        ).scalar_one()
    day = day_of(instant_of(row.at)).isoformat()
    opening = _opening(bytes(envelope))
    claim = opening.claim if opening else None
    typed = TypedFiling(
        purpose=row.purpose,
        plan=FilingPlan.AFTERWARDS.value,
        officers=tuple(one.id for one in opening.people if one.licence) if opening else (),
        first=day,
        last=day,
        exception_reason=claim.reason if claim else "",
        exception_note=claim.note if claim else "",
        exception_proof=claim.proof if claim else "",
        exception_approver=claim.approver if claim else "",
        why_afterwards=claim.note if claim else "",
        opened_by_visit=visit if len(key) == _VISIT_BYTES else "",
        rows=(TypedRow(row.uscc),) if row.uscc else (),
    )
    return row.department, typed


def _opening(envelope: bytes) -> GateDecision | None:
    try:
        body = body_of(peek(envelope))
    except ZhuqiError:  # from a newer app: the clerk fills it in
        return None
    return body if isinstance(body, GateDecision) else None


def _typed(form: FilingForm, filing: str) -> TypedFiling:
    exception = form.exception
    return TypedFiling(
        why_not_off_site=form.why_not_off_site,
        purpose=form.purpose.value if form.purpose is not Purpose.SERVICE else Purpose.INSPECTION.value,
        plan=form.plan.value,
        category=form.category.value,
        unit=form.unit,
        officers=form.officers,
        assistants=str(form.assistants),
        items="\n".join(form.items),
        basis=form.basis,
        method=form.method,
        first=form.window[0].isoformat(),
        last=form.window[1].isoformat(),
        planned_visits=str(form.planned_visits),
        exception_reason=exception.reason if exception else "",
        exception_note=exception.note if exception else "",
        exception_proof=exception.proof if exception else "",
        exception_approver=exception.approver if exception else "",
        why_afterwards=form.why_afterwards,
        external_refs="\n".join(form.external_refs),
        joint_with=form.joint_with,
        replaces=filing,
        opened_by_visit=form.opened_by_visit.hex() if form.opened_by_visit else "",
        rows=tuple(TypedRow(uscc) for uscc in form.enterprises),
    )
