"""Suggestions are kept only as long as they are what would be computed now."""

from __future__ import annotations

from datetime import timedelta

from shared_models.acts import SnippetsPublished
from sync_server.clock import FixedClock
from sync_server.county import County
from sync_server.filings.kept_suggestions import KeptSuggestions
from sync_server.filings.suggest_joint_visits import suggest_now
from sync_server.filings.withdraw_filing import withdraw_filing
from sync_server.log.writing import writing
from tests.server.towns import USCC, file


def test_a_filing_and_its_withdrawal_change_what_is_suggested(town: County) -> None:
    kept = KeptSuggestions()
    assert kept.now(town) == suggest_now(town)
    file(town, "culture", enterprises=(USCC,))
    other = file(town, "fire", enterprises=(USCC,))
    assert len(kept.now(town)) == 1
    assert kept.now(town) == suggest_now(town)
    withdraw_filing(town, "fire", other.filing, "x")
    assert kept.now(town) == suggest_now(town) == ()


def test_what_has_nothing_to_do_with_them_leaves_them_as_they_are(town: County) -> None:
    file(town, "culture", enterprises=(USCC,))
    file(town, "fire", enterprises=(USCC,))
    kept = KeptSuggestions()
    before = kept.now(town)
    with writing(town) as tx:
        tx.append_act("office", SnippetsPublished(()))
    assert kept.now(town) is before


def test_another_day_is_computed_anew(town: County) -> None:
    file(town, "culture", enterprises=(USCC,))
    file(town, "fire", enterprises=(USCC,))
    kept = KeptSuggestions()
    assert len(kept.now(town)) == 1
    assert isinstance(town.clock, FixedClock)
    town.clock.instant += timedelta(days=40)
    assert kept.now(town) == suggest_now(town) == ()
