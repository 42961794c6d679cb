"""One draft as its page shows it: the form, its problems, and what the gate would say of each enterprise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from shared_models.calendar import day_of
from shared_models.county import PublishedCalendar
from shared_models.enterprise import Enterprise
from shared_models.filing import CheckCategory, FilingPlan, Purpose
from shared_models.people import Department, Person
from sync_server.calendar.published import published_policy
from sync_server.county import County
from sync_server.drafts.shown_draft import BadLine, Choice, Looked
from sync_server.filings.drafts import FilingDraft
from sync_server.filings.foretell_rows import ForetoldRow, foretell_rows
from sync_server.filings.register import FilingEntry
from sync_server.filings.typed_filing import TypedFiling, find_problems, window_of
from sync_server.filings.what_limits import limits_of
from sync_server.storage.engine import reading
from sync_server.storage.facts import FactsWriter, current_facts
from sync_server.storage.kept_facts import kept_of_kind
from sync_server.supervision.enterprise_names import EnterpriseNames

PAGE_ROWS = 50
_MOST_FOUND = 40


@dataclass(frozen=True, slots=True)
class FiledLine:
    filing: str
    number: str
    state: str
    uscc: str
    name: str


@dataclass(frozen=True, slots=True)
class ShownFilingDraft:
    draft: FilingDraft
    department: str
    typed: TypedFiling
    problems: dict[str, str]
    rows: tuple[ForetoldRow, ...]
    page: int
    pages: int
    in_protected_days: int
    """How many enterprises have protected days among theirs, on all pages."""
    officers: tuple[Choice, ...]
    others: tuple[Choice, ...]
    approvers: tuple[Choice, ...]
    reasons: tuple[str, ...]
    found: tuple[Choice, ...]
    bad: tuple[BadLine, ...]
    filed: tuple[FiledLine, ...]
    purposes: tuple[Purpose, ...] = (Purpose.INSPECTION, Purpose.RECHECK, Purpose.SURVEY)
    plans: tuple[FilingPlan, ...] = tuple(FilingPlan)
    categories: tuple[CheckCategory, ...] = tuple(CheckCategory)

    @property
    def may_be_sent(self) -> bool:
        return not self.problems and not any(row.problem for row in self.rows)


def show_draft(
    county: County, draft: FilingDraft, typed: TypedFiling, names: EnterpriseNames, looked: Looked
) -> ShownFilingDraft:
    """`typed` may be newer than the draft: what somebody typed who was not the first to save."""
    now = county.clock.now()
    with reading(county.engine) as connection:
        facts = FactsWriter(connection)
        problems = find_problems(typed, limits_of(facts, draft.department, typed, now))
        pages = max(1, -(-len(typed.rows) // PAGE_ROWS))
        page = min(max(1, looked.page), pages)
        shown = typed.rows[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]
        of_form = [field for field in problems if not field.startswith("rows") and field not in _ASK_ANYWAY]
        rows = foretell_rows(facts, typed, draft.department, shown, now, is_whole=not of_form)
        departments = {fact.key: fact.load(Department) for fact in kept_of_kind(connection, "department")}
        published = published_policy(facts)
        people = [fact.load(Person) for fact in kept_of_kind(connection, "person")]
        return ShownFilingDraft(
            draft=draft,
            department=departments[draft.department].name if draft.department in departments else draft.department,
            typed=typed,
            problems=problems,
            rows=rows,
            page=page,
            pages=pages,
            in_protected_days=_protected(facts, typed),
            officers=_officers(people, draft.department, typed, str(day_of(now))),
            others=tuple(Choice(one.id, one.name) for one in departments.values() if one.id != draft.department),
            approvers=tuple(Choice(one.id, one.name or one.id) for one in people if one.id in published.approvers),
            reasons=published.policy.listed_reasons,
            found=_found(connection, names, looked.find, typed),
            bad=looked.bad,
            filed=_filed(connection, draft.filed),
        )


# the gate can be asked before these are filled in: it does not look at them
_ASK_ANYWAY = frozenset({"why_not_off_site", "items", "basis", "why_afterwards", "exception_note", "exception_proof"})


def _officers(people: Sequence[Person], department: str, typed: TypedFiling, today: str) -> tuple[Choice, ...]:
    """Of the department, with a licence; also those who were chosen and can no longer be."""
    made = []
    for one in people:
        is_ours = one.department == department and one.licence is not None and not one.revoked
        if is_ours or one.id in typed.officers:
            last = one.valid_until.isoformat() if one.valid_until else ""
            end = max((row.last for row in typed.rows if row.last), default="") or typed.last or today
            note = "licence_revoked" if one.revoked else "licence_runs_out" if last and last < end else ""
            made.append(Choice(one.id, one.name or one.id, one.licence or "", note))
    return tuple(sorted(made, key=lambda choice: choice.more))


def _protected(facts: FactsWriter, typed: TypedFiling) -> int:
    fact = facts.get("calendar", "calendar")
    weeks = [week.days for week in fact.load(PublishedCalendar).weeks] if fact else []
    return sum(any(days[0] <= last and days[1] >= first for days in weeks) for first, last in _windows(typed))


def _windows(typed: TypedFiling) -> Any:
    for row in typed.rows:
        try:
            yield window_of(typed, row)
        except ValueError:
            continue


def _found(connection: Connection, names: EnterpriseNames, words: str, typed: TypedFiling) -> tuple[Choice, ...]:
    if not words.strip():
        return ()
    listed = {row.uscc for row in typed.rows}
    wanted = [uscc for uscc in names.matching(connection, words) if uscc not in listed][:_MOST_FOUND]
    facts = current_facts(connection, "enterprise", wanted)
    enterprises = (facts[uscc].load(Enterprise) for uscc in wanted)
    return tuple(Choice(one.uscc, one.name, one.township, one.status.value) for one in enterprises)


def _filed(connection: Connection, filed: Sequence[str]) -> tuple[FiledLine, ...]:
    entries = current_facts(connection, "filing", filed)
    loaded = [entries[one].load(FilingEntry) for one in filed if one in entries]
    names = current_facts(connection, "enterprise", {one.form.enterprises[0] for one in loaded})
    return tuple(
        FiledLine(
            filing=one.filing,
            number=one.number,
            state=one.state.value,
            uscc=one.form.enterprises[0],
            name=names[one.form.enterprises[0]].load(Enterprise).name if one.form.enterprises[0] in names else "",
        )
        for one in loaded
    )
