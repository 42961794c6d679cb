"""A process with some simulated phones. It is killed without warning, and started again on the same folders."""

from __future__ import annotations

import asyncio
import json
import random
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from field_app.clock import SystemClock
from field_app.device.folder import Folder
from field_app.device.http_transport import HttpTransport
from field_app.device.key_file import KeyFile
from field_app.phone import open_phone
from field_app.ports import Transport
from field_app.simulate.faults import FaultyTransport
from field_app.simulate.work import Confirm, Done, do_visits
from field_app.sync.asking import ask
from shared_models.shape import from_plain


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker reads from its file. `life` counts how often it was started, so that each meets other faults."""

    server: str
    folders: tuple[str, ...]
    codes: tuple[str, ...]
    visits: int
    seed: int
    life: int
    faults: tuple[str, ...]
    is_demo: bool


async def work(task: Task) -> dict[str, Any]:
    plain = HttpTransport(task.server)
    met: Counter[str] = Counter()

    async def confirm(enrolment: str) -> None:
        if task.is_demo:
            await ask(plain, "POST", "/api/demo/confirm", json.dumps({"id": enrolment}).encode(), _JSON)

    try:
        async with asyncio.TaskGroup() as group:
            jobs = [group.create_task(_one_phone(task, number, met, confirm)) for number in range(len(task.folders))]
    finally:
        await plain.close()
    return {"phones": [asdict(job.result()) for job in jobs], "met": met}


async def _one_phone(task: Task, number: int, met: Counter[str], confirm: Confirm) -> Done:
    folder = Path(task.folders[number])
    pick = random.Random(f"{task.seed}/{folder.name}/{task.life}")  # noqa: S311 - a network's mood, not a secret
    phone = await open_phone(
        Folder(folder),
        clock=SystemClock(),
        transport_factory=_faulty(task, pick, met),
        keystore=KeyFile(folder),
    )
    try:
        return await do_visits(phone, code=task.codes[number], visits=task.visits, pick=pick, confirm=confirm)
    finally:
        await phone.close()


def _faulty(task: Task, pick: random.Random, met: Counter[str]) -> Callable[[str], Transport]:
    return lambda _host: FaultyTransport(HttpTransport(task.server), pick, task.faults, met=met)


_JSON = {"Content-Type": "application/json"}


def main(task_file: Path) -> None:
    task = from_plain(Task, json.loads(task_file.read_text("utf-8")))
    done = asyncio.run(work(task))
    half = task_file.with_suffix(".half")
    half.write_text(json.dumps(done), "utf-8")
    half.replace(task_file.with_suffix(".done"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
