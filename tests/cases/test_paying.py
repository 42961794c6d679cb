"""Deferral and instalments (行政处罚法 66): asked for, shown, approved; then each paid, late or waived."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shared_models.case_acts import HardshipEvidence
from shared_models.instalments import Instalment, ScheduleError, Settling
from sync_server.accounts.errors import ForbiddenError
from sync_server.cases.answer_deferral import answer_deferral
from sync_server.cases.ask_deferral import ask_deferral
from sync_server.cases.read_case import Standing, read_case
from sync_server.cases.register import CaseState
from sync_server.cases.settle_instalment import settle_instalment
from sync_server.county import County
from sync_server.errors import WrongStateError
from sync_server.log.rebuild_views import rebuild_views
from sync_server.registry.judge import RefusedFieldsError
from tests.cases.town import CLERK, HEAD, entry_of, fined, who
from tests.server.towns import TODAY, later

LOSS = (HardshipEvidence("近三个月亏损的财务报表"),)
THREE = tuple(Instalment(300_000, TODAY + timedelta(days=days)) for days in (30, 60, 90))


def ask(county: County, number: str, schedule: tuple[Instalment, ...] = THREE, by: str = CLERK) -> None:
    ask_deferral(county, who(by), number, "王厂长", "资金周转困难，申请分三期缴纳", LOSS, schedule)


def standings(county: County, number: str) -> list[tuple[Standing, int]]:
    shown = read_case(county, who(CLERK), number)
    return [(one.standing, one.days_late) for one in shown.instalments]


def test_a_fine_is_due_whole_fifteen_days_after_it_was_served(county: County) -> None:
    number = fined(county)
    assert entry_of(county, number).schedule == (Instalment(900_000, TODAY + timedelta(days=15)),)
    later(county, days=15)
    assert standings(county, number) == [(Standing.OPEN, 0)]
    later(county, days=1)
    assert standings(county, number) == [(Standing.LATE, 1)]


def test_instalments_are_granted_run_late_are_paid_and_waived(county: County) -> None:
    number = fined(county)
    ask(county, number)
    assert len(entry_of(county, number).schedule) == 1
    answer_deferral(county, who(HEAD), number, "情况属实", granted=True)
    assert entry_of(county, number).schedule == THREE
    later(county, days=33)
    assert standings(county, number) == [(Standing.LATE, 3), (Standing.OPEN, 0), (Standing.OPEN, 0)]
    day = TODAY + timedelta(days=33)
    settle_instalment(county, who(CLERK), number, 1, Settling.PAID, day, "浙财缴 0017")
    assert standings(county, number)[0] == (Standing.PAID_LATE, 3)
    settle_instalment(county, who(CLERK), number, 2, Settling.PAID, day, "浙财缴 0018")
    settle_instalment(county, who(HEAD), number, 3, Settling.WAIVED, day, "企业已停产清算")
    assert [one for one, _ in standings(county, number)] == [Standing.PAID_LATE, Standing.PAID, Standing.WAIVED]
    assert entry_of(county, number).state is CaseState.CLOSED
    assert not rebuild_views(county).differences


def test_whoever_wrote_the_application_down_does_not_grant_it(county: County) -> None:
    number = fined(county)
    ask(county, number, by=HEAD)
    with pytest.raises(ForbiddenError):
        answer_deferral(county, who(HEAD), number, "同意", granted=True)
    with pytest.raises(ForbiddenError):
        answer_deferral(county, who(CLERK), number, "同意", granted=True)


def test_a_refused_application_leaves_what_was_due_and_another_may_follow(county: County) -> None:
    number = fined(county)
    ask(county, number)
    with pytest.raises(WrongStateError):
        ask(county, number)
    answer_deferral(county, who(HEAD), number, "材料不足", granted=False)
    assert len(entry_of(county, number).schedule) == 1
    ask(county, number)


def test_a_second_schedule_covers_what_is_left_and_what_was_paid_stays(county: County) -> None:
    number = fined(county)
    ask(county, number)
    answer_deferral(county, who(HEAD), number, "属实", granted=True)
    settle_instalment(county, who(CLERK), number, 1, Settling.PAID, TODAY, "0017")
    with pytest.raises(ScheduleError):
        ask(county, number)
    ask(county, number, (Instalment(600_000, TODAY + timedelta(days=200)),))
    answer_deferral(county, who(HEAD), number, "再缓", granted=True)
    schedule = entry_of(county, number).schedule
    assert [(one.amount, one.settled) for one in schedule] == [(300_000, Settling.PAID), (600_000, None)]


def test_a_schedule_that_time_has_overtaken_is_not_granted(county: County) -> None:
    number = fined(county)
    ask(county, number)
    later(county, days=30)
    with pytest.raises(ScheduleError) as refused:
        answer_deferral(county, who(HEAD), number, "同意", granted=True)
    assert refused.value.problem == "in_the_past"


@pytest.mark.parametrize(
    ("evidence", "application", "where"),
    [
        ((), "申请", "evidence"),
        ((HardshipEvidence(" "),), "申请", "evidence"),
        ((HardshipEvidence("报表", bytes(32)),), "申请", "file"),
        (LOSS, " ", "application"),
    ],
)
def test_without_application_or_evidence_nothing_is_recorded(
    county: County, evidence: tuple[HardshipEvidence, ...], application: str, where: str
) -> None:
    number = fined(county)
    with pytest.raises(RefusedFieldsError) as refused:
        ask_deferral(county, who(CLERK), number, "王厂长", application, evidence, THREE)
    assert where in refused.value.problems


def test_an_instalment_is_settled_once_on_a_day_that_can_be(county: County) -> None:
    number = fined(county)
    for on in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(RefusedFieldsError):
            settle_instalment(county, who(CLERK), number, 1, Settling.PAID, on, "0017")
    for which in (0, 2):
        with pytest.raises(WrongStateError):
            settle_instalment(county, who(CLERK), number, which, Settling.PAID, TODAY, "0017")
    with pytest.raises(ForbiddenError):
        settle_instalment(county, who(CLERK), number, 1, Settling.WAIVED, TODAY, "减免")
    settle_instalment(county, who(CLERK), number, 1, Settling.PAID, TODAY, "0017")
    with pytest.raises(WrongStateError):
        settle_instalment(county, who(CLERK), number, 1, Settling.PAID, TODAY, "0017")
