"""The desks' own queries on the real engines: SQLite and PostgreSQL answer the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Integer, insert

from shared_models.calendar import day_of
from shared_models.facts import ExceptionClaim
from shared_models.filing import FilingState
from sync_server.county import County
from sync_server.drafts.draft import DraftChangedError, DraftState
from sync_server.filings.approve_draft import approve_draft
from sync_server.filings.drafts import filing_drafts
from sync_server.filings.filing_filter import FilingFilter, Mark, Order
from sync_server.filings.join_filings import JointVisit, join_filings
from sync_server.filings.list_filings import due_filings, list_filings
from sync_server.filings.office_queue import office_queue
from sync_server.filings.read_filing import read_filing
from sync_server.filings.suggest_joint_visits import suggest_now
from sync_server.filings.typed_filing import TypedFiling, TypedRow
from sync_server.log.audit import audit_log
from sync_server.log.rebuild_views import rebuild_views
from sync_server.offsite.search_checks import checks_named
from sync_server.offsite.tables import offsite_checks
from sync_server.storage.engine import writing
from sync_server.supervision.enterprise_names import EnterpriseNames
from tests.desks.town import CODES, settle_more
from tests.server.conftest import engine_url  # noqa: F401 - the fixtures of both engines
from tests.server.towns import TODAY, at_gate, enrolled, fetch, file, send, settled_town


@pytest.fixture
def county(tmp_path: Path, engine_url: str | None) -> Iterator[County]:  # noqa: F811
    county = settled_town(tmp_path / "data", engine_url)
    settle_more(county)
    yield county
    county.engine.dispose()


def listed(county: County, within: tuple[str, ...] | None = None, **wish: object) -> list[str]:
    found = list_filings(county, FilingFilter(**wish), EnterpriseNames(), within)
    return [one.number for one in found.filings]


def test_lists_queue_joint_visits_and_audit_answer_alike(county: County) -> None:
    parts = [file(county, one, enterprises=(CODES[0],)).filing for one in ("market", "fire")]
    waiting = file(county, enterprises=(CODES[1],), days=(6, 8)).filing
    assert len(listed(county)) == 3
    assert listed(county, ("fire",)) == ["BA3303262026-00002"]
    assert len(listed(county, ("fire", "market"))) == 3
    assert listed(county, state=FilingState.SUBMITTED) == [""]
    assert listed(county, words="BA3303262026-00001") == ["BA3303262026-00001"]
    assert listed(county, words="测试00", department="fire") == ["BA3303262026-00002"]
    assert listed(county, first_day="2026-11-09", order=Order.OLDEST) == [""]
    assert [one.filing for one in office_queue(county).waiting] == [waiting]
    (suggestion,) = suggest_now(county)
    days = (TODAY, TODAY + timedelta(days=2))
    joint = join_filings(
        county,
        "office",
        "专班",
        JointVisit(tuple(one.filing for one in suggestion.filings), "fire", days, ("fire1", "market1")),
    )
    assert set(parts) == {part for part, _ in read_filing(county, joint).parts}
    assert len(listed(county, mark=Mark.MERGED)) == 2
    assert listed(county, ("fire", "market"), mark=Mark.JOINT) == ["BA3303262026-00003"]
    assert audit_log(county).findings == ()
    assert rebuild_views(county).differences == {}


def test_the_beginning_of_a_number_finds_it(county: County) -> None:
    file(county, enterprises=(CODES[0],))
    number = file(county, enterprises=(CODES[1],)).number
    assert number == "BA3303262026-00002"
    for beginning in ("BA3303262026-00002", "ba3303262026-0000", "BA3303262026-", "BA3303262026", "BA330326", "BA3"):
        assert number in listed(county, words=beginning), beginning
    assert listed(county, words="BA3303262025") == []
    with writing(county.engine) as connection:
        values = {one.name: 0 if isinstance(one.type, Integer) else "" for one in offsite_checks.c if not one.nullable}
        connection.execute(insert(offsite_checks).values(values | {"id": "c1", "number": "FX3303262026-00007"}))
        for beginning in ("FX3303262026-00007", "FX3303262026", "fx330326"):
            assert checks_named(connection, beginning, EnterpriseNames()) == ["c1"], beginning


def test_a_visit_to_be_filed_is_due_until_its_filing_is_made(county: County) -> None:
    phone = enrolled(county)
    fetch(county, phone)
    claim = ExceptionClaim("emergency", "燃气泄漏", "", "culture1")
    send(county, phone.write("visit_opened", at_gate(phone, uscc=CODES[0], claim=claim), visit=bytes(16)))
    today = day_of(county.clock.now())
    assert [one.visit for one in due_filings(county, today, ("market",))] == [bytes(16).hex()]
    assert due_filings(county, today, ("fire",)) == ()
    file(county, enterprises=(CODES[0],), days=(0, 0), opened_by_visit=bytes(16))
    assert due_filings(county, today, None) == ()


def test_a_draft_is_approved_once_and_never_over_a_later_save(county: County) -> None:
    typed = TypedFiling(
        why_not_off_site="x",
        officers=("market1", "market2"),
        items="检查",
        basis="办法",
        first="2026-11-04",
        last="2026-11-05",
        rows=(TypedRow(CODES[0]),),
    )
    draft = filing_drafts.begin(county, "clerk", "market", typed)
    waiting = filing_drafts.save(county, "clerk", draft, state=DraftState.FOR_HEAD)
    newer = filing_drafts.save(county, "clerk", waiting, state=DraftState.FOR_HEAD)
    with pytest.raises(DraftChangedError):
        approve_draft(county, "head", "局长", waiting)
    assert listed(county) == [], "nothing of it is filed"
    (made,) = approve_draft(county, "head", "局长", newer)
    assert listed(county) == [made.number]
