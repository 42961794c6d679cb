"""What keeps a filing from being accepted at once (rules 6): found by the system before a person looks at it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from shared_models.county import PublishedCalendar, VisitCount
from shared_models.filing import FilingForm, FilingLine, FilingPlan, Purpose, Window
from shared_models.merging import days_apart, is_open
from shared_models.people import Person
from shared_models.policy import Policy, PublishedPolicy
from sync_server.storage.facts import FactsWriter

_LICENSED = frozenset({Purpose.INSPECTION, Purpose.RECHECK})


@dataclass(frozen=True, slots=True)
class Wrong:
    """A stable word, and the numbers, people or codes that it is about."""

    code: str
    about: tuple[str, ...] = ()


def find_wrongs(facts: FactsWriter, form: FilingForm, today: date, filing: str = "") -> tuple[Wrong, ...]:
    """`filing` is the form's own id, where it is in the register already."""
    facts.prefetch_enterprises(form.enterprises)
    published = facts.get("policy", "policy")
    policy = published.load(PublishedPolicy) if published else None
    return (
        *_of_the_form(form),
        *_of_the_people(facts, form, policy.policy if policy else Policy()),
        *_of_the_days(facts, form),
        *_of_other_filings(facts, form, policy, today, filing),
    )


def _of_the_form(form: FilingForm) -> Iterator[Wrong]:
    if not (form.approved_by.strip() and form.basis.strip() and form.why_not_off_site.strip()):
        yield Wrong("incomplete")
    if form.plan is FilingPlan.AFTERWARDS:
        yield Wrong("afterwards")


def _of_the_people(facts: FactsWriter, form: FilingForm, policy: Policy) -> Iterator[Wrong]:
    """Who may be kept at the gate (rows 3 to 6): those without a licence for every day of the window, or too few."""
    if form.purpose not in _LICENSED:
        return
    facts.prefetch("person", form.officers)
    found = [fact.load(Person) for fact in (facts.get("person", one) for one in form.officers) if fact]
    unfit = tuple(person.id for person in found if not _is_licensed(person, form.window))
    if unfit:
        yield Wrong("officer_licence", unfit)
    if len({person.licence for person in found}) < policy.people_needed(form.purpose):
        yield Wrong("too_few_officers", (str(policy.people_needed(form.purpose)),))


def _is_licensed(person: Person, window: Window) -> bool:
    begins = person.valid_from is None or person.valid_from <= window[0]
    ends = person.valid_until is None or person.valid_until >= window[1]
    return person.licence is not None and not person.revoked and begins and ends


def _of_the_days(facts: FactsWriter, form: FilingForm) -> Iterator[Wrong]:
    if form.exception is not None or touches_protected_days(facts, form.window):
        yield Wrong("protected_days", (form.exception.reason,) if form.exception else ())


def _of_other_filings(
    facts: FactsWriter, form: FilingForm, policy: PublishedPolicy | None, today: date, filing: str
) -> Iterator[Wrong]:
    if len(form.departments) > 1:
        yield Wrong("joint_visit", form.departments)
    if form.joint_with:
        yield Wrong("joint_asked", form.joint_with)
    capped = tuple(uscc for uscc in form.enterprises if _is_capped(facts, uscc, form, policy))
    if capped:
        yield Wrong("frequency_cap", capped)
    near = (policy.policy if policy else Policy()).merge_window_days
    lines = [line for uscc in form.enterprises for line in _must_merge(facts, uscc, form, near, today, filing)]
    if lines:
        yield Wrong("must_merge", tuple(dict.fromkeys(line.number for line in lines)))


def touches_protected_days(facts: FactsWriter, window: Window) -> bool:
    """Also where the calendar does not reach that far: then a person looks."""
    fact = facts.get("calendar", "calendar")
    if fact is None:
        return True
    calendar = fact.load(PublishedCalendar)
    first, last = window
    overlaps = any(week.days[0] <= last and week.days[1] >= first for week in calendar.weeks)
    return overlaps or last > calendar.covers_until


def _is_capped(facts: FactsWriter, uscc: str, form: FilingForm, policy: PublishedPolicy | None) -> bool:
    lead = form.departments[0]
    cap = policy.frequency_caps.get(lead) if policy else None
    if cap is None or form.purpose is not Purpose.INSPECTION:
        return False
    year = form.window[0].year
    counts = (fact.load(VisitCount) for fact in facts.of_enterprise("count", uscc))
    entered = sum(count.entered for count in counts if count.year == year and count.department == lead)
    return entered + form.planned_visits > cap


def _must_merge(
    facts: FactsWriter, uscc: str, form: FilingForm, near: int, today: date, filing: str
) -> Iterator[FilingLine]:
    """An open filing of the same purpose and lead near in time must be merged with it (三.4)."""
    for fact in facts.of_enterprise("line", uscc):
        line = fact.load(FilingLine)
        goes_with_it = (
            line.filing not in (filing, form.replaces)
            and is_open(line)
            and line.purpose is form.purpose
            and line.departments[0] == form.departments[0]
            and line.window[1] >= today
        )
        if goes_with_it and days_apart(line.window, form.window) <= near:
            yield line
