"""Ten changed enterprises out of few and out of many: what the phone's next fetch carries, and how long it takes."""

from __future__ import annotations

import time
from dataclasses import replace
from statistics import median

from benchmarks.bench import Bench, Side
from benchmarks.county import CLERK
from benchmarks.figures import Figure, Section
from field_app.sync.fetch_reference import fetch_reference
from sync_server.registry.register_enterprises import register_enterprises

CHANGED = 10
MOST_BYTES, MOST_RATIO = 5_000, 1.5


def measure(bench: Bench) -> Section:
    sides = bench.two_sizes
    rounds = 7 if bench.quick else 31
    taken: list[list[float]] = [[], []]
    carried: list[list[int]] = [[], []]
    for turn in range(rounds + 1):
        for n, side in enumerate(sides):
            _change(side, turn)
            before, began = side.wire.total, time.perf_counter()
            bench.run(_fetch(side))
            if turn:  # the first one loads code and pages
                taken[n].append((time.perf_counter() - began) * 1000)
                carried[n].append(side.wire.total - before)
    small, large = (len(side.town.enterprises) for side in sides)
    return Section(
        f"{CHANGED} changed enterprises, until the phone has stored them",
        (
            Figure(f"bytes on the wire at {small:,} enterprises, both ways", median(carried[0])),
            Figure(f"bytes on the wire at {large:,}", median(carried[1]), goal=MOST_BYTES),
            Figure(f"time at {small:,}", median(taken[0]), "ms"),
            Figure(f"time at {large:,}", median(taken[1]), "ms"),
            Figure("time, large against small", median(taken[1]) / median(taken[0]), "×", MOST_RATIO),
        ),
        {"rounds": rounds, "milliseconds": taken, "bytes": carried},
    )


def _change(side: Side, turn: int) -> None:
    registry = side.town.enterprises
    step = len(registry) // CHANGED
    moved = [
        replace(registry[(n * step + turn) % len(registry)], address=f"鳌江镇滨江大道{turn * CHANGED + n}号")
        for n in range(CHANGED)
    ]
    county = side.town.open()
    try:
        register_enterprises(county, CLERK, moved)
    finally:
        county.engine.dispose()


async def _fetch(side: Side) -> None:
    await fetch_reference(side.phone)
