"""Records a second through HTTP, durable, against bare Ed25519 verifications on one core; and where the CPU goes."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

import httpx

from benchmarks.bench import Bench
from benchmarks.county import Town, build_town
from benchmarks.figures import Figure, Section
from benchmarks.machine import cores
from benchmarks.paper_phones import RECORDS_A_VISIT, VISITS_A_BATCH, write_batches
from benchmarks.serving import Served, served
from benchmarks.verifying import bare_verify, time_verifies
from shared_models.log import ACCEPTED
from shared_models.sync import RecordsReply, load_message

LEAST_RATIO = 0.3
BATCH = RECORDS_A_VISIT * VISITS_A_BATCH
IN_FLIGHT = 6
"""Uploads under way at once, as from six phones: while one is made durable the next are read, and go together."""
_WARM_UP = 8


@dataclass(frozen=True, slots=True)
class Round:
    """Seconds a record and a verification, by the clock and of CPU, measured one after the other."""

    record: float
    record_cpu: float
    verify: float
    verify_cpu: float


def measure(bench: Bench, *, url: str = "", name: str = "SQLite") -> Section:
    rounds, uploads = (3, 8) if bench.quick else (9, 24)
    watched = 8 if bench.quick else 60
    core, _ = cores()
    town, batches = _town(bench, _WARM_UP * 2 + rounds * uploads + watched, url, name)
    waiting = iter(batches)
    with served(town, core=core) as server:
        _send(server, _some(waiting, _WARM_UP))
        measured = [_round(server, _some(waiting, uploads), core) for _ in range(rounds)]
    with served(town, core=core, with_parts=True) as server:
        _send(server, _some(waiting, _WARM_UP))
        parts = _parts(server, _some(waiting, watched))
    ratio = median(one.verify / one.record for one in measured)
    goal = LEAST_RATIO if not url else None
    return Section(
        f"Records through HTTP, durable, batches of {BATCH}, one server process on one core, {name}",
        (
            Figure("records a second", 1 / median(one.record for one in measured)),
            Figure("bare Ed25519 verifications a second, same core", 1 / median(one.verify for one in measured)),
            Figure("records against verifications", ratio, goal=goal, at_most=False),
            Figure("the same by CPU time", median(one.verify_cpu / one.record_cpu for one in measured)),
            Figure("CPU a record", median(one.record_cpu for one in measured) * 1e6, "µs"),
            *(Figure(f"  {part}", seconds * 1e6, "µs") for part, seconds in parts.items()),
        ),
        {
            "rounds": [asdict(one) for one in measured],
            "bytes_a_record": round(sum(map(len, batches)) / len(batches) / BATCH),
            "in_flight": IN_FLIGHT,
        },
    )


def _town(bench: Bench, batches: int, url: str, name: str) -> tuple[Town, list[bytes]]:
    visits = batches * VISITS_A_BATCH
    per_filing = 5
    filings = visits * 11 // 10 // per_filing + 10 * per_filing
    town = build_town(
        bench.folder / f"ingest-{name}",
        enterprises=filings * per_filing,
        filings=filings,
        per_filing=per_filing,
        url=url,
    )
    county = town.open()
    try:
        return town, write_batches(town, county, batches)
    finally:
        county.engine.dispose()


def _some(batches: Iterator[bytes], count: int) -> list[bytes]:
    return [next(batches) for _ in range(count)]


def _round(server: Served, batches: Sequence[bytes], core: int) -> Round:
    """The server works and this process waits; then this process verifies on the server's core, which is idle."""
    verify = bare_verify()
    before = server.cpu()["process"]
    seconds = _send(server, batches)
    cpu = server.cpu()["process"] - before
    records = len(batches) * BATCH
    with _on(core):
        by_clock, of_cpu = time_verifies(verify, records // 2)
    return Round(seconds / records, cpu / records, by_clock, of_cpu)


@contextmanager
def _on(core: int) -> Iterator[None]:
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def _send(server: Served, batches: Sequence[bytes]) -> float:
    """Seconds until the last upload was answered, every record with its receipt."""
    queue, replies = list(batches), []
    _, core = cores()

    def one_phone(client: httpx.Client) -> None:
        with _on(core):
            while queue:
                try:
                    body = queue.pop()
                except IndexError:  # the other one took it
                    return
                replies.append(client.post("/api/sync/records", content=body).content)

    with ExitStack() as stack:
        # made before the clock runs: a client takes longer to make than an upload to be answered
        clients = [
            stack.enter_context(httpx.Client(base_url=server.url, trust_env=False, timeout=60))
            for _ in range(IN_FLIGHT)
        ]
        threads = [threading.Thread(target=one_phone, args=(client,)) for client in clients]
        began = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.perf_counter() - began
    for reply in replies:
        receipts = load_message(RecordsReply, reply).receipts
        if len(receipts) != BATCH or any(receipt.status != ACCEPTED for receipt in receipts):
            raise RuntimeError("a record was not accepted")
    return seconds


def _parts(server: Served, batches: Sequence[bytes]) -> dict[str, float]:
    """CPU seconds a record by part; what no part is charged with is HTTP and the event loop."""
    before = server.cpu()
    _send(server, batches)
    after = server.cpu()
    records = len(batches) * BATCH
    parts: dict[str, Any] = {
        part: (seconds - before["parts"].get(part, 0.0)) / records for part, seconds in after["parts"].items()
    }
    parts["HTTP"] = (after["process"] - before["process"]) / records - sum(parts.values())
    return dict(sorted(parts.items(), key=lambda part: -part[1]))
