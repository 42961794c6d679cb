"""From a scanned gate code to the verdict with its next allowed days, on the phone's real storage, at two sizes."""

from __future__ import annotations

import random
import time
from collections import Counter
from statistics import median, quantiles

from benchmarks.bench import Bench, Side
from benchmarks.figures import Figure, Section
from field_app.gate.find_enterprise import find_enterprise
from field_app.gate.judge import judge
from field_app.gate.propose import propose
from shared_models.codes import gate_text
from shared_models.visit import Identified

MOST_MILLISECONDS, MOST_RATIO = 20.0, 1.5


def measure(bench: Bench) -> Section:
    sides = bench.two_sizes
    rounds, scans = (5, 60) if bench.quick else (9, 300)
    met: Counter[str] = Counter()
    p50: list[list[float]] = [[], []]
    p99: list[list[float]] = [[], []]
    cpu99: list[list[float]] = [[], []]
    bench.run(_scans(sides, scans, 0, met))  # the first ones load code and pages
    for turn in range(1, rounds + 1):
        for n, times in enumerate(bench.run(_scans(sides, scans, turn, met))):
            cuts = quantiles((taken for taken, _ in times), n=100)
            p50[n].append(cuts[49] * 1000)
            p99[n].append(cuts[98] * 1000)
            cpu99[n].append(quantiles((cpu for _, cpu in times), n=100)[98] * 1000)
    small, large = (len(side.town.enterprises) for side in sides)
    ratio = median(b / a for a, b in zip(p99[0], p99[1], strict=True))
    return Section(
        "Gate decision with lookup, on the phone's storage",
        (
            Figure(f"p50 at {small:,} enterprises", median(p50[0]), "ms"),
            Figure(f"p50 at {large:,}", median(p50[1]), "ms"),
            Figure(f"p99 at {small:,}", median(p99[0]), "ms"),
            Figure(f"p99 at {large:,}", median(p99[1]), "ms", MOST_MILLISECONDS),
            Figure("p99, large against small, of the same round", ratio, "×", MOST_RATIO),
            Figure(f"p99 of CPU time at {small:,}", median(cpu99[0]), "ms"),
            Figure(f"p99 of CPU time at {large:,}", median(cpu99[1]), "ms"),
        ),
        {"rounds": rounds, "scans_a_round": scans, "verdicts": dict(met), "p99": p99, "p50": p50},
    )


Times = list[tuple[float, float]]
"""Seconds by the clock, and of CPU, which other work on the machine does not lengthen."""


async def _scans(sides: tuple[Side, Side], scans: int, seed: int, met: Counter[str]) -> tuple[Times, Times]:
    """Each scan's times; the two counties in turn. A third of the scans meets a filing."""
    pick = random.Random(seed)
    times: tuple[Times, Times] = ([], [])
    for _ in range(scans):
        is_filed, place = pick.random() < 1 / 3, pick.random()
        for n, side in enumerate(sides):
            registry = side.town.enterprises
            filed = len(registry) // 10
            at = int(place * filed) if is_filed else filed + int(place * (len(registry) - filed))
            text = gate_text(side.town.host, registry[at].uscc, 1)
            began, cpu = time.perf_counter(), time.process_time()
            found = await find_enterprise(side.phone, text, Identified.CAMERA)
            judgement = await judge(side.phone, await propose(side.phone, found))
            times[n].append((time.perf_counter() - began, time.process_time() - cpu))
            met[judgement.verdict.verdict.value] += 1
    return times
