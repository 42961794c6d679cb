"""One draft of an off-site check as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from shared_models.enterprise import Enterprise, EnterpriseStatus
from shared_models.offsite import SelfCheckList
from shared_models.people import Department, Person
from sync_server.county import County
from sync_server.drafts.shown_draft import BadLine, Choice, Looked
from sync_server.offsite.drafts import CheckDraft
from sync_server.offsite.read_lists import lists_of
from sync_server.offsite.register import OffsiteEntry
from sync_server.offsite.typed_check import TypedCheck, TypedItem, find_problems
from sync_server.offsite.what_limits import limits_of, may_answer
from sync_server.storage.engine import reading
from sync_server.storage.facts import FactsWriter, current_facts, current_of_kind
from sync_server.supervision.enterprise_names import EnterpriseNames

_MOST_FOUND, _SPARE_LINES, _LEAST_LINES = 40, 2, 4


@dataclass(frozen=True, slots=True)
class ShownCheckDraft:
    """`lines` are the written items and some blank ones to write on."""

    draft: CheckDraft
    department: str
    typed: TypedCheck
    problems: dict[str, str]
    lines: tuple[TypedItem, ...]
    rows: tuple[Choice, ...]
    officers: tuple[Choice, ...]
    lists: tuple[SelfCheckList, ...]
    found: tuple[Choice, ...]
    bad: tuple[BadLine, ...]
    filed: tuple[OffsiteEntry, ...]
    names: dict[str, str]

    @property
    def may_be_sent(self) -> bool:
        return not self.problems


def show_check_draft(
    county: County,
    draft: CheckDraft,
    typed: TypedCheck,
    names: EnterpriseNames,
    looked: Looked,
) -> ShownCheckDraft:
    """`typed` may be newer than the draft: what somebody typed who was not the first to save."""
    with reading(county.engine) as connection:
        facts = FactsWriter(connection)
        problems = find_problems(typed, limits_of(facts, draft.department, typed, county.clock.now()))
        people = [fact.load(Person) for fact in current_of_kind(connection, "person")]
        officers = [one for one in people if may_answer(one, draft.department) or one.id in typed.officers]
        department = current_facts(connection, "department", [draft.department]).get(draft.department)
        known = _enterprises(connection, typed.rows)
        filed = current_facts(connection, "offsite", draft.filed)
        entries = tuple(filed[one].load(OffsiteEntry) for one in draft.filed if one in filed)
        return ShownCheckDraft(
            draft=draft,
            department=department.load(Department).name if department else draft.department,
            typed=typed,
            problems=problems,
            lines=lines_to_write(typed.items),
            rows=tuple(known.get(uscc, Choice(uscc, "", uscc)) for uscc in typed.rows),
            officers=tuple(Choice(one.id, one.name or one.id, one.licence or "") for one in officers),
            lists=tuple(one for one in lists_of(connection, [draft.department]) if not one.retired),
            found=_found(connection, names, looked.find, typed),
            bad=looked.bad,
            filed=entries,
            names={
                key: one.name for key, one in _enterprises(connection, [one.form.enterprise for one in entries]).items()
            },
        )


def lines_to_write(items: tuple[TypedItem, ...]) -> tuple[TypedItem, ...]:
    spare = max(_SPARE_LINES, _LEAST_LINES - len(items))
    return (*items, *(TypedItem() for _ in range(spare)))


def _enterprises(connection: Connection, usccs: tuple[str, ...] | list[str]) -> dict[str, Choice]:
    found = current_facts(connection, "enterprise", usccs)
    return {uscc: _choice(fact.load(Enterprise)) for uscc, fact in found.items()}


def _found(connection: Connection, names: EnterpriseNames, find: str, typed: TypedCheck) -> tuple[Choice, ...]:
    if not find.strip():
        return ()
    usccs = [one for one in names.matching(connection, find) if one not in typed.rows][:_MOST_FOUND]
    return tuple(_enterprises(connection, usccs).values())


def _choice(one: Enterprise) -> Choice:
    return Choice(one.uscc, one.name or one.uscc, one.uscc, "closed" if one.status is EnterpriseStatus.CLOSED else "")
