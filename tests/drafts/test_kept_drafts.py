"""Drafts are kept by kind and by department; each save counts; none is lost when a county is upgraded."""

from __future__ import annotations

import pytest

from sync_server.county import County
from sync_server.drafts.draft import DraftChangedError, DraftState
from sync_server.errors import NotFoundError
from sync_server.filings.drafts import filing_drafts
from sync_server.filings.typed_filing import TypedFiling, TypedRow
from sync_server.offsite.drafts import check_drafts
from sync_server.offsite.typed_check import TypedCheck, TypedItem
from sync_server.storage.engine import migrate, writing
from tests.server.releases import downgrade
from tests.server.towns import USCC, later

MARKET = {"market"}


def test_a_draft_is_found_among_its_own_kind_only(town: County) -> None:
    filing = filing_drafts.begin(town, "clerk", "market", TypedFiling(items="消防通道"))
    check = check_drafts.begin(town, "clerk", "market", TypedCheck(title="自查"))
    assert filing_drafts.list_open(town, MARKET) == (filing,)
    assert check_drafts.list_open(town, MARKET) == (check,)
    with pytest.raises(NotFoundError):
        check_drafts.read(town, filing.id, MARKET)


@pytest.mark.parametrize("asked", ["", "0" * 16, "\x00", "'"])
def test_what_is_no_draft_is_not_found(town: County, asked: str) -> None:
    with pytest.raises(NotFoundError):
        filing_drafts.read(town, asked, MARKET)


def test_another_departments_draft_is_not_found(town: County) -> None:
    draft = filing_drafts.begin(town, "clerk", "market", TypedFiling())
    assert filing_drafts.read(town, draft.id, MARKET) == draft
    with pytest.raises(NotFoundError):
        filing_drafts.read(town, draft.id, {"fire"})


def test_the_second_to_save_is_told_who_was_first_and_when(town: County) -> None:
    draft = filing_drafts.begin(town, "clerk", "market", TypedFiling())
    later(town, minutes=1)
    saved = filing_drafts.save(town, "first", draft, typed=TypedFiling(items="一"), state=DraftState.SENT_BACK)
    assert (saved.version, filing_drafts.read(town, draft.id, MARKET)) == (2, saved)
    with pytest.raises(DraftChangedError) as told:
        filing_drafts.save(town, "second", draft, typed=TypedFiling(items="二"))
    assert (told.value.saved_by, told.value.saved_at) == ("first", saved.saved_at)


def test_the_drafts_of_a_county_of_the_release_before_are_carried_over(town: County) -> None:
    row = TypedRow(USCC, "2026-11-04", "2026-11-05")
    filing = filing_drafts.begin(town, "clerk", "market", TypedFiling(items="消防通道\n用电", rows=(row,)))
    filing = filing_drafts.save(town, "second", filing, state=DraftState.SENT_BACK, comment="日期再商量")
    check = check_drafts.begin(
        town, "clerk", "fire", TypedCheck(items=(TypedItem("灭火器", "第十六条"),), rows=(USCC,))
    )
    with writing(town.engine) as connection:
        downgrade(connection, "0014")
    migrate(town.engine)
    assert filing_drafts.list_open(town, MARKET) == (filing,)
    assert check_drafts.list_open(town, {"fire"}) == (check,)
