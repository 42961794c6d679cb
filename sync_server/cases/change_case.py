"""Which form of the case's page leads to which use case. Fields stay as they were typed where one refuses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from shared_models.case import DecisionKind, Step
from shared_models.case_acts import HardshipEvidence
from shared_models.instalments import Settling
from sync_server.accounts.account import Account
from sync_server.cases.answer_deferral import answer_deferral
from sync_server.cases.ask_deferral import ask_deferral
from sync_server.cases.decide_case import decide_case
from sync_server.cases.fill_step import fill_step
from sync_server.cases.keep_evidence import keep_evidence
from sync_server.cases.name_handlers import name_handlers
from sync_server.cases.name_reviewer import name_reviewer
from sync_server.cases.restate_facts import restate_facts
from sync_server.cases.serve_decision import serve_decision
from sync_server.cases.settle_instalment import settle_instalment
from sync_server.cases.typed_case import amount_typed, day_typed, facts_typed, schedule_typed, step_typed
from sync_server.county import County
from sync_server.errors import NotFoundError
from sync_server.registry.desk.typed import Typed

_MOST_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Change:
    """One form that was sent: whose, for which case, with a file or none."""

    county: County
    by: Account
    number: str
    typed: Typed
    file: bytes | None = None


def change_case(act: str, change: Change) -> None:
    """Where `change.typed.errors` is filled nothing was done. Raises NotFoundError for a form that there is not."""
    if act in set(Step):
        _step(change, Step(act))
    elif act in _FORMS:
        _FORMS[act](change)
    else:
        raise NotFoundError("form", "")


def _step(change: Change, step: Step) -> None:
    done = step_typed(change.typed, step)
    if done is not None and not change.typed.errors:
        fill_step(change.county, change.by, change.number, done)


def _facts(change: Change) -> None:
    facts = facts_typed(change.typed)
    if facts is not None:
        restate_facts(change.county, change.by, change.number, facts, change.typed.text("facts_reason"))


def _handlers(change: Change) -> None:
    typed = change.typed
    handlers = tuple(line.strip() for line in typed.text("handlers_handlers").splitlines() if line.strip())
    name_handlers(change.county, change.by, change.number, handlers, typed.text("handlers_reason"))


def _reviewer(change: Change) -> None:
    name_reviewer(change.county, change.by, change.number, change.typed.text("reviewer_reviewer"))


def _decide(change: Change) -> None:
    typed = change.typed
    kind, fine = typed.text("decide_kind"), amount_typed(typed, "decide_fine")
    if kind not in set(DecisionKind):
        typed.errors["decide_kind"] = "choose"
    if not typed.errors:
        decide_case(
            change.county,
            change.by,
            change.number,
            DecisionKind(kind),
            typed.text("decide_reason"),
            fine=fine,
            penalty=typed.text("decide_penalty"),
        )


def _serve(change: Change) -> None:
    on = day_typed(change.typed, "serve_on")
    if on is not None:
        serve_decision(change.county, change.by, change.number, on, change.typed.text("serve_how"))


def _ask(change: Change) -> None:
    typed = change.typed
    schedule = schedule_typed(typed, "ask_schedule")
    if typed.errors:
        return
    file = keep_evidence(change.county, change.file) if change.file else None
    evidence = (HardshipEvidence(typed.text("ask_evidence"), file),)
    ask_deferral(
        change.county,
        change.by,
        change.number,
        typed.text("ask_applicant"),
        typed.text("ask_application"),
        evidence,
        schedule,
    )


def _answer(change: Change) -> None:
    granted = change.typed.text("answer_granted")
    if granted not in ("yes", "no"):
        change.typed.errors["answer_granted"] = "choose"
        return
    answer_deferral(
        change.county, change.by, change.number, change.typed.text("answer_reason"), granted=granted == "yes"
    )


def _settle(change: Change) -> None:
    typed = change.typed
    number, how = typed.text("settle_number"), typed.text("settle_how")
    on = day_typed(typed, "settle_on")
    if how not in set(Settling):
        typed.errors["settle_how"] = "choose"
    if not (number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS):
        typed.errors["settle_number"] = "choose"
    if on is not None and not typed.errors:
        reference = typed.text("settle_reference")
        settle_instalment(change.county, change.by, change.number, int(number), Settling(how), on, reference)


_FORMS: dict[str, Callable[[Change], None]] = {
    "facts": _facts,
    "handlers": _handlers,
    "reviewer": _reviewer,
    "decide": _decide,
    "serve": _serve,
    "ask": _ask,
    "answer": _answer,
    "settle": _settle,
}
