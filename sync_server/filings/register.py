"""The filing register (备案台账): a filing as the county's desk sees it."""

from __future__ import annotations

from dataclasses import dataclass

from shared_models.filing import FilingForm, FilingLine, FilingState


@dataclass(frozen=True, slots=True)
class FilingEntry:
    """Times in milliseconds since 1970. `submitted_by` and `answered_by` are accounts."""

    filing: str
    form: FilingForm
    state: FilingState
    submitted_by: str
    submitted_at: int
    number: str = ""
    by_rule: bool = False
    answered_by: str = ""
    answered_at: int | None = None
    comment: str = ""
    merged_into: str | None = None
    short_notice: bool = False
    """当日备案: filed later than the policy's lead time before the window opens; accepted, and counted (rules 6)."""


@dataclass(frozen=True, slots=True)
class LastNumber:
    """The last filing number given in a year."""

    last: int


def line_key(filing: str, uscc: str) -> str:
    return f"{filing}/{uscc}"


def line_of(entry: FilingEntry, uscc: str, visits_made: int = 0) -> FilingLine:
    form = entry.form
    return FilingLine(
        filing=entry.filing,
        number=entry.number,
        departments=form.departments,
        purpose=form.purpose,
        enterprise=uscc,
        window=form.window,
        state=entry.state,
        exception=form.exception,
        merged_into=entry.merged_into,
        planned_visits=form.planned_visits,
        visits_made=visits_made,
        officers=form.officers,
        assistants=form.assistants,
        items=form.items,
        basis=form.basis,
    )


def filing_id(record_id: bytes) -> str:
    """A filing is named after its `filing_submitted` record."""
    return record_id[:8].hex()
