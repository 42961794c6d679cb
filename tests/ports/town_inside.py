"""What the browser's half of the benchmarks asks of the worker: a new phone in a large county, timed."""

from __future__ import annotations

import importlib
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from field_app.browser.bridge import origin
from field_app.browser.web_devices import FetchTransport, WebDecoder, scrypt
from field_app.browser.web_keys import WebKeys
from field_app.browser.web_place import WebPlace
from field_app.clock import SystemClock
from field_app.device.qr_picture import qr_picture
from field_app.enrolment.enrol import check_enrolment, request_enrolment
from field_app.enrolment.state import read_enrolment
from field_app.gate.find_enterprise import find_enterprise
from field_app.gate.judge import judge
from field_app.gate.propose import propose
from field_app.phone import Phone, open_phone
from field_app.storage.database import Rows
from field_app.sync.asking import ask
from field_app.sync.run_sync import run_sync
from field_app.visits.open_visit import open_visit
from field_app.visits.show_pass import show_pass
from field_app.visits.write_in_visit import write_guidance
from shared_models.facts import Ground
from shared_models.filing import Purpose
from shared_models.visit import GroundGiven, Identified

SCANS = 30


async def measure(code: str) -> dict[str, float]:
    """Milliseconds, the median where it is of many."""
    keys = WebKeys()
    phone = await open_phone(
        WebPlace(keys),
        clock=SystemClock(),
        transport_factory=lambda _host: FetchTransport(origin()),
        keystore=keys,
        stretch_pin=scrypt,
    )
    await _enrol(phone, code)
    found = {"first_sync": await _once(lambda: run_sync(phone))}
    found["pin"] = await _once(lambda: scrypt("135790", b"0123456789abcdef"))
    found |= await _scans(phone)
    found |= await _visit(phone)
    found["python_megabytes"] = importlib.import_module("pyodide_js")._module.HEAP8.length / 1e6
    await phone.close()
    return found


async def _enrol(phone: Phone, code: str) -> None:
    await request_enrolment(phone, code)
    waiting = json.dumps({"id": (await phone.database.read(read_enrolment)).id}).encode()
    await ask(FetchTransport(origin()), "POST", "/api/demo/confirm", waiting, {"Content-Type": "application/json"})
    await check_enrolment(phone)


async def _scans(phone: Phone) -> dict[str, float]:
    picture = (await FetchTransport(origin()).request("GET", "/samples/straight.jpg")).body
    decoder = WebDecoder()
    await decoder.decode(picture)  # loads it
    some = await phone.database.read(_some_enterprises)
    verdicts = [await _once(lambda uscc=uscc: _verdict(phone, uscc)) for uscc in some]
    decoding = [await _once(lambda: decoder.decode(picture)) for _ in range(SCANS)]
    return {"decode": _median(decoding), "code_to_verdict": _median(verdicts), "slowest_verdict": max(verdicts)}


async def _verdict(phone: Phone, uscc: str) -> None:
    await judge(phone, await propose(phone, await find_enterprise(phone, uscc, Identified.CAMERA)))


def _some_enterprises(rows: Rows) -> list[str]:
    found: list[Any] = rows.execute("SELECT uscc FROM enterprises ORDER BY folded LIMIT ?", (SCANS,)).fetchall()
    return [row[0] for row in found]


async def _visit(phone: Phone) -> dict[str, float]:
    (uscc, *_) = await phone.database.read(_some_enterprises)
    proposal = replace(
        await propose(phone, await find_enterprise(phone, uscc, Identified.CAMERA)),
        purpose=Purpose.SERVICE,
        ground=GroundGiven(Ground.LIAISON),
        assistants=0,
    )
    visit = (await open_visit(phone, proposal, await judge(phone, proposal))).visit or b""
    records = [await _once(lambda: write_guidance(phone, visit, "请补齐进货台账")) for _ in range(SCANS)]
    shown = await show_pass(phone, visit)
    passes = [await _once(lambda: show_pass(phone, visit)) for _ in range(SCANS)]

    async def draw() -> None:
        qr_picture(shown)

    pictures = [await _once(draw) for _ in range(5)]
    return {"record": _median(records), "pass": _median(passes), "pass_picture": _median(pictures)}


async def _once(work: Callable[[], Awaitable[object]]) -> float:
    started = time.perf_counter()
    await work()
    return (time.perf_counter() - started) * 1000


def _median(taken: list[float]) -> float:
    return sorted(taken)[len(taken) // 2]
