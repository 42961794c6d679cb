"""The checklist follows from the facts alone: rules 5, and what 行政处罚法 57 and 58 add."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sync_server
from shared_models.case import (
    CLAUSES,
    BoxOpenError,
    CaseFacts,
    CollectiveDecision,
    Decision,
    DecisionKind,
    DecisionNotOpenError,
    DiscretionStandard,
    Ended,
    LegalReview,
    ReviewGround,
    Step,
    StepDone,
    basis_of,
    boxes,
    boxes_asked,
    check_decision,
    check_step,
    decisions_open,
    facts_of_broken_promise,
    reopened_by,
)
from shared_models.errors import BadlyFormedError
from shared_models.leniency import Correction, Harm, LeniencyFacts
from shared_models.shape import from_plain, to_plain
from sync_server.texts import Say
from sync_server.texts.case_pages import CASE_PAGES
from sync_server.texts.language import TABLES
from sync_server.texts.reasons import CLAUSES as CLAUSE_TEXTS
from tests.rules_oracle.leniency_oracle import spare
from tests.server.towns import TODAY

LENIENCY = st.builds(
    LeniencyFacts,
    serious=st.booleans(),
    minor=st.just(value=False),
    harm=st.sampled_from(Harm),
    first_offence=st.sampled_from([True, False, None]),
    correction=st.sampled_from(Correction),
    fault_disproved=st.booleans(),
) | st.builds(
    LeniencyFacts,
    serious=st.just(value=False),
    minor=st.just(value=True),
    harm=st.sampled_from(Harm),
    first_offence=st.sampled_from([True, False, None]),
    correction=st.sampled_from(Correction),
    fault_disproved=st.booleans(),
)
FACTS = st.builds(
    CaseFacts,
    LENIENCY,
    complicated=st.booleans(),
    review=st.lists(st.sampled_from(ReviewGround), unique=True).map(tuple),
    ended=st.none() | st.sampled_from(Ended),
)
STEPS = st.frozensets(st.sampled_from(Step))


@given(LENIENCY)
def test_the_boxes_are_the_needs_of_rules_5(leniency: LeniencyFacts) -> None:
    answer = spare(to_plain(leniency))
    facts = CaseFacts(leniency)
    assert set(boxes(facts)) == set(answer["needs"])
    assert basis_of(facts, decisions_open(facts)[0]) == answer["basis"]


@given(FACTS)
def test_a_grave_case_always_has_review_and_collective_decision_whatever_is_decided(facts: CaseFacts) -> None:
    for kind in decisions_open(facts):
        asked = set(boxes(facts, kind))
        if facts.is_grave:
            assert {Step.LEGAL_REVIEW, Step.COLLECTIVE_DECISION} <= asked
        assert not facts.review or Step.LEGAL_REVIEW in asked
        assert not facts.complicated or Step.COLLECTIVE_DECISION in asked
        assert kind is not DecisionKind.PENALTY or Step.DISCRETION_STANDARD in asked
        assert asked


@given(FACTS, STEPS, st.sampled_from(DecisionKind))
def test_a_decision_stands_exactly_where_it_is_open_and_its_boxes_are_filled(
    facts: CaseFacts, done: frozenset[Step], kind: DecisionKind
) -> None:
    if kind not in decisions_open(facts):
        with pytest.raises(DecisionNotOpenError):
            check_decision(facts, done, kind)
    elif set(boxes(facts, kind)) <= done:
        check_decision(facts, done, kind)
    else:
        with pytest.raises(BoxOpenError) as refused:
            check_decision(facts, done, kind)
        assert Step(refused.value.box) not in done
        assert refused.value.clause == CLAUSES[Step(refused.value.box)]


@given(FACTS, STEPS)
def test_filling_the_boxes_in_order_is_never_refused_and_the_review_is_never_first(
    facts: CaseFacts, done: frozenset[Step]
) -> None:
    filled: set[Step] = set()
    for step in boxes_asked(facts):
        check_step(facts, filled, step)
        filled.add(step)
    for step in set(Step) - set(boxes_asked(facts)):
        with pytest.raises(DecisionNotOpenError):
            check_step(facts, done, step)
    before_review = set(boxes(facts)) - {Step.LEGAL_REVIEW, Step.COLLECTIVE_DECISION, Step.DEPARTMENT_DECISION}
    if Step.LEGAL_REVIEW in boxes_asked(facts) and not before_review <= done:
        with pytest.raises(BoxOpenError):
            check_step(facts, done, Step.LEGAL_REVIEW)


@given(FACTS)
def test_facts_come_back_from_their_record_as_they_were(facts: CaseFacts) -> None:
    assert from_plain(CaseFacts, to_plain(facts)) == facts


@given(LENIENCY)
def test_a_broken_promise_is_a_case_unless_there_was_no_fault(leniency: LeniencyFacts) -> None:
    kinds = decisions_open(facts_of_broken_promise(leniency))
    assert kinds == ((DecisionKind.NO_PENALTY,) if leniency.fault_disproved else (DecisionKind.PENALTY,))


def test_only_what_judges_is_opened_again_and_only_after_what_it_judges() -> None:
    judging = {Step.LEGAL_REVIEW, Step.COLLECTIVE_DECISION, Step.DEPARTMENT_DECISION}
    for step in Step:
        assert step not in reopened_by(step)
        assert reopened_by(step) <= judging
        assert step in judging or reopened_by(step) == judging


@pytest.mark.parametrize(
    ("step", "parts"),
    [
        (Step.EDUCATION, {}),
        (Step.EDUCATION, {"note": " "}),
        (Step.DISCRETION_STANDARD, {}),
        (Step.DISCRETION_STANDARD, {"note": "标准"}),
        (Step.DISCRETION_STANDARD, {"standard": DiscretionStandard("基准", " ")}),
        (Step.DISCRETION_STANDARD, {"review": LegalReview("甲", "好", passed=True)}),
        (Step.LEGAL_REVIEW, {"review": LegalReview("甲", "", passed=True)}),
        (Step.LEGAL_REVIEW, {"review": LegalReview(" ", "好", passed=True)}),
        (Step.COLLECTIVE_DECISION, {"discussion": CollectiveDecision(("甲", "乙"), TODAY, "好")}),
        (Step.COLLECTIVE_DECISION, {"discussion": CollectiveDecision(("甲", "乙", "甲 "), TODAY, "好")}),
        (Step.COLLECTIVE_DECISION, {"discussion": CollectiveDecision(("甲", "乙", ""), TODAY, "好")}),
        (Step.COLLECTIVE_DECISION, {"discussion": CollectiveDecision(("甲", "乙", "丙"), TODAY, " ")}),
    ],
)
def test_a_box_is_not_filled_by_words_that_are_not_there(step: Step, parts: dict[str, object]) -> None:
    with pytest.raises(BadlyFormedError):
        StepDone(step, **parts)


@pytest.mark.parametrize(
    ("kind", "fine", "penalty"),
    [
        (DecisionKind.PENALTY, 0, ""),
        (DecisionKind.PENALTY, -1, ""),
        (DecisionKind.NO_PENALTY, 1, ""),
        (DecisionKind.DROPPED, 0, "警告"),
    ],
)
def test_a_fine_goes_with_a_penalty_and_with_nothing_else(kind: DecisionKind, fine: int, penalty: str) -> None:
    with pytest.raises(BadlyFormedError):
        Decision(kind, "理由", "处罚法5", fine, penalty)


def test_every_box_clause_and_value_has_words_in_both_languages() -> None:
    leniency = [
        LeniencyFacts(*values)
        for values in itertools.product([True, False], [False], Harm, [True, False, None], Correction, [True, False])
    ]
    facts = [CaseFacts(one, ended=ended) for one in leniency for ended in (None, *Ended)]
    bases = {basis_of(one, kind) for one in facts for kind in decisions_open(one)} | set(CLAUSES.values())
    assert bases <= set(CLAUSE_TEXTS)
    values = [f"step_{one}" for one in Step] + [f"decision_{one}" for one in DecisionKind]
    values += [f"review_{one}" for one in ReviewGround] + [f"ended_{one}" for one in Ended]
    values += [f"harm_{one}" for one in Harm] + [f"correction_{one}" for one in Correction]
    assert set(values) <= set(CASE_PAGES)
    assert Say("en")("decision_penalty") == "Penalty"


def test_templates_of_cases_ask_only_for_texts_that_there_are() -> None:
    known = {key for table in TABLES for key in table}
    for path in sorted((Path(sync_server.__file__).parent / "templates" / "cases").glob("*.html")):
        asked = set(re.findall(r"""say\((?:"|')([a-z0-9_]+)(?:"|')[,)]""", path.read_text("utf-8")))
        assert asked <= known, path.name
