"""The background loop: it comes back by itself, later and later, and at once when there is reason to."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from field_app.enrolment.enrol import request_enrolment
from field_app.storage.reference import held
from field_app.sync.keep_syncing import LAST_RETRY_SECONDS, keep_syncing, retry_seconds
from field_app.sync.status import sync_status
from field_app.visits.close_visit import close_visit
from sync_server.enrolment.confirm_enrolment import confirm_enrolment
from sync_server.enrolment.issue_code import issue_code
from sync_server.enrolment.pending import waiting_enrolments
from tests.sync.county import enrol, make_county, open_at, service_visit


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_retries_come_later_and_later_but_within_five_minutes(failures: int, fraction: float) -> None:
    seconds = retry_seconds(failures, lambda: fraction)
    assert 1 <= seconds <= LAST_RETRY_SECONDS
    assert seconds <= retry_seconds(failures + 1, lambda: fraction)


def test_two_phones_that_lost_the_server_together_do_not_come_back_together() -> None:
    assert retry_seconds(5, lambda: 0.0) < retry_seconds(5, lambda: 1.0)


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(20):
        while not await condition():  # noqa: ASYNC110 - what is waited for lies in a database
            await asyncio.sleep(0.01)


async def test_a_closed_visit_and_a_signal_that_is_back_are_synced_without_anybody(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    wire = county.wire()
    phone = await open_at(tmp_path / "phone", wire, county.clock)
    await enrol(county, phone)
    loop = asyncio.ensure_future(keep_syncing(phone, lambda: 0.0))

    async def is_offline() -> bool:
        return (await sync_status(phone)).last_error == "offline"

    async def is_complete() -> bool:
        status = await sync_status(phone)
        return status.is_complete and status.last_error == ""

    wire.signal = False
    visit = await service_visit(phone)
    await close_visit(phone, visit, why_no_legal_education="来不及")
    await until(is_offline)
    assert (await sync_status(phone)).records_receipted == 0

    wire.signal = True
    phone.notices.wake()
    await until(is_complete)
    assert (await sync_status(phone)).records_receipted == 2
    loop.cancel()
    await asyncio.gather(loop, return_exceptions=True)
    await phone.close()
    county.close()


async def test_a_phone_that_waits_for_the_clerk_is_enrolled_without_anybody(tmp_path: Path) -> None:

    county = make_county(tmp_path / "county")
    phone = await open_at(tmp_path / "phone", county.wire(), county.clock)
    loop = asyncio.ensure_future(keep_syncing(phone, lambda: 0.0))
    await request_enrolment(phone, issue_code(county.county, "office", "p1").typed.lower().replace("-", " "))
    (waiting,) = waiting_enrolments(county.county)
    confirm_enrolment(county.county, "office", waiting.id)

    async def has_data() -> bool:
        return await phone.database.read(held) is not None

    await until(has_data)
    loop.cancel()
    await asyncio.gather(loop, return_exceptions=True)
    await phone.close()
    county.close()


async def test_a_database_that_does_not_answer_for_a_while_does_not_end_the_loop(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    wire = county.wire()
    phone = await open_at(tmp_path / "phone", wire, county.clock)
    await enrol(county, phone)
    await service_visit(phone)
    sealed = await phone.database.read(lambda rows: rows.execute(_ENROLMENT).fetchone()[0])
    await phone.database.write(lambda rows: rows.execute(_SET_ENROLMENT, (b"",)))
    loop = asyncio.ensure_future(keep_syncing(phone, lambda: 0.0))

    async def has_tried() -> bool:
        return (
            await phone.database.read(lambda rows: (rows.get_meta("last_run") or {}).get("error")) == "storage_broken"
        )

    async def is_complete() -> bool:
        return (await sync_status(phone)).is_complete

    await until(has_tried)
    await phone.database.write(lambda rows: rows.execute(_SET_ENROLMENT, (sealed,)))
    phone.notices.wake()
    await until(is_complete)
    loop.cancel()
    await asyncio.gather(loop, return_exceptions=True)
    await phone.close()
    county.close()


_ENROLMENT = "SELECT sealed FROM meta WHERE key = 'enrolment'"
_SET_ENROLMENT = "UPDATE meta SET sealed = ? WHERE key = 'enrolment'"
