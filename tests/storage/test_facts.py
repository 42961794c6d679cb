"""Intervals of facts against a model: a list of states, one for each log size."""

from __future__ import annotations

import random

import pytest
from sqlalchemy import delete

from sync_server.county import County
from sync_server.storage import engine
from sync_server.storage.facts import Fact, FactsWriter, fact_at, facts_of_since, facts_since
from sync_server.storage.tables import facts
from tests.server.towns import OTHER_USCC, USCC

PLACES = [("line", f"f{n}/{uscc}", uscc) for n in range(2) for uscc in (USCC, OTHER_USCC)]
PLACES += [("person", "p1", ""), ("code", "c", USCC), ("count", f"{USCC}/2026/market", USCC)]


@pytest.mark.parametrize("seed", range(6))
def test_every_past_state_is_what_it_was(bare: County, seed: int) -> None:
    chance = random.Random(seed)
    states: list[dict[tuple[str, str], bytes]] = [{}]
    with engine.writing(bare.engine) as connection:
        connection.execute(delete(facts))
    for _transaction in range(12):
        with engine.writing(bare.engine) as connection:
            writer = FactsWriter(connection)
            if chance.random() < 0.5:
                writer.prefetch_enterprises([USCC])
            for _entry in range(chance.randint(1, 4)):
                states.append(_one_entry(writer, len(states) - 1, states[-1], chance))
                if chance.random() < 0.3:
                    writer.flush()
            writer.flush()
    with engine.reading(bare.engine) as connection:
        for size, state in enumerate(states):
            held = {}
            for kind, key, _ in PLACES:
                fact = fact_at(connection, kind, key, size)
                if fact is not None:
                    held[kind, key] = fact.body
            assert held == state, size
        since = len(states) // 2
        for kind, key, uscc in PLACES:
            found = {fact.from_index for fact in facts_since(connection, kind, [key], since)}
            assert all(fact.to_index >= since for fact in facts_since(connection, kind, [key], since))
            if uscc and kind != "code":
                of_uscc = {fact.from_index for fact in facts_of_since(connection, [uscc], since) if fact.key == key}
                assert of_uscc == found


def _one_entry(writer: FactsWriter, index: int, before: dict, chance: random.Random) -> dict:
    state = dict(before)
    for kind, key, uscc in chance.choices(PLACES, k=chance.randint(0, 3)):
        if chance.random() < 0.2:
            writer.end(kind, key, index)
            state.pop((kind, key), None)
        else:
            whose = chance.choice((USCC, OTHER_USCC)) if kind == "code" else uscc
            body = bytes([chance.randint(0, 3)])
            writer.set(Fact(kind, key, index, index, "", whose, body))
            state[kind, key] = body
    return state
