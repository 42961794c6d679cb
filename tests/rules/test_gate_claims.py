"""Exceptions claimed at the gate: rows 7, 8 and 20, and enter first, file after."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared_models.calendar import CALENDAR_UNKNOWN, Calendar
from shared_models.enterprise import Enterprise, EnterpriseStatus
from shared_models.facts import Decision, ExceptionClaim
from shared_models.gate import decide
from shared_models.policy import SEVEN_REASONS, Policy
from tests.rules.gate_examples import COMPLAINT, P1, USCC, answer, day, denied, facts, filing, said

SUPERIOR = replace(COMPLAINT, reason="superior")
CLOSED = Enterprise(USCC, EnterpriseStatus.CLOSED)
FAR = "2026-12-01 2026-12-05"


@pytest.mark.parametrize("reason", ["other", "", "complaint ", "Complaint"])
@pytest.mark.parametrize("purpose", ["inspection", "recheck", "survey"])
def test_an_unlisted_reason_is_refused(reason, purpose):
    assert denied(answer(purpose, claim=replace(COMPLAINT, reason=reason))) == ["exception_not_listed"]


def test_other_counts_where_the_county_lists_it():
    policy = Policy(listed_reasons=(*SEVEN_REASONS, "other"))
    assert denied(answer(policy=policy, claim=replace(COMPLAINT, reason="other"))) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"note": " \t"},
        {"approver": ""},
        {"approver": "\u3000"},
        {"approver": "p1"},
        {"approver": " p1 "},
        {"proof": " "},
    ],
)
def test_a_claim_without_note_proof_or_an_approver_who_stays_outside_is_refused(changes):
    assert denied(answer(claim=replace(COMPLAINT, **changes))) == ["exception_unproven"]


def test_only_an_approver_on_the_list_may_approve():
    assert denied(answer(claim=COMPLAINT, approvers=("p9",))) == []
    assert denied(answer(claim=replace(COMPLAINT, approver=" p9 "), approvers=("p9",))) == []
    assert denied(answer(claim=COMPLAINT, approvers=("p8",))) == ["exception_unproven"]
    assert denied(answer(claim=COMPLAINT, approvers=())) == ["exception_unproven"]


@pytest.mark.parametrize(
    ("reason", "needs"), [("emergency", False), ("environment", False), ("case", True), ("superior", True)]
)
def test_a_number_is_asked_for_where_the_policy_says(reason, needs):
    claim = ExceptionClaim(reason, "a note", "", "p9")
    assert denied(answer(claim=claim)) == (["exception_unproven"] if needs else [])


def test_both_faults_of_a_claim_are_named():
    policy = Policy(proof_required=("other",))
    claim = ExceptionClaim("other", "note", "", "p9")
    assert denied(answer(claim=claim, policy=policy)) == ["exception_not_listed", "exception_unproven"]


def test_a_service_ignores_exceptions():
    claim = ExceptionClaim("nonsense")
    assert said(answer("service", claim=claim)) == {"no_findings": "info"}
    assert denied(answer("service", at="2026-11-10", claim=COMPLAINT)) == ["service_without_ground"]


@pytest.mark.parametrize("purpose", ["inspection", "recheck"])
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"enterprise": None}, "enterprise_unknown"),
        ({"enterprise": CLOSED}, "enterprise_closed"),
        ({"filings": ()}, "not_filed"),
        ({"at": "2026-11-10"}, "service_week"),
        ({"calendar": CALENDAR_UNKNOWN}, "calendar_unknown"),
        ({"reference_issued_at": facts(at="2026-10-01").now}, "reference_stale"),
        ({"reference_issued_at": facts(at="2026-11-18").now}, "clock_behind"),
    ],
)
def test_a_sound_claim_lets_a_check_enter_first_and_file_after(purpose, changes, code):
    verdict = answer(purpose, claim=COMPLAINT, **changes)
    assert (verdict.verdict, said(verdict)) == ("allow_then_file", {code: "lifted"})
    assert verdict.post_filing_due is not None


@pytest.mark.parametrize("changes", [{"people": (P1,)}, {"people": ()}])
def test_a_claim_does_not_replace_a_second_officer(changes):
    verdict = answer(claim=COMPLAINT, at="2026-11-10", **changes)
    assert denied(verdict) == ["too_few_people"]
    assert said(verdict)["service_week"] == "lifted", "a lifted reason keeps its level whatever the verdict"
    assert verdict.post_filing_due is None


def test_a_superiors_order_must_be_filed_first():
    verdict = answer(at="2026-11-10", claim=SUPERIOR)
    assert (denied(verdict), said(verdict)["exception_needs_filing"]) == (["service_week"], "info")
    assert said(answer(claim=SUPERIOR)) == {"exception_needs_filing": "info"}
    assert "exception_needs_filing" not in said(answer(claim=replace(SUPERIOR, note="")))


def test_for_a_survey_any_listed_reason_lifts_the_week():
    verdict = answer("survey", at="2026-11-10", claim=SUPERIOR)
    assert (verdict.verdict, said(verdict)) == ("allow_then_file", {"service_week": "lifted", "no_findings": "info"})


@pytest.mark.parametrize(
    ("reason", "verdict"), [("complaint", "allow_exception"), ("work_safety", "deny"), ("superior", "deny")]
)
def test_a_claim_lifts_the_cap_only_where_its_reason_escapes_caps_and_may_be_filed_after(reason, verdict):
    assert answer(claim=replace(COMPLAINT, reason=reason), frequency_caps={"market": 0}).verdict == verdict


def test_a_claim_that_lifts_more_than_the_cap_must_be_filed():
    verdict = answer(claim=COMPLAINT, frequency_caps={"market": 0}, filings=())
    assert (verdict.verdict, said(verdict)) == (
        "allow_then_file",
        {"not_filed": "lifted", "frequency_cap_reached": "lifted"},
    )


def test_what_was_not_needed_changes_nothing():
    assert answer(claim=COMPLAINT) == answer()


def test_a_fitting_filing_stays_in_force_beside_a_claim():
    verdict = answer(at="2026-11-10", claim=COMPLAINT)
    assert (verdict.verdict, verdict.filing, verdict.post_filing_due) == ("allow_then_file", "F-1", day("2026-11-12"))


def test_a_filing_that_carries_an_exception_leaves_nothing_to_lift():
    verdict = answer(at="2026-11-10", claim=COMPLAINT, filings=(filing(carrying="case"),))
    assert (verdict.verdict, verdict.reasons) == (Decision.ALLOW_EXCEPTION, ())


def test_the_filing_is_due_after_working_days():
    def due(days, **changes):
        return answer(claim=COMPLAINT, filings=(), policy=Policy(expost_working_days=days), **changes).post_filing_due

    assert due(0) == day("2026-11-17")
    assert due(4) == day("2026-11-23"), "over a weekend"
    rest = Calendar(days_off=(day("2026-11-18"),), extra_workdays=(day("2026-11-21"),))
    assert due(3, calendar=rest) == day("2026-11-21")


def test_the_filing_is_due_after_the_later_of_the_day_and_the_data():
    given = facts(claim=COMPLAINT)
    ahead = replace(given, reference_issued_at=given.now + timedelta(days=1))
    assert decide(ahead).post_filing_due == day("2026-11-20")


def test_a_merge_is_shown_beside_a_claim():
    verdict = answer(at="2026-11-10", claim=COMPLAINT, filings=(filing(), filing("F-2", window=FAR)))
    assert said(verdict) == {"service_week": "lifted", "merge_same_department": "warn"}
