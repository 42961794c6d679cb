"""One action and one reason: which of several counts, and that nothing uncertain is ever a plain yes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared_models.codes import STATUSES, OpenedPass
from shared_models.credential import open_certificate, open_credential
from shared_models.enterprise import Enterprise, EnterpriseStatus
from shared_models.facts import Decision, Verdict
from shared_models.filing import FilingException, FilingLine, FilingState, Purpose
from shared_models.people import Person
from shared_models.visit import Basis, Companion, GateDecision, Identified
from sync_server.check.judge_pass import ADVICE_OF_STATUS, Advice, Opening, PassFacts, judge_pass
from sync_server.check.read_pass import Genuine, ReadPass
from sync_server.texts.check_page import CHECK_PAGE
from tests.core import county_keys as county
from tests.core.county_keys import AT, NOW, PASS, ROOT, SERVER, SLIP, USCC

TOMORROW = date(2026, 11, 11)
OTHER = "91330326MA2BBBBB0X"
CERTIFICATE = open_certificate(county.certificate(), ROOT.public, NOW)
CREDENTIAL = open_credential(county.credential(), SERVER.public, NOW)
OFFICER = Person("P-0001", "market", "A1", valid_from=date(2024, 1, 1), valid_until=date(2027, 12, 31))
LINE = FilingLine(
    filing="f1",
    number="BA3303262026-00123",
    departments=("market",),
    purpose=Purpose.INSPECTION,
    enterprise=USCC,
    window=(date(2026, 11, 2), date(2026, 11, 30)),
    state=FilingState.ACCEPTED,
)
BODY = GateDecision(
    enterprise=USCC,
    purpose=Purpose.INSPECTION,
    people=(Companion("P-0001", "欧阳建国", "market"),),
    verdict=Verdict(Decision.ALLOW, LINE.number, None, ()),
    basis=Basis(1, NOW),
    identified=Identified.CAMERA,
)
OPENING = Opening(b"v" * 16, BODY, "open", None, fits=True, reproduced=True, joined=frozenset({"P-0001"}))


def facts(*, slip: Any = SLIP, now: datetime = NOW, sheet: str | None = USCC, **changes: Any) -> PassFacts:
    """A filed inspection whose opening has arrived; `pass_*` change the pass, the rest the facts."""
    of_pass = {key.removeprefix("pass_"): changes.pop(key) for key in list(changes) if key.startswith("pass_")}
    visit_pass = replace(PASS, **{"verdict": "allow", **of_pass})
    opened = OpenedPass(CERTIFICATE, CREDENTIAL, slip, visit_pass)
    read = ReadPass("valid", b"d" * 32, Genuine(CREDENTIAL, visit_pass), opened)
    enterprise = Enterprise(USCC, EnterpriseStatus.ACTIVE, "平阳制革")
    return replace(PassFacts(read, now, sheet, OFFICER, None, enterprise, LINE, OPENING), **changes)


def refused(status: str) -> PassFacts:
    return PassFacts(ReadPass(status, b"d" * 32, None), NOW, USCC)


def opening(**changes: Any) -> Opening:
    return replace(OPENING, **changes)


def test_a_filed_visit_that_the_county_knows_may_be_let_in():
    answer = judge_pass(facts())
    assert (answer.advice, answer.why) == (Advice.LET_IN, "valid_filed")


@pytest.mark.parametrize(
    ("changes", "advice", "why"),
    [
        ({"sheet": OTHER}, Advice.MAY_REFUSE, "other_enterprise"),
        ({"opening": opening(fits=False)}, Advice.MAY_REFUSE, "opening_differs"),
        ({"pass_verdict": "deny"}, Advice.MAY_REFUSE, "verdict_denied"),
        ({"opening": opening(state="refused")}, Advice.MAY_REFUSE, "verdict_denied"),
        ({"person": replace(OFFICER, licence=None)}, Advice.MAY_REFUSE, "officer_unlicensed"),
        ({"person": replace(OFFICER, valid_until=date(2026, 11, 9))}, Advice.MAY_REFUSE, "officer_expired"),
        ({"person": replace(OFFICER, valid_from=date(2026, 11, 11))}, Advice.MAY_REFUSE, "officer_expired"),
        ({"opening": opening(exception_state="denied")}, Advice.MAY_REFUSE, "exception_denied"),
        (
            {"pass_purpose": "service", "pass_ground": None, "is_protected": True, "opening": None},
            Advice.MAY_REFUSE,
            "service_without_ground",
        ),
        ({"opening": opening(state="closed")}, Advice.VERIFY, "visit_closed"),
        ({"now": NOW + timedelta(seconds=61)}, Advice.VERIFY, "old_code"),
        ({"pass_verdict": "unverified"}, Advice.VERIFY, "gate_unverified"),
        ({"opening": opening(reproduced=False)}, Advice.VERIFY, "not_reproduced"),
        ({"opening": opening(exception_state="stated")}, Advice.VERIFY, "exception_stated"),
        ({"pass_verdict": "allow_then_file", "opening": None}, Advice.VERIFY, "exception_not_arrived"),
        ({"line": None, "slip": None}, Advice.VERIFY, "not_filed"),
        ({"line": None}, Advice.VERIFY, "filing_not_in_force"),
        ({"line": replace(LINE, state=FilingState.WITHDRAWN)}, Advice.VERIFY, "filing_not_in_force"),
        ({"line": replace(LINE, merged_into="BA-2")}, Advice.VERIFY, "filing_not_in_force"),
        (
            {"line": replace(LINE, window=(date(2026, 11, 11), date(2026, 11, 12)))},
            Advice.VERIFY,
            "filing_not_in_force",
        ),
        ({"is_protected": True, "opening": None}, Advice.VERIFY, "protected_day"),
        (
            {"is_protected": True, "opening": None, "line": replace(LINE, exception=FilingException("case"))},
            Advice.LET_IN,
            "valid_filed",
        ),
        ({"is_protected": True}, Advice.LET_IN, "valid_filed"),
        ({"now": NOW + timedelta(seconds=60)}, Advice.LET_IN, "valid_filed"),
        ({"now": NOW + timedelta(seconds=240), "is_live": True}, Advice.LET_IN, "valid_filed"),
        ({"opening": None}, Advice.LET_IN, "valid_filed"),
        ({"sheet": None}, Advice.LET_IN, "valid_filed"),
        ({"opening": opening(exception_state="confirmed"), "line": None}, Advice.LET_IN, "valid_exception"),
        ({"pass_purpose": "survey", "line": None}, Advice.LET_IN, "valid_survey"),
        ({"pass_purpose": "service", "pass_ground": "invited", "line": None}, Advice.LET_IN, "valid_invited"),
        ({"pass_purpose": "service", "pass_ground": "theme", "line": None}, Advice.LET_IN, "valid_service"),
        (
            {"pass_purpose": "service", "person": replace(OFFICER, licence=None), "line": None},
            Advice.LET_IN,
            "valid_service",
        ),
    ],
)
def test_each_doubt_has_its_own_reason(changes, advice, why):
    answer = judge_pass(facts(**changes))
    assert (answer.advice, answer.why) == (advice, why)


@pytest.mark.parametrize("status", [status for status in STATUSES if status != "valid"])
def test_every_other_status_is_its_own_reason_and_never_a_yes(status):
    answer = judge_pass(refused(status))
    assert answer.why == status
    assert answer.advice is ADVICE_OF_STATUS[status] is not Advice.LET_IN


def test_every_reason_there_is_has_words_in_both_languages():
    for status in STATUSES:
        assert all(CHECK_PAGE[f"why_{status}"])
    named = {name.removeprefix("why_") for name in CHECK_PAGE if name.startswith("why_")}
    assert {*STATUSES, "other_enterprise", "old_code", "not_filed", "valid_filed"} <= named


_PASSES = st.fixed_dictionaries(
    {
        "pass_purpose": st.sampled_from(["inspection", "recheck", "survey", "service"]),
        "pass_ground": st.sampled_from([None, "invited", "theme", "liaison"]),
        "pass_verdict": st.sampled_from(["deny", "unverified", "allow_then_file", "allow_exception", "allow"]),
        "sheet": st.sampled_from([USCC, OTHER, None]),
        "slip": st.sampled_from([None, SLIP]),
        "line": st.sampled_from([None, LINE, replace(LINE, state=FilingState.WITHDRAWN)]),
        "is_protected": st.booleans(),
        "is_live": st.booleans(),
        "person": st.sampled_from([OFFICER, replace(OFFICER, licence=None)]),
        "now": st.integers(-300, 300).map(lambda seconds: NOW + timedelta(seconds=seconds)),
        "opening": st.one_of(
            st.none(),
            st.builds(
                opening,
                state=st.sampled_from(["open", "closed", "refused"]),
                exception_state=st.sampled_from([None, "stated", "confirmed", "denied"]),
                fits=st.booleans(),
                reproduced=st.booleans(),
            ),
        ),
    }
)


@given(_PASSES)
def test_a_yes_is_given_only_where_nothing_speaks_against_it(given_facts):
    made = facts(**given_facts)
    answer = judge_pass(made)
    assert f"why_{answer.why}" in CHECK_PAGE
    if answer.advice is not Advice.LET_IN:
        return
    visit_pass = made.read.opened.visit_pass
    assert made.sheet in (None, visit_pass.enterprise)
    assert visit_pass.verdict in ("allow", "allow_exception", "allow_then_file")
    assert made.is_live or int(made.now.timestamp()) <= AT + 60
    if made.opening is not None:
        assert made.opening.fits
        assert made.opening.reproduced
        assert made.opening.state == "open"
        assert made.opening.exception_state in (None, "confirmed")
    if visit_pass.purpose in ("inspection", "recheck"):
        assert made.person.licence is not None
        assert made.line == LINE or made.opening.exception_state == "confirmed"


@given(_PASSES, st.sampled_from([OTHER]))
def test_another_enterprises_pass_is_never_more_than_refused(given_facts, sheet):
    assert judge_pass(facts(**{**given_facts, "sheet": sheet})).advice is Advice.MAY_REFUSE
