"""Drafts of both sides and the list of checks, on each engine: who is second is told, and the list says the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from shared_models.offsite import Outcome
from sync_server.county import County
from sync_server.drafts.draft import DraftChangedError, DraftState
from sync_server.log.rebuild_views import rebuild_views
from sync_server.offsite.approve_check import approve_check
from sync_server.offsite.check_filter import CheckFilter, Wanted
from sync_server.offsite.drafts import check_drafts
from sync_server.offsite.list_checks import list_checks
from sync_server.offsite.owner_list import typed_now
from sync_server.offsite.typed_answers import ListChangedError, TypedAnswers, forget_typed, read_typed, save_typed
from sync_server.offsite.typed_check import TypedCheck, TypedItem
from sync_server.registry.desk.enterprise_index import EnterpriseIndex
from sync_server.storage.engine import reading, writing
from sync_server.supervision.enterprise_names import EnterpriseNames
from tests.offsite.hands import answered, entry_of, filed, reviewed
from tests.server.towns import OTHER_USCC, TODAY, USCC, later

HOSTILE = "㙍𠮷喆\u202e<b>"


def test_of_two_phones_the_second_is_told_and_what_was_sent_is_forgotten(town: County) -> None:
    check = filed(town)
    with reading(town.engine) as connection:
        blank = typed_now(connection, entry_of(town, check))
    first = save_typed(town, check, replace(blank, note=HOSTILE))
    assert (first.version, first.note) == (1, HOSTILE)
    for late in (blank, replace(first, version=7)):
        with pytest.raises(ListChangedError):
            save_typed(town, check, late)
    assert save_typed(town, check, replace(first, name="陈")).version == 2
    with writing(town.engine) as connection:
        forget_typed(connection, check)
        assert read_typed(connection, check) is None


def test_of_two_clerks_the_second_is_told_and_a_draft_is_filed_once(town: County) -> None:
    typed = TypedCheck(
        title="自查",
        due=(TODAY + timedelta(days=5)).isoformat(),
        officers=("market1",),
        items=(TypedItem(HOSTILE, "", wants_photo=True), TypedItem()),
        rows=(USCC, OTHER_USCC),
    )
    draft = check_drafts.begin(town, "clerk", "market", typed)
    saved = check_drafts.save(town, "clerk", draft, state=DraftState.FOR_HEAD)
    with pytest.raises(DraftChangedError):
        check_drafts.save(town, "second", draft, typed=TypedCheck())
    checks = approve_check(town, "head", "局长", saved)
    assert [entry_of(town, one).form.enterprise for one in checks] == [USCC, OTHER_USCC]
    assert entry_of(town, checks[0]).form.items[0].text == HOSTILE
    assert check_drafts.list_open(town, {"market"}) == ()
    assert rebuild_views(town).differences == {}


def test_the_list_tells_whose_turn_it_is_by_pages_and_by_department(town: County) -> None:
    checks = []
    for _ in range(4):
        checks.append(filed(town))
        later(town, minutes=1)
    for one in checks[1:]:
        answered(town, one)
    reviewed(town, checks[2], Outcome.PUT_RIGHT)
    reviewed(town, checks[3])
    names = EnterpriseNames(EnterpriseIndex())

    def listed(wish: CheckFilter, within: tuple[str, ...] | None = None) -> list[str]:
        return [one.check for one in list_checks(town, wish, names, within).checks]

    assert listed(CheckFilter()) == checks[::-1]
    assert listed(CheckFilter(oldest_first=True)) == checks
    assert listed(CheckFilter(), ("fire",)) == []
    assert listed(CheckFilter(department="market"), ("market",)) == checks[::-1]
    assert listed(CheckFilter(state=Wanted.ANSWERED)) == [checks[1]]
    assert listed(CheckFilter(words=USCC)) == checks[::-1]
    later(town, days=20)
    found = list_checks(town, CheckFilter(state=Wanted.OVERDUE), names, ("market",))
    assert {one.check for one in found.checks} == {checks[0], checks[2]}
    assert found.counts == {"open": 1, "answered": 1, "put_right": 1, "overdue": 2}


def test_an_unread_list_begins_blank(town: County) -> None:
    check = filed(town)
    with reading(town.engine) as connection:
        typed = typed_now(connection, entry_of(town, check))
    assert isinstance(typed, TypedAnswers)
    assert (typed.version, len(typed.answers), typed.name) == (0, 3, "")
