"""No decision of any kind stands while a box is open; who fills, reviews and decides are different people."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared_models.case import (
    BoxOpenError,
    CaseFacts,
    CollectiveDecision,
    DecisionKind,
    DecisionNotOpenError,
    Ended,
    Step,
    StepDone,
)
from shared_models.leniency import Correction, Harm
from sync_server.accounts.account import Grant, Role
from sync_server.accounts.add_account import add_account
from sync_server.accounts.errors import ForbiddenError
from sync_server.accounts.open_work import open_work
from sync_server.cases.decide_case import decide_case
from sync_server.cases.fill_step import fill_step
from sync_server.cases.name_handlers import name_handlers
from sync_server.cases.name_reviewer import name_reviewer
from sync_server.cases.open_case import open_case
from sync_server.cases.restate_facts import restate_facts
from sync_server.county import County
from sync_server.errors import NotFoundError, WrongStateError
from sync_server.log.rebuild_views import rebuild_views
from sync_server.registry.judge import RefusedFieldsError
from sync_server.registry.revoke_person import revoke_person
from tests.cases.town import (
    CLERK,
    DISCUSSED,
    HEAD,
    OTHER,
    PASSED,
    PASSWORD,
    REVIEWER,
    SENT_BACK,
    STANDARD,
    broken_letter,
    entry_of,
    grave,
    grave_case,
    new_case,
    who,
    whole,
)
from tests.registry_desk.desk_hands import size
from tests.server.towns import TODAY


def decide(county: County, number: str, kind: DecisionKind = DecisionKind.PENALTY, fine: int = 500_000) -> None:
    decide_case(county, who(HEAD), number, kind, "理由", fine=fine)


def test_a_grave_case_is_decided_only_after_standard_review_and_discussion(county: County) -> None:
    number = grave_case(county)
    name_reviewer(county, who(HEAD), number, REVIEWER)
    steps = [
        (CLERK, STANDARD, Step.DISCRETION_STANDARD),
        (REVIEWER, PASSED, Step.LEGAL_REVIEW),
        (CLERK, DISCUSSED, Step.COLLECTIVE_DECISION),
    ]
    for account, done, open_box in steps:
        before = size(county)
        with pytest.raises(BoxOpenError) as refused:
            decide(county, number)
        assert refused.value.box == open_box.value
        assert refused.value.clause
        assert size(county) == before
        fill_step(county, who(account), number, done)
    decide(county, number)
    decided = entry_of(county, number).decided
    assert decided is not None
    assert (decided.decision.fine, decided.decision.basis) == (500_000, "处罚法57,58")
    assert (decided.enterprise, decided.field, decided.found_on) == (
        entry_of(county, number).opened.enterprise,
        "消防安全",
        TODAY,
    )
    assert not rebuild_views(county).differences


def test_a_review_that_was_not_passed_leaves_its_box_open(county: County) -> None:
    number = whole(county, grave_case(county))
    fill_step(county, who(REVIEWER), number, SENT_BACK)
    with pytest.raises(BoxOpenError) as refused:
        decide(county, number)
    assert refused.value.box == "legal_review"


def test_what_is_filled_anew_has_to_be_reviewed_and_discussed_anew(county: County) -> None:
    number = whole(county, grave_case(county))
    fill_step(county, who(CLERK), number, STANDARD)
    assert entry_of(county, number).done == {Step.DISCRETION_STANDARD}
    with pytest.raises(BoxOpenError):
        decide(county, number)


def test_facts_that_are_restated_open_every_box_again(county: County) -> None:
    number = whole(county, grave_case(county))
    restate_facts(county, who(CLERK), number, CaseFacts(grave(), complicated=True), "案情复杂")
    assert entry_of(county, number).done == frozenset()
    with pytest.raises(BoxOpenError):
        decide(county, number)
    with pytest.raises(RefusedFieldsError):
        restate_facts(county, who(CLERK), number, CaseFacts(grave(), complicated=True), "再来一次")


def test_the_review_comes_before_the_discussion_and_after_what_it_reviews(county: County) -> None:
    number = grave_case(county)
    name_reviewer(county, who(HEAD), number, REVIEWER)
    for account, done in ((CLERK, DISCUSSED), (REVIEWER, PASSED)):
        with pytest.raises(BoxOpenError):
            fill_step(county, who(account), number, done)


def test_nobody_reviews_what_they_handle(county: County) -> None:
    number = open_case(county, "both", new_case(county, broken_letter(county), facts=CaseFacts(grave())))
    add_account(county, "officer", PASSWORD, (Grant(Role.REVIEWER, "market"),), "办案人", person="market1")
    for account in ("both", "officer", CLERK, OTHER, "nobody"):
        with pytest.raises(RefusedFieldsError):
            name_reviewer(county, who(HEAD), number, account)
    name_reviewer(county, who(HEAD), number, REVIEWER)
    fill_step(county, who(CLERK), number, STANDARD)
    for account in (CLERK, HEAD, "both"):
        with pytest.raises(ForbiddenError):
            fill_step(county, who(account), number, PASSED)


def test_a_reviewers_account_is_not_removed_unawares_while_cases_wait(county: County) -> None:
    number = grave_case(county)
    assert not open_work(county, who(REVIEWER)).is_any
    whole(county, number)
    assert open_work(county, who(REVIEWER)).reviews
    decide(county, number)
    assert not open_work(county, who(REVIEWER)).is_any


def test_a_reviewer_who_also_filled_a_box_cannot_review(county: County) -> None:
    number = grave_case(county)
    name_reviewer(county, who(HEAD), number, "both")
    with pytest.raises(ForbiddenError):
        fill_step(county, who("both"), number, STANDARD)
    name_reviewer(county, who(HEAD), number, REVIEWER)
    fill_step(county, who("both"), number, STANDARD)
    with pytest.raises(RefusedFieldsError):
        name_reviewer(county, who(HEAD), number, "both")


def test_only_the_head_decides_and_not_one_who_handles_the_case(county: County) -> None:
    number = whole(county, grave_case(county))
    for somebody in (who(CLERK), replace(who(HEAD), person="market1")):
        with pytest.raises(ForbiddenError):
            decide_case(county, somebody, number, DecisionKind.PENALTY, "理由", fine=1)
    for stranger in (OTHER, REVIEWER, "super", "office", "watch"):
        with pytest.raises(NotFoundError):
            decide_case(county, who(stranger), number, DecisionKind.PENALTY, "理由", fine=1)


@pytest.mark.parametrize(
    "changes",
    [
        {"present": ("甲", "乙", "market1")},
        {"present": ("甲", "乙", f"{REVIEWER}·名")},
        {"on": TODAY.replace(day=TODAY.day + 1)},
        {"on": TODAY.replace(day=TODAY.day - 1)},
    ],
)
def test_a_discussion_of_the_wrong_people_or_day_is_refused(county: County, changes: dict[str, object]) -> None:
    number = grave_case(county)
    name_reviewer(county, who(HEAD), number, REVIEWER)
    fill_step(county, who(CLERK), number, STANDARD)
    fill_step(county, who(REVIEWER), number, PASSED)
    assert DISCUSSED.discussion is not None
    discussion: CollectiveDecision = replace(DISCUSSED.discussion, **changes)
    with pytest.raises(RefusedFieldsError):
        fill_step(county, who(CLERK), number, StepDone(Step.COLLECTIVE_DECISION, discussion=discussion))


def test_what_must_not_be_punished_is_not_and_what_must_be_is_not_spared(county: County) -> None:
    number = whole(county, grave_case(county))
    for kind in (DecisionKind.NO_PENALTY, DecisionKind.DROPPED):
        with pytest.raises(DecisionNotOpenError):
            decide(county, number, kind, 0)
    minor = grave(serious=False, minor=True, harm=Harm.NONE, correction=Correction.ON_THE_SPOT)
    restate_facts(county, who(CLERK), number, CaseFacts(minor), "复核为轻微")
    with pytest.raises(DecisionNotOpenError) as refused:
        decide(county, number)
    assert refused.value.clause == "处罚法33.1前"
    for step in (Step.COMMITMENT_LETTER, Step.EDUCATION):
        fill_step(county, who(CLERK), number, StepDone(step, "已完成"))
    decide(county, number, DecisionKind.NO_PENALTY, 0)
    decided = entry_of(county, number).decided
    assert decided is not None
    assert decided.decision.basis == "处罚法33.1前"


def test_nobody_drops_a_grave_case_alone(county: County) -> None:
    number = grave_case(county)
    restate_facts(county, who(CLERK), number, CaseFacts(grave(), ended=Ended.UNFOUNDED), "证据不能证明")
    with pytest.raises(BoxOpenError):
        decide(county, number, DecisionKind.DROPPED, 0)
    name_reviewer(county, who(HEAD), number, REVIEWER)
    fill_step(county, who(REVIEWER), number, PASSED)
    fill_step(county, who(CLERK), number, DISCUSSED)
    decide(county, number, DecisionKind.DROPPED, 0)


@pytest.mark.parametrize("fine", [-1, 0, 10**13 + 1])
def test_a_penalty_without_a_fine_or_with_an_absurd_one_is_refused(county: County, fine: int) -> None:
    number = whole(county, grave_case(county))
    with pytest.raises(RefusedFieldsError):
        decide(county, number, fine=fine)


def test_a_case_is_decided_once_and_stays_as_it_was_decided(county: County) -> None:
    number = whole(county, grave_case(county))
    decide(county, number)
    attempts = [
        lambda: decide(county, number),
        lambda: fill_step(county, who(CLERK), number, STANDARD),
        lambda: restate_facts(county, who(CLERK), number, CaseFacts(grave(), complicated=True), "改"),
        lambda: name_reviewer(county, who(HEAD), number, REVIEWER),
    ]
    for attempt in attempts:
        with pytest.raises(WrongStateError):
            attempt()


def test_whether_it_was_the_first_is_asked_of_the_register(county: County) -> None:
    """A second violation of the field is spared by nobody's word."""
    slight = grave(serious=False, harm=Harm.SLIGHT, first_offence=None, correction=Correction.ON_THE_SPOT)
    confirmed = StepDone(Step.SERVER_CONFIRMATION, "台账中没有同领域记录")
    first = open_case(county, CLERK, new_case(county, broken_letter(county), facts=CaseFacts(slight)))
    fill_step(county, who(CLERK), first, confirmed)
    later_letter = broken_letter(county, visit=b"letter-visit-002")
    second = open_case(county, CLERK, new_case(county, later_letter, facts=CaseFacts(slight)))
    with pytest.raises(RefusedFieldsError) as refused:
        fill_step(county, who(CLERK), second, confirmed)
    assert refused.value.problems == {"note": "not_first"}
    restate_facts(county, who(CLERK), second, CaseFacts(replace(slight, first_offence=True)), "当事人称初次")
    for account, step in ((CLERK, Step.COMMITMENT_LETTER), (CLERK, Step.EDUCATION), (HEAD, Step.DEPARTMENT_DECISION)):
        fill_step(county, who(account), second, StepDone(step, "已办"))
    with pytest.raises(RefusedFieldsError):
        decide(county, second, DecisionKind.NO_PENALTY, 0)


def test_others_take_a_case_over_where_one_must_withdraw(county: County) -> None:
    number = grave_case(county)
    head = who(HEAD)
    for handlers in ((), ("market1",), ("market1", "nobody"), ("fire1", "fire2"), ("market1", "market1")):
        with pytest.raises(RefusedFieldsError):
            name_handlers(county, head, number, handlers, "回避")
    with pytest.raises(RefusedFieldsError):
        name_handlers(county, head, number, ("market2", "fire1"), " ")
    with pytest.raises(RefusedFieldsError):
        name_handlers(county, replace(head, person="fire1"), number, ("market2", "fire1"), "回避")
    with pytest.raises(ForbiddenError):
        name_handlers(county, who(CLERK), number, ("market2", "fire1"), "回避")
    revoke_person(county, "office", "fire2", "调离")
    with pytest.raises(RefusedFieldsError):
        name_handlers(county, head, number, ("market2", "fire2"), "回避")
    name_handlers(county, head, number, ("market2", "fire1"), "market1 与企业有利害关系")
    assert entry_of(county, number).handlers == ("market2", "fire1")
