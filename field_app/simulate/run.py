"""Many phones at one server, over a bad network, killed now and then; and the reckoning from the server's log."""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from field_app.device.http_transport import HttpTransport
from field_app.simulate.faults import KILL
from field_app.simulate.worker import Task
from field_app.sync.asking import ask
from shared_models.errors import ZhuqiError

WORKERS = 4
KILLS_A_WORKER = 3
_LIFE_SECONDS = (0.8, 4.0)
_JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True, slots=True)
class Simulation:
    server: str
    phones: int
    visits: int
    seed: int
    faults: tuple[str, ...]
    codes: tuple[str, ...]
    """One a phone; none where a demo server gives them."""
    folder: Path
    timeout_seconds: float


@dataclass(frozen=True, slots=True)
class Reckoning:
    """`sent`: records written by the phones. `lost`: of these not in the log. `doubled`: in it more than once."""

    sent: int
    receipted: int
    lost: int
    doubled: int
    seconds: float
    phones: int
    visits: int
    photos: int
    photos_confirmed: int
    kills: int
    faults: dict[str, int]
    checked_against: str

    @property
    def is_whole(self) -> bool:
        return self.lost == self.doubled == 0 and (self.sent, self.photos) == (self.receipted, self.photos_confirmed)


async def run(simulation: Simulation, say: Callable[[str], None]) -> Reckoning:
    """Raises ServerRefusedError where the server gives no codes, TimeoutError where the phones never end."""
    started = time.monotonic()
    is_demo = not simulation.codes
    api = HttpTransport(simulation.server)
    try:
        codes = simulation.codes or await _demo_codes(api, simulation.phones)
        tasks = _tasks(simulation, codes, is_demo=is_demo)
        async with asyncio.timeout(simulation.timeout_seconds):
            results = await asyncio.gather(*(_live(simulation, task, i, say) for i, task in enumerate(tasks)))
        phones = [phone for result, _ in results for phone in result["phones"]]
        logged = await _log_ids(api, phones) if is_demo else None
    finally:
        await api.close()
    met: Counter[str] = Counter()
    for result, _ in results:
        met.update(result["met"])
    kills = sum(killed for _, killed in results)
    return _reckon(phones, logged, seconds=time.monotonic() - started, kills=kills, met=met)


async def _demo_codes(api: HttpTransport, count: int) -> tuple[str, ...]:
    return tuple([await _demo_code(api) for _ in range(count)])


async def _demo_code(api: HttpTransport) -> str:
    answer = json.loads(await ask(api, "POST", "/api/demo/enrolment-code", b"{}", _JSON))
    return str(answer["code"])


def _tasks(simulation: Simulation, codes: tuple[str, ...], *, is_demo: bool) -> list[Task]:
    folders = tuple(str(simulation.folder / f"phone-{i + 1}") for i in range(simulation.phones))
    workers = min(WORKERS, simulation.phones)
    return [
        Task(
            server=simulation.server,
            folders=folders[i::workers],
            codes=codes[i : simulation.phones : workers],
            visits=simulation.visits,
            seed=simulation.seed,
            life=0,
            faults=tuple(fault for fault in simulation.faults if fault != KILL),
            is_demo=is_demo,
        )
        for i in range(workers)
    ]


async def _live(simulation: Simulation, task: Task, number: int, say: Callable[[str], None]) -> tuple[Any, int]:
    """Start the worker, kill it a few times in the middle of its work, and let its last life come to an end."""
    pick = random.Random(f"{simulation.seed}/worker-{number}")  # noqa: S311 - when it dies is part of the seed
    file = simulation.folder / f"worker-{number}.json"
    kills_left = KILLS_A_WORKER if KILL in simulation.faults else 0
    killed = life = 0
    while True:
        plain = asdict(task) | {"life": life}
        await asyncio.to_thread(file.write_text, json.dumps(plain), "utf-8")
        process = await asyncio.create_subprocess_exec(sys.executable, "-m", "field_app.simulate.worker", str(file))
        try:
            if kills_left:
                with suppress(TimeoutError):
                    await asyncio.wait_for(process.wait(), pick.uniform(*_LIFE_SECONDS))
            else:
                await process.wait()
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode == 0:
            say(f"worker {number}: {len(task.folders)} phones done, killed {killed} times")
            return json.loads(await asyncio.to_thread(file.with_suffix(".done").read_text, "utf-8")), killed
        if not kills_left:
            raise RuntimeError(f"worker {number} ended with {process.returncode}")
        killed, kills_left, life = killed + 1, kills_left - 1, life + 1


async def _log_ids(api: HttpTransport, phones: list[dict[str, Any]]) -> dict[str, list[str]]:
    """What the log itself holds of each phone, by its kid."""
    found = {}
    for phone in phones:
        answer = await ask(api, "GET", f"/api/demo/log-ids?author={phone['kid']}")
        try:
            found[phone["kid"]] = list(json.loads(answer)["ids"])
        except (ValueError, KeyError, TypeError) as err:
            raise ZhuqiError from err
    return found


def _reckon(
    phones: list[dict[str, Any]],
    logged: dict[str, list[str]] | None,
    *,
    seconds: float,
    kills: int,
    met: Counter[str],
) -> Reckoning:
    written = [record for phone in phones for record in phone["ids"]]
    if logged is None:
        indexes = [index for phone in phones for index in phone["indexes"]]
        lost, doubled = len(written) - len(indexes), len(indexes) - len(set(indexes))
    else:
        held = Counter(record for ids in logged.values() for record in ids)
        lost = sum(record not in held for record in written)
        doubled = sum(held.values()) - len(held) + len(set(held) - set(written))
    return Reckoning(
        sent=len(written),
        receipted=sum(phone["records_receipted"] for phone in phones),
        lost=lost,
        doubled=doubled,
        seconds=round(seconds, 1),
        phones=len(phones),
        visits=sum(phone["visits_closed"] for phone in phones),
        photos=sum(phone["photos_total"] for phone in phones),
        photos_confirmed=sum(phone["photos_confirmed"] for phone in phones),
        kills=kills,
        faults=dict(sorted(met.items())),
        checked_against="receipts" if logged is None else "log",
    )
