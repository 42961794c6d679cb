"""The page of one case as values: what is open, who may do what next, and what is late today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from shared_models.calendar import day_of
from shared_models.case import (
    CLAUSES,
    DECIDE_WITHIN_DAYS,
    BoxOpenError,
    DecisionKind,
    Step,
    basis_of,
    boxes,
    boxes_asked,
    check_step,
    decisions_open,
)
from shared_models.enterprise import Enterprise
from shared_models.instalments import Instalment, Settling, left_to_pay
from shared_models.people import Department, Person
from sync_server.accounts.account import Account
from sync_server.cases.name_reviewer import possible_reviewers, why_not
from sync_server.cases.register import CaseEntry, CaseState, FilledStep, find_case
from sync_server.cases.rights import handles, heads, sees
from sync_server.clock import instant_of
from sync_server.county import County
from sync_server.errors import NotFoundError
from sync_server.storage.engine import reading
from sync_server.storage.facts import current_facts


@dataclass(frozen=True, slots=True)
class ShownBox:
    """`filled` stands; `failed` is a review that was not passed. `first`: the box that has to be filled before."""

    step: Step
    clause: str
    filled: FilledStep | None
    failed: FilledStep | None
    only_for_penalty: bool
    first: Step | None
    may_fill: bool


@dataclass(frozen=True, slots=True)
class ShownDecision:
    """One kind that the facts leave open; `missing` are its open boxes."""

    kind: DecisionKind
    basis: str
    missing: tuple[Step, ...]


class Standing(StrEnum):
    """How an instalment stands on a day."""

    OPEN = "open"
    LATE = "late"
    PAID = "paid"
    PAID_LATE = "paid_late"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True)
class ShownInstalment:
    number: int
    amount: int
    due: date
    standing: Standing
    days_late: int
    settled_on: date | None
    reference: str


@dataclass(frozen=True, slots=True)
class ShownCase:
    entry: CaseEntry
    today: date
    decide_until: date
    enterprise: str
    department: str
    handlers: tuple[tuple[str, str], ...]
    boxes: tuple[ShownBox, ...]
    decisions: tuple[ShownDecision, ...]
    instalments: tuple[ShownInstalment, ...]
    left: int
    reviewers: tuple[Account, ...]
    may_handle: bool
    may_head: bool
    may_answer: bool

    @property
    def past_steps(self) -> tuple[FilledStep, ...]:
        return tuple(one for one in self.entry.steps if not one.stands)


def read_case(county: County, account: Account, number: str) -> ShownCase:
    """Raises NotFoundError, also for a case that is not this account's to see."""
    with reading(county.engine) as connection:
        entry = find_case(connection, number)
        if not sees(account, entry):
            raise NotFoundError("case", number)
        enterprise, department, handlers = _names(connection, entry)
    today = day_of(county.clock.now())
    is_open = entry.state is CaseState.OPEN
    asked = entry.open_deferral
    is_head = heads(account, entry) and account.name != entry.reviewer
    return ShownCase(
        entry=entry,
        today=today,
        decide_until=day_of(instant_of(entry.opened_at)) + timedelta(days=DECIDE_WITHIN_DAYS),
        enterprise=enterprise,
        department=department,
        handlers=handlers,
        boxes=tuple(_box(account, entry, step) for step in boxes_asked(entry.facts)),
        decisions=tuple(_decision(entry, kind) for kind in decisions_open(entry.facts)),
        instalments=_instalments(entry, today),
        left=left_to_pay(entry.schedule),
        reviewers=possible_reviewers(county, entry, account) if is_open and is_head else (),
        may_handle=handles(account, entry) and account.name != entry.reviewer,
        may_head=is_head,
        may_answer=is_head and asked is not None and asked.asked_by != account.name,
    )


def standing_of(one: Instalment, today: date) -> Standing:
    if one.settled is Settling.WAIVED:
        return Standing.WAIVED
    if one.settled is Settling.PAID:
        return Standing.PAID_LATE if one.days_late(today) else Standing.PAID
    return Standing.LATE if one.is_late(today) else Standing.OPEN


def _box(account: Account, entry: CaseEntry, step: Step) -> ShownBox:
    standing = next((one for one in reversed(entry.steps) if one.stands and one.done.step is step), None)
    first: Step | None = None
    try:
        check_step(entry.facts, entry.done, step)
    except BoxOpenError as err:
        first = Step(err.box)
    return ShownBox(
        step=step,
        clause=CLAUSES[step],
        filled=standing if standing and standing.done.fills else None,
        failed=standing if standing and not standing.done.fills else None,
        only_for_penalty=step not in boxes(entry.facts),
        first=first,
        may_fill=entry.state is CaseState.OPEN and first is None and _may_fill(account, entry, step),
    )


def _may_fill(account: Account, entry: CaseEntry, step: Step) -> bool:
    if step is Step.LEGAL_REVIEW:
        return account.name == entry.reviewer and not why_not(account, entry)
    may = heads if step is Step.DEPARTMENT_DECISION else handles
    return may(account, entry) and account.name != entry.reviewer


def _decision(entry: CaseEntry, kind: DecisionKind) -> ShownDecision:
    missing = tuple(step for step in boxes(entry.facts, kind) if step not in entry.done)
    return ShownDecision(kind, basis_of(entry.facts, kind), missing)


def _instalments(entry: CaseEntry, today: date) -> tuple[ShownInstalment, ...]:
    return tuple(
        ShownInstalment(
            number=number,
            amount=one.amount,
            due=one.due,
            standing=standing_of(one, today),
            days_late=one.days_late(today),
            settled_on=one.settled_on,
            reference=one.reference,
        )
        for number, one in enumerate(entry.schedule, 1)
    )


def _names(connection: Connection, entry: CaseEntry) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    opened = entry.opened
    enterprise = current_facts(connection, "enterprise", [opened.enterprise]).get(opened.enterprise)
    department = current_facts(connection, "department", [opened.department]).get(opened.department)
    people = current_facts(connection, "person", entry.handlers)
    handlers = tuple((one, people[one].load(Person).name if one in people else one) for one in entry.handlers)
    return (
        enterprise.load(Enterprise).name if enterprise else "",
        department.load(Department).name if department else opened.department,
        handlers,
    )
