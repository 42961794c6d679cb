"""What the form foretells is what the gate says once the filing is accepted: the same rules, asked twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from shared_models.acts import ServiceWeek
from shared_models.calendar import SHANGHAI
from shared_models.county import Asked, PublishedCalendar, Reference, VisitCount, facts_at_gate
from shared_models.enterprise import Enterprise, EnterpriseStatus
from shared_models.facts import Decision, Verdict
from shared_models.filing import FilingException, FilingForm, FilingLine, FilingPlan, FilingState, Purpose
from shared_models.foretell import UNNUMBERED, allowed_days, count_against_cap, foretell, near_filings
from shared_models.gate import decide
from shared_models.people import Person
from shared_models.policy import SEVEN_REASONS, Policy, PublishedPolicy
from shared_models.visit import Companion
from sync_server.filings.scope import scoped_line

USCC = "91350100M000100Y43"
FIRST, LAST = date(2026, 11, 1), date(2027, 1, 31)
DAYS = st.dates(FIRST, LAST)
WINDOWS = st.tuples(DAYS, st.integers(0, 20)).map(lambda w: (w[0], w[0] + timedelta(days=w[1])))
DEPARTMENTS = ("market", "fire")
CAPS = st.dictionaries(st.sampled_from(DEPARTMENTS), st.integers(0, 3))
ACTIVE, SHUT = (Enterprise(USCC, status) for status in EnterpriseStatus)
PURPOSES = st.sampled_from([Purpose.INSPECTION] * 3 + [Purpose.RECHECK, Purpose.SURVEY])
EXCEPTIONS = st.none() | st.sampled_from(SEVEN_REASONS).map(FilingException)


@st.composite
def people(draw: st.DrawFn) -> dict[str, Person]:
    made = {}
    for number in range(4):
        key = f"p{number}"
        made[key] = Person(
            id=key,
            department=DEPARTMENTS[number % 2],
            licence=draw(st.sampled_from([f"A{number}", f"A{number}", "A0", None])),
            valid_from=draw(st.none() | DAYS),
            valid_until=draw(st.none() | DAYS),
            revoked=draw(st.sampled_from([False] * 7 + [True])),
        )
    return made


@st.composite
def lines(draw: st.DrawFn) -> tuple[FilingLine, ...]:
    made = []
    for number in range(draw(st.integers(0, 4))):
        made.append(  # noqa: PERF401 - each is drawn by itself
            FilingLine(
                filing=f"{number:016x}",
                number=f"BA3303262026-{number + 1:05}",
                departments=draw(st.sampled_from([("market",), ("fire",), ("fire", "market"), ("market", "fire")])),
                purpose=draw(PURPOSES),
                enterprise=USCC,
                window=draw(WINDOWS),
                state=draw(st.sampled_from([FilingState.ACCEPTED] * 4 + list(FilingState))),
                exception=draw(EXCEPTIONS),
                merged_into=draw(st.sampled_from([None, None, None, "BA3303262026-00099"])),
                planned_visits=draw(st.integers(1, 2)),
                visits_made=draw(st.integers(0, 2)),
            )
        )
    return tuple(made)


@st.composite
def references(draw: st.DrawFn) -> Reference:
    weeks = draw(st.lists(WINDOWS, max_size=3))
    calendar = PublishedCalendar(
        weeks=tuple(ServiceWeek(days[0].isoformat()[:7], days) for days in weeks),
        days_off=tuple(draw(st.lists(DAYS, max_size=3))),
        extra_workdays=tuple(draw(st.lists(DAYS, max_size=3))),
        covers_until=draw(st.sampled_from([LAST, date(2027, 12, 31)])),
    )
    policy = PublishedPolicy(Policy(merge_window_days=draw(st.integers(0, 40))), ("p9",), draw(CAPS))
    counts = tuple(
        VisitCount(USCC, year, department, draw(st.integers(0, 3)))
        for year in (2026, 2027)
        for department in DEPARTMENTS
    )
    return Reference(
        issued_at=datetime(2026, 11, 1, tzinfo=SHANGHAI),
        enterprise=draw(
            st.sampled_from(
                [Enterprise(USCC, EnterpriseStatus.ACTIVE)] * 7 + [Enterprise(USCC, EnterpriseStatus.CLOSED)]
            )
        ),
        people=draw(people()),
        lines=draw(lines()),
        counts=counts,
        calendar=draw(st.sampled_from([calendar] * 9 + [None])),
        policy=draw(st.sampled_from([policy] * 9 + [None])),
    )


FORMS = st.builds(
    FilingForm,
    departments=st.sampled_from([("market",), ("fire",), ("market", "fire")]),
    purpose=PURPOSES,
    enterprises=st.just((USCC,)),
    window=WINDOWS,
    officers=st.lists(st.sampled_from(["p0", "p1", "p2", "p3", "stranger"]), max_size=3, unique=True).map(tuple),
    items=st.just(("检查",)),
    basis=st.just("办法"),
    plan=st.sampled_from(FilingPlan),
    exception=EXCEPTIONS,
    planned_visits=st.integers(1, 2),
)
TIMES = st.times(timezones=st.just(SHANGHAI))


def accepted(form: FilingForm, number: str) -> FilingLine:
    return FilingLine(
        filing="ff" * 8,
        number=number,
        departments=form.departments,
        purpose=form.purpose,
        enterprise=USCC,
        window=form.window,
        state=FilingState.ACCEPTED,
        exception=form.exception,
        planned_visits=form.planned_visits,
        officers=form.officers,
        items=form.items,
        basis=form.basis,
    )


def of_its_departments(reference: Reference, form: FilingForm) -> FilingForm:
    """As it can be filed: whom another department employs, the form refuses (`not_of_these_departments`)."""
    registered = reference.people
    own = (key for key in form.officers if key not in registered or registered[key].department in form.departments)
    return replace(form, officers=tuple(own))


def at_the_gate(reference: Reference, form: FilingForm, number: str, at: datetime) -> Verdict:
    """A phone of the lead department that has synchronised: it sees of others' filings only what is open."""
    people_there = tuple(
        Companion(key, "", reference.people[key].department if key in reference.people else "") for key in form.officers
    )
    seen = (scoped_line(line, form.departments[0]) for line in (*reference.lines, accepted(form, number)))
    known = replace(reference, lines=tuple(line for line in seen if line is not None), issued_at=at)
    return decide(facts_at_gate(known, Asked(now=at, purpose=form.purpose, companions=people_there)))


def numbered(verdict: Verdict, number: str) -> Verdict:
    reasons = tuple(replace(one, about=number if one.about == UNNUMBERED else one.about) for one in verdict.reasons)
    return replace(verdict, filing=number if verdict.filing == UNNUMBERED else verdict.filing, reasons=reasons)


@given(references(), FORMS, DAYS, TIMES, st.sampled_from(["BA3303262026-00100", "BA3303262027-00001"]))
def test_what_the_form_foretells_is_what_the_gate_says(reference, form, day, time, number) -> None:
    at, form = datetime.combine(day, time), of_its_departments(reference, form)
    (foretold,) = foretell(reference, form, [day], at=at)
    assert numbered(foretold.verdict, number) == at_the_gate(reference, form, number, at)


@given(references(), FORMS, DAYS, TIMES, st.lists(DAYS, min_size=1, max_size=4))
def test_days_ahead_are_foretold_as_they_will_be(reference, form, today, time, days) -> None:
    """From today's desk: the year's visits, the data's age and the time of day are those of each day itself."""
    number, form = "BA3303262026-00100", of_its_departments(reference, form)
    for foretold in foretell(reference, form, days, at=datetime.combine(today, time)):
        at = datetime.combine(foretold.day, time)
        assert numbered(foretold.verdict, number) == at_the_gate(reference, form, number, at)


@given(references(), FORMS, DAYS, TIMES)
def test_the_days_that_the_form_offers_are_allowed_when_filed_for_them(reference, form, today, time) -> None:
    at = datetime.combine(today, time)
    offered = allowed_days(reference, form, at=at)
    ahead = [today + timedelta(days=n) for n in range(1, 61)]
    wide = replace(form, window=(today, ahead[-1]))
    allowed = {one.day for one in foretell(reference, wide, ahead, at=at) if one.is_allowed}
    assert set(offered) == allowed
    assert list(offered) == sorted(offered)


def sample(**policy: object) -> tuple[Reference, FilingForm]:
    caps = policy.pop("caps", {})
    published = PublishedPolicy(Policy(**policy), (), caps)
    calendar = PublishedCalendar(
        (ServiceWeek("2026-11", (date(2026, 11, 9), date(2026, 11, 15))),), (), (), date(2027, 12, 31)
    )
    officers = {key: Person(key, "market", f"A{key}") for key in ("p0", "p1")}
    reference = Reference(
        datetime(2026, 11, 3, tzinfo=SHANGHAI),
        Enterprise(USCC, EnterpriseStatus.ACTIVE),
        officers,
        calendar=calendar,
        policy=published,
    )
    form = FilingForm(
        ("market",),
        Purpose.INSPECTION,
        (USCC,),
        (date(2026, 11, 6), date(2026, 11, 18)),
        ("p0", "p1"),
        ("检查",),
        "办法",
    )
    return reference, form


def test_the_service_week_is_foretold_and_the_days_around_it_are_free() -> None:
    reference, form = sample()
    days = [form.window[0] + timedelta(days=n) for n in range(13)]
    foretold = foretell(reference, form, days, at=datetime(2026, 11, 3, 9, tzinfo=SHANGHAI))
    refused = [one.day for one in foretold if one.verdict.verdict is Decision.DENY]
    assert refused == [date(2026, 11, 9) + timedelta(days=n) for n in range(7)]
    assert {reason.code for one in foretold for reason in one.verdict.reasons} == {"service_week"}


def test_the_cap_counts_the_year_of_the_window_and_the_lead_department_only() -> None:
    reference, form = sample(caps={"market": 2})
    counts = (
        VisitCount(USCC, 2026, "market", 1),
        VisitCount(USCC, 2026, "fire", 9),
        VisitCount(USCC, 2027, "market", 9),
    )
    counted = count_against_cap(replace(reference, counts=counts), form)
    assert (counted.made, counted.planned, counted.cap, counted.is_over) == (1, 1, 2, False)
    assert count_against_cap(replace(reference, counts=counts), replace(form, planned_visits=2)).is_over


def test_other_filings_near_are_told_apart_by_who_leads() -> None:
    reference, form = sample()
    own = replace(accepted(form, "BA1"), filing="1" * 16)
    theirs = replace(accepted(replace(form, departments=("fire",)), "BA2"), filing="2" * 16)
    far = replace(own, filing="3" * 16, number="BA3", window=(date(2027, 1, 20), date(2027, 1, 21)))
    near = near_filings(replace(reference, lines=(own, theirs, far)), form, today=date(2026, 11, 3), within_days=30)
    assert [(one.number, one.must) for one in near] == [("BA1", True), ("BA2", False)]
    replaced = replace(form, replaces="1" * 16)
    assert [
        one.number
        for one in near_filings(
            replace(reference, lines=(own, theirs)), replaced, today=date(2026, 11, 3), within_days=30
        )
    ] == ["BA2"]
