"""The county office makes one visit out of several: the joint filing, its number and the merging are one act (三.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from shared_models.acts import FilingsMerged, FilingSubmitted
from shared_models.filing import FilingForm, FilingPlan, FilingState, Window
from shared_models.joint_visits import joint_purpose
from shared_models.policy import PublishedPolicy
from sync_server.clock import milliseconds
from sync_server.county import County
from sync_server.errors import InvalidError, WrongStateError
from sync_server.filings.accept_filing import accept_in, filing_in_state
from sync_server.filings.register import FilingEntry, filing_id
from sync_server.filings.submit_filing import check_form
from sync_server.log.writing import Writing, writing

_LEAST_PARTS = 2


@dataclass(frozen=True, slots=True)
class JointVisit:
    """`officers` of all departments together, the lead's first."""

    parts: tuple[str, ...]
    lead: str
    window: Window
    officers: tuple[str, ...]


def join_filings(county: County, account: str, approved_by: str, wish: JointVisit) -> str:
    """The id of the joint filing, which names the lead first and every department of its parts.

    Raises InvalidError or WrongStateError where the parts do not fit together or have changed meanwhile.
    """
    with writing(county) as tx:
        parts = _parts(tx, wish.parts)
        form = joint_form(tx, parts, wish, approved_by)
        check_form(tx, form)
        filing = filing_id(tx.append_act(account, FilingSubmitted(form)).record_id)
        accept_in(tx, account, filing)
        tx.append_act(account, FilingsMerged(filing, tuple(part.filing for part in parts)))
    return filing


def _parts(tx: Writing, wanted: Sequence[str]) -> tuple[FilingEntry, ...]:
    if len(set(wanted)) < _LEAST_PARTS:
        raise InvalidError("parts", "too_few")
    parts = tuple(
        filing_in_state(tx, one, FilingState.ACCEPTED, FilingState.SUBMITTED) for one in dict.fromkeys(wanted)
    )
    for part in parts:
        if part.merged_into is not None:
            raise WrongStateError("filing", part.filing, "merged")
    return parts


def joint_form(tx: Writing, parts: Sequence[FilingEntry], wish: JointVisit, approved_by: str) -> FilingForm:
    purpose = joint_purpose(part.form.purpose for part in parts)
    if purpose is None:
        raise InvalidError("parts", "different_purposes")
    departments = _all(parts, lambda form: form.departments)
    if wish.lead not in departments:
        raise InvalidError("lead", "not_a_department_of_the_parts")
    exceptions = [part.form.exception for part in parts if part.form.exception]
    # one exception opens the days for its own department's reason only: the others would ride along
    if exceptions and len(exceptions) < len(parts):
        raise InvalidError("parts", "not_all_carry_an_exception")
    return FilingForm(
        departments=(wish.lead, *(one for one in departments if one != wish.lead)),
        purpose=purpose,
        enterprises=_all(parts, lambda form: form.enterprises),
        window=wish.window,
        officers=wish.officers,
        items=_all(parts, lambda form: form.items),
        basis="\n".join(_all(parts, lambda form: (form.basis,))),
        plan=_plan(tx, wish.window),
        assistants=max(part.form.assistants for part in parts),
        exception=exceptions[0] if exceptions else None,
        why_not_off_site="\n".join(_all(parts, lambda form: (form.why_not_off_site,))),
        approved_by=approved_by,
        approved_at=milliseconds(tx.now),
        external_refs=_all(parts, lambda form: form.external_refs),
    )


def _plan(tx: Writing, window: Window) -> FilingPlan:
    fact = tx.facts.get("policy", "policy")
    longest = fact.load(PublishedPolicy).max_window_days_month if fact else 31
    return FilingPlan.MONTH if (window[1] - window[0]).days + 1 <= longest else FilingPlan.QUARTER


def _all(parts: Iterable[FilingEntry], values: Callable[[FilingForm], Sequence[str]]) -> tuple[str, ...]:
    found = (value for part in parts for value in values(part.form))
    return tuple(dict.fromkeys(value for value in found if value))
