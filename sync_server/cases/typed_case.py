"""What the forms of a case send, as values. Every field's name begins with that of its form.

Problems are put into `typed.errors`; what is missing altogether comes back as None.
"""

from __future__ import annotations

from datetime import date

from shared_models.case import (
    CaseFacts,
    CollectiveDecision,
    DiscretionStandard,
    Ended,
    LegalReview,
    ReviewGround,
    Step,
    StepDone,
)
from shared_models.errors import BadlyFormedError
from shared_models.instalments import Instalment, amount_of
from shared_models.leniency import Correction, Harm, LeniencyFacts
from sync_server.registry.desk.typed import Typed

_THREE = {"yes": True, "no": False, "unknown": None}
_GRAVITY = ("minor", "between", "serious")


def facts_typed(typed: Typed) -> CaseFacts | None:
    """The fields `facts_…`."""
    harm, correction = typed.text("facts_harm"), typed.text("facts_correction")
    gravity, first, ended = typed.text("facts_gravity"), typed.text("facts_first"), typed.text("facts_ended")
    choices = {
        "facts_gravity": gravity in _GRAVITY,
        "facts_harm": harm in set(Harm),
        "facts_correction": correction in set(Correction),
        "facts_first": first in _THREE,
        "facts_ended": not ended or ended in set(Ended),
    }
    for name, is_chosen in choices.items():
        if not is_chosen:
            typed.errors[name] = "choose"
    if not all(choices.values()):
        return None
    leniency = LeniencyFacts(
        serious=gravity == "serious",
        minor=gravity == "minor",
        harm=Harm(harm),
        first_offence=_THREE[first],
        correction=Correction(correction),
        fault_disproved=typed.is_ticked("facts_fault_disproved"),
    )
    review = tuple(one for one in ReviewGround if typed.is_ticked(f"facts_review_{one}"))
    return CaseFacts(leniency, typed.is_ticked("facts_complicated"), review, Ended(ended) if ended else None)


def typed_from(facts: CaseFacts) -> dict[str, str]:
    """The facts as the form shows them."""
    leniency = facts.leniency
    values = {
        "facts_gravity": "serious" if leniency.serious else "minor" if leniency.minor else "between",
        "facts_harm": leniency.harm.value,
        "facts_correction": leniency.correction.value,
        "facts_first": next(word for word, value in _THREE.items() if value is leniency.first_offence),
        "facts_ended": facts.ended.value if facts.ended else "",
    }
    ticked = [f"facts_review_{one}" for one in facts.review]
    ticked += ["facts_complicated"] if facts.complicated else []
    ticked += ["facts_fault_disproved"] if leniency.fault_disproved else []
    return {**values, **dict.fromkeys(ticked, "1")}


def step_typed(typed: Typed, step: Step) -> StepDone | None:
    """The fields that begin with the step's name."""
    try:
        return StepDone(step, **_parts(typed, step))  # type: ignore[arg-type]
    except BadlyFormedError as err:
        named = "provision" if typed.text(f"{step}_standard") else "standard"
        part = {"present": "present", "opinion": "opinion", "review": "opinion", "standard": named}
        problem = "three_people" if err.where == "present" else "empty"
        typed.errors.setdefault(f"{step}_{part.get(err.where, 'note')}", problem)
        return None


def _parts(typed: Typed, step: Step) -> dict[str, object]:
    def text(name: str) -> str:
        return typed.text(f"{step}_{name}")

    if step is Step.DISCRETION_STANDARD:
        return {"standard": DiscretionStandard(text("standard"), text("provision"), text("applied"))}
    if step is Step.LEGAL_REVIEW:
        passed = text("passed")
        if passed not in ("yes", "no"):
            typed.errors[f"{step}_passed"] = "choose"
        # the use case puts the name of whoever is logged in
        return {"review": LegalReview("-", text("opinion"), passed == "yes")}
    if step is Step.COLLECTIVE_DECISION:
        present = tuple(line.strip() for line in text("present").splitlines() if line.strip())
        on = day_typed(typed, f"{step}_on")
        return {"discussion": CollectiveDecision(present, on or date.min, text("opinion"))}
    return {"note": text("note")}


def day_typed(typed: Typed, name: str) -> date | None:
    day = typed.day(name)
    if day is None:
        typed.errors.setdefault(name, "empty")
    return day


def amount_typed(typed: Typed, name: str) -> int:
    """Fen; 0 where nothing was typed."""
    try:
        return amount_of(typed.text(name)) if typed.text(name) else 0
    except BadlyFormedError:
        typed.errors[name] = "not_an_amount"
        return 0


def schedule_typed(typed: Typed, name: str) -> tuple[Instalment, ...]:
    """A line an instalment: its day and its amount in yuan."""
    found = []
    for line in typed.values.get(name, "").splitlines():
        parts = line.replace("，", " ").replace("\t", " ").split(maxsplit=1)
        if not parts:
            continue
        try:
            found.append(Instalment(amount_of(parts[1]), date.fromisoformat(parts[0])))
        except (IndexError, ValueError, BadlyFormedError):
            typed.errors[name] = "schedule_line"
    if not found:
        typed.errors.setdefault(name, "empty")
    return tuple(found)
