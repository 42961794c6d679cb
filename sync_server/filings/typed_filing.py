"""A filing while it is being typed: texts as they were given, so that nothing is lost however wrong it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from shared_models.enterprise import is_uscc
from shared_models.filing import CheckCategory, FilingException, FilingForm, FilingPlan, Purpose, Window
from shared_models.policy_limits import LONGEST_WINDOW_DAYS

MAX_ROWS = 1_000
MAX_TEXT = 2_000
_MAX_NUMBER = 366
_FILED_PURPOSES = {Purpose.INSPECTION.value, Purpose.RECHECK.value, Purpose.SURVEY.value}


@dataclass(frozen=True, slots=True)
class TypedRow:
    """An enterprise of the filing; blank days are the filing's own."""

    uscc: str
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class TypedFiling:
    why_not_off_site: str = ""
    purpose: str = Purpose.INSPECTION.value
    plan: str = FilingPlan.MONTH.value
    category: str = CheckCategory.DAILY.value
    unit: str = ""
    officers: tuple[str, ...] = ()
    assistants: str = "0"
    items: str = ""
    basis: str = ""
    method: str = ""
    first: str = ""
    last: str = ""
    planned_visits: str = "1"
    exception_reason: str = ""
    exception_note: str = ""
    exception_proof: str = ""
    exception_approver: str = ""
    why_afterwards: str = ""
    external_refs: str = ""
    joint_with: tuple[str, ...] = ()
    replaces: str = ""
    opened_by_visit: str = ""
    rows: tuple[TypedRow, ...] = ()


Problems = Mapping[str, str]
"""Field to a stable word; a row's field is `rows.<uscc>`."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the policy in force and the registry say to a form; `today` is the day it is typed on."""

    today: date
    max_days: Mapping[str, int]
    proof_required: tuple[str, ...]
    listed_reasons: tuple[str, ...]
    approvers: tuple[str, ...]
    people: frozenset[str] = field(default_factory=frozenset)
    """Of the department and of those that are asked along."""


def find_problems(typed: TypedFiling, limits: Limits) -> dict[str, str]:
    """What a clerk must mend before the head may see it, by field; the rules' judgement comes later."""
    found = {
        **_blank(typed),
        **_choices(typed),
        **_numbers(typed),
        **_exception(typed, limits),
        **window_problem(typed, "", typed.first, typed.last, limits),
    }
    if not typed.officers:
        found["officers"] = "is_missing"
    elif not set(typed.officers) <= limits.people:
        found["officers"] = "not_of_these_departments"
    if not typed.rows:
        found["rows"] = "is_missing"
    for row in typed.rows:
        if not is_uscc(row.uscc):
            found[f"rows.{row.uscc}"] = "not_a_code"
        elif row.first or row.last:
            problem = window_problem(
                typed, f"rows.{row.uscc}", row.first or typed.first, row.last or typed.last, limits
            )
            found.update(problem)
    return found


def window_problem(typed: TypedFiling, field_name: str, first: str, last: str, limits: Limits) -> dict[str, str]:
    name = field_name or "window"
    try:
        window = (date.fromisoformat(first.strip()), date.fromisoformat(last.strip()))
    except ValueError:
        return {name: "not_a_day" if first.strip() or last.strip() else "is_missing"}
    if window[1] < window[0]:
        return {name: "is_reversed"}
    afterwards = typed.plan == FilingPlan.AFTERWARDS
    if not afterwards and window[0] < limits.today:
        return {name: "in_the_past"}
    if (window[1] - window[0]).days + 1 > limits.max_days.get(typed.plan, LONGEST_WINDOW_DAYS):
        return {name: "is_too_long"}
    return {}


def form_of(typed: TypedFiling, row: TypedRow, department: str, *, approved_by: str, approved_at: int) -> FilingForm:
    """The form of one enterprise: each is filed by itself, so that each can be merged, returned or replaced by itself.

    Only for what `find_problems` has found nothing wrong with.
    """
    reason = typed.exception_reason.strip()
    exception = FilingException(
        reason, typed.exception_note.strip(), typed.exception_proof.strip(), typed.exception_approver.strip()
    )
    return FilingForm(
        departments=(department,),
        purpose=Purpose(typed.purpose),
        enterprises=(row.uscc,),
        window=window_of(typed, row),
        officers=typed.officers,
        items=lines_of(typed.items),
        basis=typed.basis.strip(),
        plan=FilingPlan(typed.plan),
        assistants=int(typed.assistants.strip() or "0"),
        exception=exception if reason else None,
        planned_visits=int(typed.planned_visits.strip()),
        why_not_off_site=typed.why_not_off_site.strip(),
        approved_by=approved_by,
        opened_by_visit=bytes.fromhex(typed.opened_by_visit) if typed.opened_by_visit else None,
        external_refs=lines_of(typed.external_refs),
        category=CheckCategory(typed.category),
        method=typed.method.strip(),
        unit=typed.unit.strip(),
        approved_at=approved_at,
        why_afterwards=typed.why_afterwards.strip(),
        replaces=typed.replaces,
        joint_with=tuple(one for one in typed.joint_with if one != department),
    )


def window_of(typed: TypedFiling, row: TypedRow) -> Window:
    first, last = (row.first or typed.first).strip(), (row.last or typed.last).strip()
    return date.fromisoformat(first), date.fromisoformat(last)


def lines_of(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def with_rows(typed: TypedFiling, more: tuple[TypedRow, ...]) -> TypedFiling:
    """A code that is listed already takes the days that are given anew. Beyond MAX_ROWS nothing is taken."""
    by_code = {row.uscc: row for row in typed.rows}
    for row in more:
        if row.uscc in by_code or len(by_code) < MAX_ROWS:
            before = by_code.get(row.uscc)
            by_code[row.uscc] = row if row.first or before is None else before
    return replace(typed, rows=tuple(by_code.values()))


def _blank(typed: TypedFiling) -> dict[str, str]:
    needed = ["why_not_off_site", "items", "basis"]
    if typed.plan == FilingPlan.AFTERWARDS:
        needed.append("why_afterwards")
    return {name: "is_missing" for name in needed if not str(getattr(typed, name)).strip()}


def _choices(typed: TypedFiling) -> dict[str, str]:
    found = {}
    if typed.purpose not in _FILED_PURPOSES:
        found["purpose"] = "needs_no_filing"
    if typed.plan not in set(FilingPlan):
        found["plan"] = "not_known"
    if typed.category not in set(CheckCategory):
        found["category"] = "not_known"
    return found


def _numbers(typed: TypedFiling) -> dict[str, str]:
    found = {}
    for name, least in (("assistants", 0), ("planned_visits", 1)):
        text = str(getattr(typed, name)).strip() or "0"
        if not (text.isascii() and text.isdigit() and len(text) < 4 and least <= int(text) <= _MAX_NUMBER):  # noqa: PLR2004
            found[name] = "not_a_number"
    return found


def _exception(typed: TypedFiling, limits: Limits) -> dict[str, str]:
    reason = typed.exception_reason.strip()
    if not reason:
        return {}
    found = {}
    if reason not in limits.listed_reasons:
        found["exception_reason"] = "not_listed"
    if not typed.exception_note.strip():
        found["exception_note"] = "is_missing"
    if reason in limits.proof_required and not typed.exception_proof.strip():
        found["exception_proof"] = "is_missing"
    approver = typed.exception_approver.strip()
    if not approver:
        found["exception_approver"] = "is_missing"
    elif approver not in limits.approvers or approver in typed.officers:
        found["exception_approver"] = "may_not_approve"
    return found
