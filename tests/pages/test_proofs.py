"""Whoever alters the database is seen on the page: each check is red for its own reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from shared_models import ed25519
from shared_models.record import peek, record_id, sign
from sync_server.county import County
from sync_server.storage.engine import writing
from sync_server.storage.tables import log_entries, log_nodes
from sync_server.supervision.read_visit import read_visit
from sync_server.supervision.shown_visit import Check, ShownRecord, ShownVisit
from tests.pages.stories import Story, tell
from tests.server.towns import send, settled_town

OPENED = log_entries.c.kind == "visit_opened"


@pytest.fixture(scope="module")
def told_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[County, Story]]:
    county = settled_town(Path(tmp_path_factory.mktemp("proofs")))
    yield county, tell(county)
    county.engine.dispose()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[tuple[County, Story]]:
    """A county that this test may spoil."""
    county = settled_town(tmp_path / "data")
    yield county, tell(county)
    county.engine.dispose()


def sound_of(county: County, story: Story) -> ShownVisit:
    return read_visit(county, bytes.fromhex(story.sound))


def opening_of(visit: ShownVisit) -> ShownRecord:
    return next(record for record in visit.records if record.kind in ("visit_opened", "unreadable"))


def spoil(county: County, story: Story, **values: object) -> None:
    with writing(county.engine) as connection:
        changed = connection.execute(
            update(log_entries).where(log_entries.c.record_id == story.opening).values(**values)
        )
        assert changed.rowcount == 1


def test_an_unspoilt_log_is_green(told_once: tuple[County, Story]) -> None:
    visit = sound_of(*told_once)
    assert visit.proofs.bad == visit.proofs.waiting == 0
    assert visit.proofs.checkpoint is Check.GOOD
    assert {record.checked.worst for record in visit.records} == {Check.GOOD}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_altered_bit_of_a_record_is_seen(told_once: tuple[County, Story], data: st.DataObject) -> None:
    county, story = told_once
    with writing(county.engine) as connection:
        query = select(log_entries.c.envelope).where(log_entries.c.record_id == story.opening)
        envelope = bytes(connection.execute(query).scalar_one())
    bit = data.draw(st.integers(0, len(envelope) * 8 - 1))
    altered = bytearray(envelope)
    altered[bit // 8] ^= 1 << bit % 8
    try:
        spoil(county, story, envelope=bytes(altered))
        visit = sound_of(county, story)
        broken = next(record for record in visit.records if record.index == min(one.index for one in visit.records))
        assert broken.checked.signature is Check.BAD
        assert broken.checked.inclusion is Check.BAD
        assert visit.proofs.bad >= 1
    finally:
        spoil(county, story, envelope=envelope)


def test_a_record_put_in_anothers_place_with_a_right_signature_is_not_in_the_tree(own: tuple[County, Story]) -> None:
    county, story = own
    with writing(county.engine) as connection:
        query = select(log_entries.c.envelope).where(log_entries.c.record_id == story.opening)
        record = peek(bytes(connection.execute(query).scalar_one()))
    forged = sign(record, lambda message: ed25519.sign(story.phone.seed, message + b""))
    assert record_id(forged) == story.opening  # Ed25519 is deterministic: the same record is the same bytes
    body = {**record.body, "assistants": 5}
    other = sign(
        type(record)(
            record.v, record.kind, record.author, record.seq, record.prev, record.visit, record.at, record.seen, body
        ),
        story.phone.sign,
    )
    spoil(county, story, envelope=other, record_id=record_id(other))
    checked = opening_of(sound_of(county, story)).checked
    assert checked.signature is Check.GOOD
    assert checked.inclusion is Check.BAD
    assert "proof_mismatch" in checked.codes


@pytest.mark.parametrize(("values"), [{"received_at": 1}, {"status": "set_aside"}, {"code": "chain_fork"}])
def test_a_receipt_that_says_something_else_is_seen(own: tuple[County, Story], values: dict[str, object]) -> None:
    county, story = own
    spoil(county, story, **values)
    assert opening_of(sound_of(county, story)).checked.inclusion is Check.BAD


def test_a_record_taken_away_leaves_a_gap_in_its_phones_chain(own: tuple[County, Story]) -> None:
    county, story = own
    with writing(county.engine) as connection:
        connection.execute(delete(log_entries).where(log_entries.c.kind == "law_taught"))
    visit = sound_of(county, story)
    after = next(record for record in visit.records if record.kind == "photo_taken")
    assert after.checked.chain is Check.WAITING
    assert after.checked.codes == ("chain_gap",)


def test_a_tree_that_was_altered_leads_to_no_signed_root(own: tuple[County, Story]) -> None:
    county, story = own
    with writing(county.engine) as connection:
        connection.execute(update(log_nodes).values(hash=bytes(32)))
    visit = sound_of(county, story)
    assert any(record.checked.witness is Check.BAD for record in visit.records)
    assert "seen_impossible" in opening_of(visit).checked.codes


def test_a_tree_with_nodes_taken_out_is_no_proof_and_no_crash(own: tuple[County, Story]) -> None:
    county, story = own
    with writing(county.engine) as connection:
        connection.execute(delete(log_nodes))
    visit = sound_of(county, story)
    assert visit.proofs.checkpoint is Check.BAD
    assert visit.proofs.bad == len(visit.records)


def test_two_records_at_one_number_are_a_fork(own: tuple[County, Story]) -> None:
    county, story = own
    phone = story.phone
    visit = bytes.fromhex(story.sound)
    twin = phone.write("need_noted", {"text": "另一部手机", "contact": ""}, visit=visit, seq=6, prev=None)
    assert [receipt.code for receipt in send(county, twin).receipts] == ["chain_fork"]
    shown = sound_of(county, story)
    forked = [record for record in shown.records if record.seq == 6 and not record.is_county]
    assert len(forked) == 2
    assert all(record.checked.chain is Check.BAD for record in forked)
    assert [chain.forks for chain in shown.proofs.chains if chain.forks] == [(6,)]


def test_an_approvers_answer_is_part_of_the_visit(own: tuple[County, Story]) -> None:
    from sync_server.visits.answer_exception import answer_exception  # noqa: PLC0415

    county, story = own
    visit, no = bytes.fromhex(story.stormy), "没有批准过"
    answer_exception(county, "office", visit, approver="culture1", confirmed=False, reason=no)
    visit = read_visit(county, bytes.fromhex(story.stormy))
    assert [(one.state, one.why) for one in visit.exceptions] == [("denied", "没有批准过")]
    answered = next(record for record in visit.records if record.kind == "exception_answered")
    assert answered.is_county
    assert answered.author_name == "office"
    assert answered.checked.worst is Check.GOOD
