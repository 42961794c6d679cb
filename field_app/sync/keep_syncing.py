"""The phone syncs by itself: at the start, when a visit was closed, when the signal is back, and now and then."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import NoReturn

from field_app.enrolment.state import EnrolmentState, read_enrolment
from field_app.phone import Phone
from field_app.sync.run_sync import SyncReport, run_sync
from shared_models.errors import ZhuqiError

IDLE_SECONDS = 600.0
WAITING_SECONDS = 3.0
FIRST_RETRY_SECONDS = 2.0
LAST_RETRY_SECONDS = 300.0
_log = logging.getLogger(__name__)

Fraction = Callable[[], float]
"""A random number from 0 to 1, so that phones which lost the server together do not come back together."""


async def keep_syncing(phone: Phone, random: Fraction) -> NoReturn:
    """Until cancelled. `phone.notices.wake()` lets it run at once."""
    failures, is_calm = 0, True
    while True:
        report = await _run_guarded(phone, again=is_calm)
        failures = 0 if report is not None and not report.errors else failures + 1
        is_woken = await phone.notices.work(await _pause(phone, failures, random))
        if is_woken:
            failures = 0
        is_calm = not is_woken and not failures  # what was refused is tried again now and then, never in a hurry


def retry_seconds(failures: int, random: Fraction) -> float:
    """Twice as long after each failure, up to five minutes, between half and the whole of it."""
    longest = min(LAST_RETRY_SECONDS, FIRST_RETRY_SECONDS * 2.0 ** min(failures - 1, 16))
    return longest * (0.5 + 0.5 * random())


async def _pause(phone: Phone, failures: int, random: Fraction) -> float:
    try:
        state = (await phone.database.read(read_enrolment)).state
    except ZhuqiError:
        return LAST_RETRY_SECONDS  # a disk that does not answer now may later
    if state is EnrolmentState.NONE:
        return IDLE_SECONDS
    if failures and not (state is EnrolmentState.WAITING and failures == 1):
        return retry_seconds(failures, random)
    return WAITING_SECONDS if state is EnrolmentState.WAITING else IDLE_SECONDS * (0.5 + 0.5 * random())


async def _run_guarded(phone: Phone, *, again: bool) -> SyncReport | None:
    """A fault of ours must not end the loop: nobody would notice that nothing is sent any more."""
    try:
        return await run_sync(phone, again=again)
    except Exception:  # noqa: BLE001 - whatever it is, the loop goes on
        _log.exception("sync run failed")
        return None
