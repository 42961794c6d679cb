"""Joint visits suggested for a county's month: what the office's page computes of all that is open."""

from __future__ import annotations

import time
from statistics import median

from benchmarks.bench import Bench
from benchmarks.desk_county import DEPARTMENTS, build_desks
from benchmarks.figures import Figure, Section
from sync_server.filings.suggest_joint_visits import suggest_now

MOST_SECONDS = 2
_A_WEEK = 7
"""Everything that was filed within it is open still."""


def measure(bench: Bench) -> Section:
    filings = 500 if bench.quick else 5_000
    desk = build_desks(bench.folder / "month", enterprises=filings // 2, filings=filings, history_days=_A_WEEK)
    county = desk.open()
    took: list[tuple[float, float]] = []
    try:
        for _ in range(5):
            began, cpu = time.perf_counter(), time.process_time()
            found = suggest_now(county)
            took.append((time.perf_counter() - began, time.process_time() - cpu))
    finally:
        county.engine.dispose()
    return Section(
        f"Joint visits suggested for a month: {len(DEPARTMENTS)} departments, {filings:,} filings",
        (
            Figure("the first time, by the clock", took[0][0], "s", MOST_SECONDS),
            Figure("of CPU", took[0][1], "s"),
            Figure("again, by the clock", median(one for one, _ in took[1:]), "s"),
            Figure("suggestions", len(found)),
            Figure("filings in them", sum(len(one.filings) for one in found)),
        ),
    )
