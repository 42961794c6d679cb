"""The twin of `field_app.simulate.worker`: one simulated phone on the browser's storage, keys and fetch."""

from __future__ import annotations

import asyncio
import json
import random
import traceback
from collections import Counter
from dataclasses import asdict
from typing import Any

from field_app.browser.bridge import origin
from field_app.browser.web_devices import FetchTransport, scrypt
from field_app.browser.web_keys import WebKeys
from field_app.browser.web_place import WebPlace
from field_app.clock import SystemClock
from field_app.phone import Phone, open_phone
from field_app.ports import Transport
from field_app.simulate.faults import FaultyTransport
from field_app.simulate.work import do_visits
from field_app.storage.records import count_states
from field_app.sync.asking import ask

_run: dict[str, Any] = {}


async def begin(code: str, visits: int, seed: str) -> int:
    """Goes on from wherever the phone is; the number of records that it holds."""
    pick = random.Random(seed)
    met: Counter[str] = Counter()
    plain = FetchTransport(origin())

    def faulty(_host: str) -> Transport:
        return FaultyTransport(FetchTransport(origin()), pick, met=met)

    async def confirm(enrolment: str) -> None:
        body = json.dumps({"id": enrolment}).encode()
        await ask(plain, "POST", "/api/demo/confirm", body, {"Content-Type": "application/json"})

    keys = WebKeys()
    phone = await open_phone(
        WebPlace(keys), clock=SystemClock(), transport_factory=faulty, keystore=keys, stretch_pin=scrypt
    )
    work = do_visits(phone, code=code, visits=visits, pick=pick, confirm=confirm)
    _run.update(task=asyncio.ensure_future(work), met=met, phone=phone)
    return await held()


async def held() -> int:
    phone: Phone = _run["phone"]
    return sum((await phone.database.read(count_states)).values())


async def state() -> dict[str, Any] | None:
    """Null while it works; then what the phone believes, and the faults that this life met."""
    task: asyncio.Task[Any] = _run["task"]
    if not task.done():
        return None
    if (err := task.exception()) is not None:
        raise RuntimeError("".join(traceback.format_exception(err)))
    return {**asdict(task.result()), "met": dict(_run["met"])}


async def met() -> dict[str, int]:
    return dict(_run["met"])
