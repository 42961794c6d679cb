"""A new phone's first reference data: from asking to stored and switched, over a wire that counts."""

from __future__ import annotations

import time
from statistics import median

from benchmarks.bench import Bench
from benchmarks.county import build_town
from benchmarks.figures import Figure, Section
from benchmarks.phones import enrolled_phone
from benchmarks.serving import served
from field_app.sync.fetch_reference import fetch_reference

MOST_BYTES, MOST_SECONDS = 6_000_000, 10.0


def measure(bench: Bench) -> Section:
    enterprises, filings = (2_000, 200) if bench.quick else (50_000, 5_000)
    turns = 1 if bench.quick else 3
    town = build_town(bench.folder / "first", enterprises=enterprises, filings=filings)
    taken, carried, cpu = [], [], []
    with served(town) as server, bench.wire_to(server) as wire:
        for turn in range(turns):
            folder = bench.folder / f"first-phone-{turn}"
            phone = bench.run(enrolled_phone(folder, town, wire.url, town.people[turn].id))
            before, server_before = wire.total, server.cpu()["process"]
            began, ours = time.perf_counter(), time.process_time()
            bench.run(fetch_reference(phone))
            taken.append(time.perf_counter() - began)
            cpu.append((time.process_time() - ours, server.cpu()["process"] - server_before))
            carried.append(wire.total - before)
            bench.run(phone.close())
    return Section(
        f"First reference data: {enterprises:,} enterprises, {filings:,} filings",
        (
            Figure("bytes on the wire, both ways", median(carried), goal=MOST_BYTES),
            Figure("time until the phone has stored it", median(taken), "s", MOST_SECONDS),
            Figure("of it CPU of the phone's process", median(mine for mine, _ in cpu), "s"),
            Figure("of it CPU of the server's", median(its for _, its in cpu), "s"),
        ),
        {"turns": turns, "seconds": taken, "bytes": carried},
    )
