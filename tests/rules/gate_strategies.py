"""Facts of every kind, drawn from few names and few days so that they meet."""

from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from shared_models.calendar import SHANGHAI, Calendar
from shared_models.enterprise import Enterprise, EnterpriseStatus
from shared_models.facts import ExceptionClaim, Facts, Ground, ProposedVisit
from shared_models.filing import Filing, FilingException, FilingState, Purpose
from shared_models.people import Person
from shared_models.policy import SEVEN_REASONS, Policy
from tests.rules.gate_examples import USCC

FIRST, LAST = date(2026, 11, 1), date(2027, 1, 20)
DEPARTMENTS = st.sampled_from(["market", "fire"])
REASONS = st.sampled_from([*SEVEN_REASONS, "other"])
DAYS = st.dates(FIRST, LAST)
WINDOWS = st.tuples(DAYS, st.integers(0, 20)).map(lambda w: (w[0], w[0] + timedelta(days=w[1])))
PEOPLE = st.builds(
    Person,
    id=st.sampled_from(["p1", "p2", "p3"]),
    department=DEPARTMENTS,
    licence=st.sampled_from(["A1", "A2", "A3", "A4", None]),
    valid_until=st.none() | DAYS,
    revoked=st.sampled_from([False] * 7 + [True]),
)
NUMBERS = st.integers(1, 20).map("F-{}".format)
FILINGS = st.builds(
    Filing,
    number=NUMBERS,
    departments=st.sampled_from([("market",), ("fire",), ("market", "fire"), ("fire", "market")]),
    purpose=st.sampled_from([Purpose.INSPECTION] * 3 + list(Purpose)),
    enterprises=st.sampled_from([(USCC,), (USCC,), (USCC, "914403001922038216"), ("914403001922038216",)]),
    window=WINDOWS,
    state=st.sampled_from([FilingState.ACCEPTED] * 5 + list(FilingState)),
    exception=st.none() | REASONS.map(FilingException),
    merged_into=st.sampled_from([None, None, None, "J-1", "J-2"]),
    planned_visits=st.integers(1, 2),
    visits_made=st.integers(0, 2),
)
CLAIMS = st.builds(
    ExceptionClaim,
    reason=REASONS,
    note=st.sampled_from(["a note", "a note", " "]),
    proof=st.sampled_from(["1", "1", ""]),
    approver=st.sampled_from(["p9", "p9", " p8 ", "p1", ""]),
)
VISITS = st.builds(
    ProposedVisit,
    purpose=st.sampled_from(Purpose),
    ground=st.none() | st.sampled_from(Ground),
    exception=st.none() | CLAIMS,
)
CALENDARS = st.builds(
    Calendar,
    protected=st.lists(WINDOWS, max_size=2).map(tuple),
    days_off=st.lists(DAYS, max_size=3).map(tuple),
    extra_workdays=st.lists(DAYS, max_size=3).map(tuple),
    covers_until=st.none() | DAYS,
)
NOWS = st.datetimes(datetime(2026, 11, 1), datetime(2027, 1, 10), timezones=st.just(SHANGHAI))  # noqa: DTZ001 (bounds only)
COUNTS = st.dictionaries(DEPARTMENTS, st.integers(0, 2))


@st.composite
def any_facts(draw):
    now = draw(NOWS)
    return Facts(
        now=now,
        reference_issued_at=now - timedelta(minutes=draw(st.integers(-60, 60 * 24 * 6))),
        people=tuple(draw(st.lists(PEOPLE, max_size=3))),
        visit=draw(VISITS),
        calendar=draw(CALENDARS),
        policy=Policy(merge_window_days=draw(st.integers(0, 30))),
        approvers=draw(st.sampled_from([None, ("p9",), ()])),
        enterprise=draw(st.sampled_from([Enterprise(USCC, status) for status in EnterpriseStatus] * 2 + [None])),
        filings=tuple(draw(st.lists(FILINGS, max_size=4, unique_by=lambda filing: filing.number))),
        visits_this_year=draw(COUNTS),
        frequency_caps=draw(COUNTS),
    )
