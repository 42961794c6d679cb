"""Whatever is tried, by whomever, in whatever order: no case is decided with a box open."""

from __future__ import annotations

import itertools
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from shared_models.case import CaseFacts, DecisionKind, ReviewGround, Step, StepDone
from shared_models.errors import ZhuqiError
from shared_models.leniency import Correction, Harm
from shared_models.shape import to_plain
from sync_server.cases.decide_case import decide_case
from sync_server.cases.fill_step import fill_step
from sync_server.cases.name_reviewer import name_reviewer
from sync_server.cases.open_case import open_case
from sync_server.cases.restate_facts import restate_facts
from sync_server.county import County
from sync_server.log.rebuild_views import rebuild_views
from tests.cases.town import (
    CLERK,
    DISCUSSED,
    HEAD,
    OTHER,
    PASSED,
    REVIEWER,
    SENT_BACK,
    STANDARD,
    broken_letter,
    entry_of,
    grave,
    new_case,
    staffed_town,
    who,
)
from tests.rules_oracle.leniency_oracle import spare

ACCOUNTS = st.sampled_from([CLERK, HEAD, REVIEWER, OTHER, "both"])
DONE = [
    STANDARD,
    PASSED,
    SENT_BACK,
    DISCUSSED,
    *(StepDone(step, "已办") for step in Step if step not in {one.step for one in (STANDARD, PASSED, DISCUSSED)}),
]
FACTS = [
    CaseFacts(grave()),
    CaseFacts(grave(serious=False, harm=Harm.NONE)),
    CaseFacts(grave(serious=False, harm=Harm.NONE), complicated=True, review=(ReviewGround.HEARING,)),
    CaseFacts(grave(serious=False, harm=Harm.SLIGHT, first_offence=None, correction=Correction.ON_THE_SPOT)),
    CaseFacts(grave(fault_disproved=True)),
]
_numbers = itertools.count()


def needed(facts: CaseFacts, kind: DecisionKind) -> set[str]:
    """The boxes, read from rules 5 by the oracle."""
    answer = set(spare(to_plain(facts.leniency))["needs"])
    answer |= {"legal_review"} if facts.review else set()
    answer |= {"collective_decision"} if facts.complicated else set()
    return answer | ({"discretion_standard"} if kind is DecisionKind.PENALTY else set())


class Whoever(RuleBasedStateMachine):
    """`filled` is what was accepted since the facts were last stated, by the machine's own reckoning."""

    county: County

    def __init__(self) -> None:
        super().__init__()
        letter = broken_letter(self.county, visit=b"letter-visit-%03d" % next(_numbers))
        self.facts = FACTS[0]
        self.number = open_case(self.county, CLERK, new_case(self.county, letter, facts=self.facts))
        self.filled: set[Step] = set()
        self.decided: DecisionKind | None = None
        self.names: set[str] = set()

    def tried(self, act: object) -> bool:
        try:
            act()
        except ZhuqiError:
            return False
        return True

    @rule(by=ACCOUNTS, reviewer=ACCOUNTS)
    def name(self, by: str, reviewer: str) -> None:
        if self.tried(lambda: name_reviewer(self.county, who(by), self.number, reviewer)):
            assert by == HEAD
            assert reviewer in (REVIEWER, "both")

    @rule(by=ACCOUNTS, done=st.sampled_from(DONE))
    def fill(self, by: str, done: StepDone) -> None:
        reviewer = entry_of(self.county, self.number).reviewer
        if not self.tried(lambda: fill_step(self.county, who(by), self.number, done)):
            return
        assert self.decided is None
        assert (by == reviewer) == (done.step is Step.LEGAL_REVIEW)
        assert by != OTHER
        self.filled -= {one for one in Step if list(Step).index(one) > list(Step).index(done.step)} & {
            Step.LEGAL_REVIEW,
            Step.COLLECTIVE_DECISION,
            Step.DEPARTMENT_DECISION,
        }
        self.filled = self.filled - {done.step} | (set() if done is SENT_BACK else {done.step})

    @rule(stop=st.integers(0, 9))
    def fill_in_order(self, stop: int) -> None:
        """By whom the law wants, so that many runs come to a decision; or not quite to the end."""
        self.tried(lambda: name_reviewer(self.county, who(HEAD), self.number, REVIEWER))
        missing = needed(self.facts, DecisionKind.PENALTY) - {one.value for one in self.filled}
        wanted = [done for step in Step for done in DONE if done.step is step and done is not SENT_BACK]
        for done in [one for one in wanted if one.step.value in missing][:stop]:
            self.fill({Step.LEGAL_REVIEW: REVIEWER, Step.DEPARTMENT_DECISION: HEAD}.get(done.step, CLERK), done)

    @rule(facts=st.sampled_from(FACTS), by=ACCOUNTS)
    def restate(self, facts: CaseFacts, by: str) -> None:
        if self.tried(lambda: restate_facts(self.county, who(by), self.number, facts, "复核")):
            assert self.decided is None
            assert facts != self.facts
            self.facts, self.filled = facts, set()

    @rule(by=ACCOUNTS, kind=st.sampled_from(DecisionKind), fine=st.sampled_from([0, 500_000]))
    def decide(self, by: str, kind: DecisionKind, fine: int) -> None:
        if self.tried(lambda: decide_case(self.county, who(by), self.number, kind, "理由", fine=fine)):
            assert self.decided is None
            assert by == HEAD
            assert needed(self.facts, kind) <= {one.value for one in self.filled}
            assert (fine > 0) == (kind is DecisionKind.PENALTY)
            self.decided = kind

    @precondition(lambda self: self.decided is None)
    @rule()
    def decide_as_the_law_leaves_it(self) -> None:
        outcome = spare(to_plain(self.facts.leniency))["outcome"]
        kind = DecisionKind.PENALTY if outcome == "case" else DecisionKind.NO_PENALTY
        fine = 1 if kind is DecisionKind.PENALTY else 0
        was_possible = needed(self.facts, kind) <= {one.value for one in self.filled}
        assert (
            self.tried(lambda: decide_case(self.county, who(HEAD), self.number, kind, "理由", fine=fine))
            == was_possible
        )
        if was_possible:
            self.decided = kind

    def teardown(self) -> None:
        """Whatever was tried, the law's own way still leads to a decision."""
        if self.decided is None:
            name_reviewer(self.county, who(HEAD), self.number, REVIEWER)
            self.restate(FACTS[3] if self.facts is FACTS[2] else FACTS[2], OTHER)
            self.restate(FACTS[1] if self.facts is FACTS[2] else FACTS[2], CLERK)
            self.fill_in_order(9)
            self.decide_as_the_law_leaves_it()
        assert self.decided is not None

    @invariant()
    def the_case_is_as_it_was_reckoned(self) -> None:
        entry = entry_of(self.county, self.number)
        assert entry.done == self.filled
        assert entry.facts == self.facts
        assert (entry.decided.decision.kind if entry.decided else None) == self.decided


def test_no_case_is_decided_with_a_box_open_whatever_is_tried() -> None:
    with tempfile.TemporaryDirectory() as folder:
        Whoever.county = staffed_town(Path(folder) / "town")
        how = settings(max_examples=25, stateful_step_count=25, suppress_health_check=list(HealthCheck), deadline=None)
        run_state_machine_as_test(Whoever, settings=how)
        assert not rebuild_views(Whoever.county).differences
        Whoever.county.engine.dispose()
