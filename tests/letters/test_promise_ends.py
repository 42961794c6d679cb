"""How a matter ends, on both engines: kept, decided, broken into a case; and what the register then says of "first"."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from shared_models.case import CaseFacts
from shared_models.case_acts import CaseGround
from shared_models.corrections import CorrectionWord
from shared_models.county import Offence
from shared_models.facts import Ground
from shared_models.filing import FilingPlan, Purpose
from shared_models.leniency import Correction, Harm, LeniencyFacts
from shared_models.visit import GroundGiven
from sync_server.cases.open_case import NewCase, open_case
from sync_server.cases.register import find_case
from sync_server.county import County
from sync_server.errors import InvalidError, NotFoundError, WrongStateError
from sync_server.letters.answer_correction import answer_correction
from sync_server.letters.answer_letter import answer_letter
from sync_server.letters.break_promise import CaseWish, break_promise, decide_sparing
from sync_server.letters.find_matter import Matter, find_matter
from sync_server.letters.list_matters import due_follow_ups, list_matters
from sync_server.letters.matter_filter import MatterFilter, Stage
from sync_server.letters.matter_states import DecisionState, First, FollowUp, MatterState
from sync_server.letters.plan_follow_up import plan_follow_up
from sync_server.letters.read_register import read_register
from sync_server.letters.show_correction import show_correction
from sync_server.letters.tables import matters
from sync_server.log.rebuild_views import rebuild_views
from sync_server.storage.engine import reading
from sync_server.supervision.enterprise_names import EnterpriseNames
from tests.letters.hands import FIELD, finding
from tests.letters.promises import BASIS_OF_SLIGHT, SLIGHT, find_something, picture, promise, visit_id
from tests.server.conftest import bare, engine_url
from tests.server.towns import (
    OTHER_USCC,
    TODAY,
    USCC,
    PhoneInHand,
    at_gate,
    clock_of,
    companion,
    enrolled,
    fetch,
    file,
    later,
    of_kind,
    send,
    settle,
)

__all__ = ["bare", "engine_url"]
DUE = date(2026, 11, 6)
SLOW = b"slow-phone-visit"
GRAVE = LeniencyFacts(
    serious=True,
    minor=False,
    harm=Harm.SERIOUS,
    first_offence=None,
    correction=Correction.REFUSED,
    fault_disproved=False,
)
WISH = CaseWish("到期没有整改，也没有交照片")


@pytest.fixture
def town(bare: County) -> County:
    settle(bare)
    for uscc in (USCC, OTHER_USCC):
        file(bare, enterprises=(uscc,), days=(0, 60), planned_visits=9, plan=FilingPlan.QUARTER)
    return bare


@pytest.fixture
def phone(town: County) -> PhoneInHand:
    return enrolled(town)


def read(county: County, record: bytes) -> Matter:
    with reading(county.engine) as connection:
        return find_matter(connection, record)


def stage(county: County, wanted: Stage | None, within: tuple[str, ...] | None = ("market",)) -> list[bytes]:
    today = clock_of(county).instant.date()
    found = list_matters(county, MatterFilter(stage=wanted), EnterpriseNames(), within, today)
    return [one.matter.record for one in found.matters]


def test_a_promise_is_broken_only_after_its_day_and_becomes_a_case_in_the_same_act(
    town: County, phone: PhoneInHand
) -> None:
    record = promise(town, phone, due=DUE)
    with pytest.raises(WrongStateError):
        break_promise(town, "head", record, WISH)
    later(town, days=4)
    assert stage(town, Stage.OVERDUE) == [record]
    for wish in (CaseWish(" "), CaseWish("长" * 501), CaseWish("x", handlers=("market1",))):
        with pytest.raises(InvalidError):
            break_promise(town, "head", record, wish)
    assert read(town, record).state is MatterState.OPEN, "nothing of a refused act stays"
    number = break_promise(town, "head", record, WISH)
    broken = read(town, record)
    assert (broken.state, broken.case_number) == (MatterState.BROKEN, number)
    with reading(town.engine) as connection:
        case = find_case(connection, number)
    assert (case.opened.ground, case.opened.record) == (CaseGround.LETTER, record)
    assert case.facts.leniency.correction is Correction.REFUSED
    assert case.opened.handlers == ("market1", "market2")
    assert stage(town, None) == []
    assert stage(town, Stage.BROKEN) == [record]
    assert stage(town, Stage.BROKEN, within=None) == [], "cases stand in no list across departments (rules 7)"
    for again in (lambda: break_promise(town, "head", record, WISH), lambda: show_correction(town, record, [b"x"], "")):
        with pytest.raises(WrongStateError):
            again()
    assert rebuild_views(town).differences == {}


def test_who_was_given_a_new_day_has_until_then(town: County, phone: PhoneInHand) -> None:
    record = promise(town, phone, due=DUE)
    later(town, days=4)
    show_correction(town, record, [picture()], "清了一半")
    answer_correction(town, "clerk", record, CorrectionWord.NOT_YET, comment="还有一半", due=date(2026, 11, 20))
    with pytest.raises(WrongStateError):
        break_promise(town, "head", record, WISH)
    later(town, days=14)
    assert break_promise(town, "head", record, WISH).startswith("AJ")


def test_the_server_confirms_what_the_phone_could_not_say(town: County, phone: PhoneInHand) -> None:
    letter = {"leniency": SLIGHT, "basis": BASIS_OF_SLIGHT}
    first = promise(town, phone, 1, **letter)
    confirmed = read(town, first)
    assert (confirmed.first, confirmed.decision) == (First.FIRST, DecisionState.NEEDED)
    later(town, days=1)
    second = promise(town, phone, 2, **letter)
    other = promise(town, phone, 3, field="食品安全", **letter)
    nameless = promise(town, phone, 4, field="", **letter)
    assert [read(town, one).first for one in (second, other, nameless)] == [
        First.NOT_FIRST,
        First.FIRST,
        First.UNKNOWN,
    ]
    assert read(town, first).first is First.FIRST, "what came later does not count against it"
    with pytest.raises(InvalidError) as refused:
        decide_sparing(town, "head", second, spared=True, wish=CaseWish(""))
    assert refused.value.problem == "not_first"
    number = decide_sparing(town, "head", second, spared=False, wish=CaseWish("不是初次"))
    assert read(town, second).state is MatterState.NOT_SPARED
    with reading(town.engine) as connection:
        assert find_case(connection, number or "").facts.leniency.first_offence is False
    assert decide_sparing(town, "head", first, spared=True, wish=CaseWish("")) is None
    assert read(town, first).decision is DecisionState.SPARED
    with pytest.raises(WrongStateError):
        decide_sparing(town, "head", first, spared=True, wish=CaseWish(""))
    assert sorted(stage(town, Stage.UNDECIDED)) == sorted([other, nameless])
    assert rebuild_views(town).differences == {}


def test_a_finding_that_arrives_late_takes_the_first_away_and_phones_hear_of_it(
    town: County, phone: PhoneInHand
) -> None:
    slow = enrolled(town, "market2")
    fetch(town, slow)
    opened = slow.write(
        "visit_opened", at_gate(slow, people=(companion("market2"), companion("market1"))), visit=b"s" * 16
    )

    noted = slow.write("finding_noted", finding(), visit=b"s" * 16)
    later(town, days=2)
    record = promise(town, phone)
    assert read(town, record).first is First.FIRST
    send(town, opened, noted)
    assert read(town, record).first is First.NOT_FIRST
    fetch(town, phone)
    held = of_kind(phone, "offence")[f"{USCC}/{FIELD}"]
    assert held == Offence(USCC, FIELD, TODAY + timedelta(days=2), visit_id(1), earlier=TODAY)
    assert rebuild_views(town).differences == {}


def test_first_looks_back_as_many_months_as_the_policy_says(town: County, phone: PhoneInHand) -> None:
    early = find_something(town, phone, 1)
    later(town, days=365)
    record = promise(town, phone, 2)
    shown = read_register(town, USCC, ("market",))
    assert [line.counts for line in shown.lines] == [True, True]
    assert read(town, record).first is First.NOT_FIRST
    assert [line.matter for line in shown.lines] == [record.hex(), early.hex()]
    stranger = read_register(town, USCC, ("fire",))
    assert {(line.what, line.matter) for line in stranger.lines} == {("", "")}
    later(town, days=367)
    assert [line.counts for line in read_register(town, USCC, None).lines] == [True, False]
    with pytest.raises(NotFoundError):
        read_register(town, "91330100799655058X", None)


def test_who_was_spared_gets_a_service_visit_and_no_filing(town: County, phone: PhoneInHand) -> None:
    record = promise(town, phone, due=DUE)
    assert due_follow_ups(town, ("market",), TODAY) == ()
    show_correction(town, record, [picture()], "")
    answer_correction(town, "clerk", record, CorrectionWord.KEPT)
    (due,) = due_follow_ups(town, ("market",), TODAY)
    assert (due.matter.follow_up, due.matter.follow_up_on) == (FollowUp.DUE, "2027-02-01")
    assert due_follow_ups(town, ("fire",), TODAY) == ()
    on = TODAY + timedelta(days=20)
    for day, people in ((TODAY - timedelta(days=1), ["market1"]), (on, []), (on, ["fire1"]), (on, ["nobody"])):
        with pytest.raises(InvalidError):
            plan_follow_up(town, "clerk", record, day, people, "")
    plan_follow_up(town, "clerk", record, on, ["market1"], "讲解消防安全")
    assert read(town, record).follow_up is FollowUp.PLANNED
    later(town, days=20)
    fetch(town, phone)
    ground = GroundGiven(Ground.LIAISON, "联络员", TODAY)
    visit = at_gate(
        phone, at=clock_of(town).instant, purpose=Purpose.SERVICE, ground=ground, people=(companion("market1"),)
    )
    send(town, phone.write("visit_opened", visit, visit=b"follow-up-visit1", at=clock_of(town).instant))
    assert (read(town, record).follow_up, read(town, record).follow_up_on) == (FollowUp.MADE, str(on))
    assert due_follow_ups(town, ("market",), on) == ()
    with pytest.raises(WrongStateError):
        plan_follow_up(town, "clerk", record, on, ["market1"], "")
    assert rebuild_views(town).differences == {}


def test_a_case_on_a_finding_ends_the_matter_and_contested_stands_in_its_own_list(
    town: County, phone: PhoneInHand
) -> None:
    found = find_something(town, phone)
    new = NewCase(
        "market", USCC, FIELD, CaseGround.FINDING, found, "疏散通道堆放原料", CaseFacts(GRAVE), ("market1", "market2")
    )
    number = open_case(town, "head", new)
    assert (read(town, found).state, read(town, found).case_number) == (MatterState.CASE, number)
    record = promise(town, phone, 2)
    answer_letter(town, record, confirmed=False, note="期限太短")
    assert stage(town, Stage.CONTESTED) == [record]
    assert rebuild_views(town).differences == {}


def test_the_list_is_paged_by_due_day_and_narrowed_by_name_and_days(town: County, phone: PhoneInHand) -> None:
    records = [promise(town, phone, n, due=DUE + timedelta(days=n)) for n in range(4)]
    today, names = TODAY, EnterpriseNames()
    assert stage(town, Stage.DUE_SOON) == records[:1]
    narrowed = MatterFilter(first_day="2026-11-07", last_day="2026-11-08")
    assert [one.matter.record for one in list_matters(town, narrowed, names, None, today).matters] == records[1:3]
    for words, count in (("企业0Y43", 4), ("企业8216", 0), ("CN20261124-0001", 4), ("nothing", 0)):
        found = list_matters(town, MatterFilter(words=words), names, None, today)
        assert len(found.matters) == count, words
    with reading(town.engine) as connection:
        assert connection.execute(select(matters.c.kind).distinct()).scalars().all() == ["letter"]


def test_a_kept_promise_still_waits_for_its_decision_and_what_ended_last_stands_first(
    town: County, phone: PhoneInHand
) -> None:
    undecided = promise(town, phone, 1, leniency=SLIGHT, basis=BASIS_OF_SLIGHT, due=DUE)
    later(town, hours=1)
    minor = promise(town, phone, 2, due=DUE + timedelta(days=1))
    for record in (undecided, minor):
        answer_correction(town, "clerk", record, CorrectionWord.KEPT, comment="现场看到已改好")
    assert stage(town, None) == stage(town, Stage.UNDECIDED) == [undecided]
    assert stage(town, Stage.KEPT) == [minor, undecided]
    assert [read(town, one).first for one in (undecided, minor)] == [First.FIRST, First.NOT_FIRST], "by the hour"
    assert stage(town, Stage.OVERDUE) == []
    decide_sparing(town, "head", undecided, spared=True, wish=CaseWish(""))
    assert stage(town, None) == []
    assert rebuild_views(town).differences == {}
