"""What one simulated phone does: it enrols, makes its visits, and syncs until all is receipted. It may die anywhere."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

from field_app.enrolment.enrol import check_enrolment, request_enrolment
from field_app.enrolment.state import EnrolmentState, read_enrolment, read_standing
from field_app.gate.find_enterprise import find_enterprise
from field_app.gate.judge import VerdictChangedError, judge
from field_app.gate.propose import propose
from field_app.phone import Phone
from field_app.storage import blobs, records
from field_app.storage.database import Rows
from field_app.sync.run_sync import run_sync
from field_app.sync.status import sync_status
from field_app.visits.close_visit import close_visit
from field_app.visits.open_visit import open_visit
from field_app.visits.read_visit import list_visits, read_visit
from field_app.visits.visit_page import VisitSummary
from field_app.visits.write_in_visit import add_photo, teach_law, write_guidance
from shared_models.errors import ZhuqiError
from shared_models.facts import Ground
from shared_models.filing import Purpose
from shared_models.visit import GroundGiven, Identified

PHOTO_BYTES = 4_000
_PAUSE_SECONDS = 0.05
_REFUSED_AGAIN = 5
_ANY_ENTERPRISE = "91350100M000100Y43"
Confirm = Callable[[str], Awaitable[None]]
"""Lets the county confirm the enrolment of this id; a real clerk does it by hand."""


@dataclass(frozen=True, slots=True)
class Done:
    """What one phone believes at the end; ids are hexadecimal, indexes those of its receipts."""

    kid: str
    ids: tuple[str, ...]
    indexes: tuple[int, ...]
    records_receipted: int
    photos_total: int
    photos_confirmed: int
    visits_closed: int


async def do_visits(phone: Phone, *, code: str, visits: int, pick: random.Random, confirm: Confirm) -> Done:
    """Goes on from wherever the phone's folder says that it was."""
    await _enrol(phone, code, confirm)
    await _until(phone, _has_reference)
    while True:
        made = await list_visits(phone, visits + 1)
        open_now = next((visit for visit in made if visit.in_progress), None)
        if open_now is None and len(made) >= visits:
            break
        await _one_visit(phone, open_now, pick)
        if pick.random() < 0.5:  # noqa: PLR2004 - a signal at every second gate
            await run_sync(phone)
    await _until(phone, _is_complete)
    return await _done(phone)


async def _enrol(phone: Phone, code: str, confirm: Confirm) -> None:
    while (standing := await read_standing(phone)).state is not EnrolmentState.ENROLLED:
        try:
            if standing.state is EnrolmentState.NONE:
                await request_enrolment(phone, code)
            await confirm((await phone.database.read(read_enrolment)).id)
            await check_enrolment(phone)
        except ZhuqiError:
            await asyncio.sleep(_PAUSE_SECONDS)


async def _until(phone: Phone, is_so: Callable[[Phone], Awaitable[bool]]) -> None:
    attempt = 0
    while not await is_so(phone):
        attempt += 1
        await run_sync(phone, again=attempt % _REFUSED_AGAIN == 0)
        await asyncio.sleep(_PAUSE_SECONDS)


async def _has_reference(phone: Phone) -> bool:
    return bool(await phone.database.read(lambda rows: rows.get_meta("held")))


async def _is_complete(phone: Phone) -> bool:
    return (await sync_status(phone)).is_complete


async def _one_visit(phone: Phone, begun: VisitSummary | None, pick: random.Random) -> None:
    visit = begun.visit if begun else await _enter(phone, pick)
    written = {entry.kind for entry in (await read_visit(phone, visit)).entries}
    if "guidance_given" not in written:
        await write_guidance(phone, visit, f"请补齐进货台账,第{pick.randrange(100)}号样品留样")
    if "law_taught" not in written:
        await teach_law(phone, visit, "生产经营单位应当建立健全并落实全员安全生产责任制", provision="安全生产法 22")
    if "photo_taken" not in written:
        await add_photo(phone, visit, b"\xff\xd8" + pick.randbytes(PHOTO_BYTES), width=1600, height=1200)
    await close_visit(phone, visit)


async def _enter(phone: Phone, pick: random.Random) -> bytes:
    known = await phone.database.read(_some_enterprises)
    found = await find_enterprise(phone, pick.choice(known), Identified.CAMERA)
    proposal = replace(
        await propose(phone, found), purpose=Purpose.SERVICE, ground=GroundGiven(Ground.LIAISON), assistants=0
    )
    judgement = await judge(phone, proposal)
    while True:
        try:
            written = await open_visit(phone, proposal, judgement)
        except VerdictChangedError as err:
            judgement = err.judgement
        else:
            return written.visit or b""


def _some_enterprises(rows: Rows) -> list[str]:
    found: list[Any] = rows.execute("SELECT uscc FROM enterprises ORDER BY uscc LIMIT 200").fetchall()
    return [row[0] for row in found] or [_ANY_ENTERPRISE]


async def _done(phone: Phone) -> Done:
    def read(rows: Rows) -> Done:
        kept = tuple(records.all_records(rows))
        photos = blobs.count_blobs(rows)
        return Done(
            kid=phone.signer.kid.hex(),
            ids=tuple(one.id.hex() for one in kept),
            indexes=tuple(one.receipt_index for one in kept if one.receipt_index is not None),
            records_receipted=sum(one.state == records.RECEIPTED for one in kept),
            photos_total=sum(photos.values()),
            photos_confirmed=photos.get(blobs.CONFIRMED, 0),
            visits_closed=sum(one.record.kind == "visit_closed" for one in kept),
        )

    return await phone.database.read(read)
