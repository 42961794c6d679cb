"""The demo county in a real log: every verdict of its past reproduces, every view can be made again."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from shared_models.acts import Theme
from sync_server.cases.register import CaseState
from sync_server.cases.tables import cases
from sync_server.clock import FixedClock
from sync_server.demo.county import invent_county
from sync_server.demo.seed_county import opening_instant, seed_county
from sync_server.log.rebuild_views import rebuild_views
from sync_server.log.writing import reading
from sync_server.offsite.register import CheckState
from sync_server.offsite.tables import offsite_checks
from sync_server.open_county import open_county
from sync_server.settings import settings_from
from sync_server.storage.facts import current_of_kind
from sync_server.storage.tables import decisions, log_entries, visits

DAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    opened = open_county(
        settings_from({}, data_dir=tmp_path_factory.mktemp("county")), FixedClock(opening_instant(DAY))
    )
    seed_county(opened, invent_county(1, DAY), 1, lambda *_: None)
    yield opened
    opened.engine.dispose()


def test_the_past_has_visits_that_were_closed_refused_and_never_closed(county):
    with reading(county) as connection:
        states = set(connection.execute(select(visits.c.state)).scalars())
        verdicts = set(connection.execute(select(visits.c.verdict)).scalars())
    assert states == {"open", "closed", "refused"}
    assert {"allow", "deny", "allow_then_file"} <= verdicts


def test_every_verdict_of_the_past_is_reproduced(county):
    with reading(county) as connection:
        rows = connection.execute(select(decisions.c.reproduced)).scalars().all()
    assert len(rows) > 20
    assert all(rows)


def test_there_is_a_case_in_each_stage_and_one_whose_instalments_run_late(county):
    with reading(county) as connection:
        rows = connection.execute(select(cases.c.state, cases.c.next_due)).all()
    assert {row.state for row in rows} == {state.value for state in CaseState}
    assert any(row.next_due and row.next_due < DAY.isoformat() for row in rows)


def test_nothing_of_the_past_was_set_aside(county):
    with reading(county) as connection:
        assert set(connection.execute(select(log_entries.c.status)).scalars()) == {"accepted"}


def test_the_views_made_again_from_the_log_are_the_same(county):
    assert not rebuild_views(county).differences


def test_off_site_checks_stand_in_each_state_and_some_are_overdue(county):
    with reading(county) as connection:
        found = connection.execute(select(offsite_checks.c.state, offsite_checks.c.due)).all()
    assert {one.state for one in found} == {one.value for one in CheckState}
    assert any(one.due and one.due < DAY.isoformat() for one in found)


def test_this_months_service_week_and_the_next_have_a_theme(county):
    with reading(county) as connection:
        themes = [fact.load(Theme) for fact in current_of_kind(connection, "theme")]
    assert [one.month for one in sorted(themes, key=lambda one: one.month)] == ["2026-11", "2026-12"]
