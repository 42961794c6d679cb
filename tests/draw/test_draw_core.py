"""The draw itself: the same everywhere, without bias, never a barred officer."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared_models.draw import Candidate, Drawn, Interest, Pool, check_pool, draw, pool_bytes, read_pool, seed_of
from shared_models.errors import BadlyFormedError

IDS = st.text("abcdefgh0123456789", min_size=1, max_size=6)
SMALL = Pool(
    tuple(Candidate(f"e{n}") for n in range(10)),
    tuple(Candidate(f"o{n}") for n in range(4)),
    (Interest("o0", "e3"),),
    4,
    2,
)

EXPECTED = (
    Drawn("e5", ("o1", "o0")),
    Drawn("e3", ("o2", "o3")),
    Drawn("e4", ("o0", "o1")),
    Drawn("e7", ("o2", "o3")),
)


@st.composite
def pools(pick: st.DrawFn) -> Pool:
    candidates = st.builds(Candidate, IDS, st.integers(1, 50))
    enterprises = pick(st.lists(candidates, min_size=1, max_size=12, unique_by=lambda one: one.id))
    officers = pick(st.lists(candidates, min_size=2, max_size=8, unique_by=lambda one: one.id))
    each = pick(st.integers(1, len(officers) - 1))
    barred = pick(st.lists(st.sampled_from(enterprises), max_size=4, unique=True))
    officer = pick(st.sampled_from(officers))
    interests = tuple(Interest(officer.id, one.id) for one in barred)
    return Pool(tuple(enterprises), tuple(officers), interests, pick(st.integers(1, len(enterprises))), each)


@given(pools(), st.binary(min_size=32, max_size=32), st.randoms(use_true_random=False))
def test_a_draw_keeps_its_rule_whatever_order_the_pool_was_typed_in(pool: Pool, seed: bytes, random: object) -> None:
    drawn = draw(pool, seed)
    assert len({one.enterprise for one in drawn}) == len(drawn) == pool.take
    barred = {(one.officer, one.enterprise) for one in pool.interests}
    load: Counter[str] = Counter()
    for one in drawn:
        assert len(set(one.officers)) == pool.officers_each
        assert not barred & {(officer, one.enterprise) for officer in one.officers}
        free = [c.id for c in pool.officers if (c.id, one.enterprise) not in barred]
        busiest = max(load[officer] for officer in one.officers)
        assert all(load[officer] >= busiest for officer in free if officer not in one.officers)
        load.update(one.officers)
    shuffled = replace(
        pool,
        enterprises=tuple(random.sample(pool.enterprises, len(pool.enterprises))),
        officers=tuple(random.sample(pool.officers, len(pool.officers))),
    )
    assert draw(shuffled, seed) == drawn
    assert pool_bytes(shuffled) == pool_bytes(pool)
    assert draw(read_pool(pool_bytes(pool)), seed) == drawn


def test_this_draw_never_changes() -> None:
    """Published draws must be repeatable by every later release."""
    assert seed_of(bytes(32), " １2 03\n").hex() == seed_of(bytes(32), "12 03").hex()
    assert seed_of(bytes(32), "12 03") != seed_of(bytes(32), "1203")
    assert draw(SMALL, seed_of(bytes(range(32)), "03 11 19 22 27 31 + 08")) == EXPECTED


def test_weights_are_chances() -> None:
    pool = Pool((Candidate("a", 1), Candidate("b", 3)), (Candidate("o"),), (), 1, 1)
    first = Counter(draw(pool, seed_of(bytes(32), str(n)))[0].enterprise for n in range(4000))
    # four standard deviations of a fair draw
    assert abs(first["b"] - 3000) < 4 * (4000 * 0.75 * 0.25) ** 0.5


def test_officers_are_drawn_alike() -> None:
    load: Counter[str] = Counter()
    for n in range(1000):
        for one in draw(replace(SMALL, take=1), seed_of(bytes(32), str(n))):
            load.update(one.officers)
    assert all(abs(load[f"o{n}"] - 500) < 80 for n in range(4))


def test_fifty_thousand_candidates_are_no_matter() -> None:
    pool = Pool(tuple(Candidate(f"{n:06}", n % 7 + 1) for n in range(50_000)), SMALL.officers, (), 500, 2)
    assert len({one.enterprise for one in draw(pool, bytes(32))}) == 500


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"enterprises": ()}, "enterprises"),
        ({"enterprises": (Candidate("a"), Candidate("a", 2)), "take": 1}, "enterprises"),
        ({"officers": (Candidate("a", 0), Candidate("b"))}, "officers"),
        ({"officers": (Candidate("a", 1001), Candidate("b"))}, "officers"),
        ({"take": 0}, "take"),
        ({"take": 11}, "take"),
        ({"officers_each": 0}, "officers_each"),
        ({"officers_each": 5}, "interests"),
        ({"interests": tuple(Interest(f"o{n}", "e1") for n in range(3))}, "interests"),
    ],
)
def test_a_pool_that_no_draw_fits_is_refused(change: dict[str, object], where: str) -> None:
    with pytest.raises(BadlyFormedError) as refused:
        check_pool(replace(SMALL, **change))
    assert refused.value.where == where
