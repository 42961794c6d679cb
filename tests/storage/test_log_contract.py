"""The log and its views, claim by claim, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import secrets
import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import delete, select, update

from shared_models.acts import PeopleRegistered
from shared_models.county import VisitCount
from shared_models.filing import FilingLine
from shared_models.log import (
    inclusion_proof,
    leaf_hash,
    new_nodes,
    root,
    verify_consistency,
    verify_inclusion,
    verify_receipt,
)
from shared_models.people import Person
from shared_models.record import record_id
from shared_models.visit import Guidance, VisitClosed
from sync_server.accounts import tables as _accounts  # noqa: F401 - the schema is all tables
from sync_server.county import County
from sync_server.filings.register import line_key
from sync_server.log.entries import Entry
from sync_server.log.rebuild_views import rebuild_views
from sync_server.log.tree import TreeReader, log_size
from sync_server.log.writing import reading, writing
from sync_server.open_county import open_county
from sync_server.registry.register_people import register_people
from sync_server.registry.revoke_person import revoke_person
from sync_server.storage import engine
from sync_server.storage.facts import current_facts, fact_at
from sync_server.storage.tables import chains, facts, log_entries, log_nodes, metadata, visits
from tests.server.releases import downgrade
from tests.server.towns import (
    OTHER_USCC,
    THIRD_USCC,
    USCC,
    PhoneInHand,
    at_gate,
    checkpoint_in,
    codes,
    enrolled,
    fetch,
    file,
    later,
    send,
    settle,
)


def size_of(county: County) -> int:
    with reading(county) as connection:
        return log_size(connection)


def act(county: County, number: int) -> Entry:
    with writing(county) as tx:
        return tx.append_act("office", PeopleRegistered((Person(f"p{number}", "market"),)))


@pytest.fixture
def full(bare: County) -> County:
    """A county in which something of every kind has happened."""
    settle(bare)
    file(bare, planned_visits=2)
    file(bare, "fire", enterprises=(USCC,), days=(20, 22))
    phone = enrolled(bare)
    fetch(bare, phone)
    visit = secrets.token_bytes(16)
    send(bare, phone.write("visit_opened", at_gate(phone), visit=visit))
    send(bare, phone.write("guidance_given", Guidance("\x00"), visit=visit), phone.write("novelty", {}, visit=visit))
    send(bare, phone.write("visit_closed", VisitClosed(), visit=visit), phone.write("visit_closed", {"x": 1}))
    revoke_person(bare, "office", "market2", "left")
    return bare


def test_the_migrations_make_the_schema_that_the_code_expects(bare: County) -> None:
    with bare.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_opening_a_county_again_changes_nothing(bare: County) -> None:
    size = size_of(bare)
    again = open_county(bare.settings, bare.clock)
    assert size_of(again) == size
    assert again.keys.service_public == bare.keys.service_public
    again.engine.dispose()


def test_indexes_are_given_in_order_and_without_gaps(bare: County) -> None:
    first = size_of(bare)
    entries = [act(bare, number) for number in range(5)]
    assert [entry.index for entry in entries] == list(range(first, first + 5))
    assert size_of(bare) == first + 5


def test_nothing_of_a_transaction_that_raises_is_there(bare: County) -> None:
    before = size_of(bare)

    def fail() -> None:
        with writing(bare) as tx:
            tx.append_act("office", PeopleRegistered((Person("p", "market"),)))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with reading(bare) as connection:
        assert log_size(connection) == before
        assert current_facts(connection, "person", ["p"]) == {}
        assert connection.execute(select(log_entries).where(log_entries.c.index >= before)).all() == []


def test_the_stored_tree_is_the_tree_of_its_leaves(full: County) -> None:
    with reading(full) as connection:
        rows = connection.execute(select(log_entries).order_by(log_entries.c.index)).all()
        entries = [
            Entry(row[0], row.received_at, row.record_id, b"", None, None, row.status, row.code)  # type: ignore[arg-type]
            for row in rows
        ]
        hashes = [entry.leaf_hash() for entry in entries]
        nodes = {(level, index): node for level, index, node in new_nodes(0, hashes, lambda *_: b"")}
        tree = TreeReader(connection)
        for size in range(len(hashes) + 1):
            assert tree.root(size) == root(size, lambda level, index: nodes[level, index])
        for index, leaf in enumerate(hashes):
            (proof,) = tree.inclusion_proofs([index], len(hashes))
            assert proof == inclusion_proof(index, len(hashes), lambda level, index: nodes[level, index])
            verify_inclusion(leaf, index, len(hashes), proof, tree.root(len(hashes)))
        for old, new in pairwise(range(1, len(hashes) + 1)):
            verify_consistency(old, new, tree.root(old), tree.root(new), tree.consistency_proof(old, new))


def test_any_past_state_can_be_asked_for(bare: County) -> None:
    settle(bare)
    sizes = [size_of(bare)]
    for licence in ("a", "b", "c"):
        register_people(bare, "office", [Person("market1", "market", licence)])
        sizes.append(size_of(bare))
    with reading(bare) as connection:
        held = [fact_at(connection, "person", "market1", size) for size in sizes]
        assert fact_at(connection, "person", "market1", 1) is None
    assert [fact.load(Person).licence for fact in held if fact] == ["market-1", "a", "b", "c"]


def test_a_fact_holds_from_after_its_entry_up_to_the_one_that_ends_it(bare: County) -> None:
    first, second = act(bare, 1), act(bare, 2)
    with writing(bare) as tx:
        third = tx.append_act("office", PeopleRegistered((Person("p1", "fire"),)))
    with reading(bare) as connection:
        held = {size: fact_at(connection, "person", "p1", size) for size in range(first.index, third.index + 2)}
    assert held[first.index] is None
    assert held[first.index + 1].load(Person).department == "market"
    assert held[second.index + 1].load(Person).department == "market"
    assert held[third.index].load(Person).department == "market"
    assert held[third.index + 1].load(Person).department == "fire"


def test_views_made_again_from_the_log_are_equal(full: County) -> None:
    rebuilt = rebuild_views(full)
    assert rebuilt.differences == {}
    assert rebuilt.size == size_of(full)


def test_a_view_that_somebody_changed_is_found_and_put_right(full: County) -> None:
    with full.engine.begin() as connection:
        connection.execute(update(visits).values(officer="somebody else"))
        connection.execute(delete(facts).where(facts.c.kind == "person"))
        connection.execute(update(log_nodes).where(log_nodes.c.position == 1).values(hash=bytes(32)))
        connection.execute(delete(chains))
    assert set(rebuild_views(full).differences) == {"visits", "facts", "log_nodes", "chains"}
    assert rebuild_views(full).differences == {}


def test_a_visit_counts_for_its_filing_and_its_cap(full: County) -> None:
    with reading(full) as connection:
        line = current_facts(connection, "line", [key for key in _line_keys(full) if key.endswith(USCC)])
        counts = current_facts(connection, "count", [f"{USCC}/2026/market"])
    assert sorted(fact.load(FilingLine).visits_made for fact in line.values()) == [0, 1]
    assert [fact.load(VisitCount).entered for fact in counts.values()] == [1]


def _line_keys(county: County) -> list[str]:
    with reading(county) as connection:
        return list(connection.execute(select(facts.c.key).where(facts.c.kind == "line")).scalars())


def test_the_same_batch_sent_twice_at_once_leaves_one_leaf_a_record(full: County) -> None:
    phone = enrolled(full, "fire1")
    batch = [phone.write("guidance_given", Guidance(str(number))) for number in range(20)]
    before = size_of(full)
    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(lambda _: send(full, *batch), range(4)))
    assert size_of(full) == before + 20
    for reply in replies:
        checkpoint = checkpoint_in(full, reply.checkpoint)
        assert len(reply.receipts) == 20
        for receipt, envelope in zip(reply.receipts, batch, strict=True):
            verify_receipt(receipt, record_id(envelope), checkpoint)


def test_many_writers_at_once_share_one_order(bare: County) -> None:
    settle(bare)
    phones = [enrolled(bare, officer) for officer in ("market1", "market2", "fire1", "fire2")]
    before = size_of(bare)
    barrier = threading.Barrier(len(phones) + 1)

    def write(phone: PhoneInHand) -> list[int]:
        barrier.wait()
        found = []
        for number in range(5):
            reply = send(bare, *(phone.write("guidance_given", Guidance(f"{number}.{n}")) for n in range(3)))
            found += [receipt.index for receipt in reply.receipts]
        return found

    def administer() -> list[int]:
        barrier.wait()
        return [act(bare, number).index for number in range(5)]

    with ThreadPoolExecutor(len(phones) + 1) as pool:
        work = [pool.submit(write, phone) for phone in phones] + [pool.submit(administer)]
        indexes = [index for one in work for index in one.result()]
    assert sorted(indexes) == list(range(before, before + 65))
    assert rebuild_views(bare).differences == {}


def test_two_offices_numbering_at_once_never_give_one_number_twice(bare: County) -> None:
    settle(bare)

    wanted = [(department, uscc) for department in ("market", "fire") for uscc in (USCC, OTHER_USCC, THIRD_USCC)]

    def submit(one: tuple[str, str]) -> str | None:
        return file(bare, one[0], enterprises=(one[1],)).number

    with ThreadPoolExecutor(4) as pool:
        numbers = list(pool.map(submit, wanted))
    assert sorted(filter(None, numbers)) == [f"BA3303262026-{n:05}" for n in range(1, 7)]


def test_a_server_over_a_log_that_another_process_grows_reads_on(bare: County) -> None:
    other = open_county(bare.settings, bare.clock)
    settle(bare)
    phone = enrolled(other)
    assert codes(send(bare, phone.write("guidance_given", Guidance("x")))) == [None]
    assert codes(send(other, phone.write("guidance_given", Guidance("y")))) == [None]
    assert size_of(other) == size_of(bare)
    other.engine.dispose()


def test_line_keys_name_filing_and_enterprise() -> None:
    assert line_key("ab", USCC) == f"ab/{USCC}"


def test_hashes_of_leaves_are_bound_to_status_and_time(bare: County) -> None:
    entry = act(bare, 1)
    later(bare, seconds=1)
    assert act(bare, 2).leaf_hash() != entry.leaf_hash() != leaf_hash(entry.record_id)


def test_nodes_that_lay_level_by_level_are_laid_in_order(full: County) -> None:
    for number in range(70):
        act(full, number)
    with reading(full) as connection:
        nodes = sorted(map(tuple, connection.execute(select(log_nodes))))
    with engine.writing(full.engine) as connection:
        downgrade(connection, "0015")
    with reading(full) as connection:
        positions = connection.execute(select(log_nodes.c.position)).scalars().all()
    assert {position >> 50 for position in positions} == set(range(7)), "levels stood in the upper bits"
    engine.migrate(full.engine)
    with reading(full) as connection:
        assert sorted(map(tuple, connection.execute(select(log_nodes)))) == nodes
    assert rebuild_views(full).differences == {}
