"""The phone as it is, without screens: its storage, its use cases, enrolled at a server over HTTP."""

from __future__ import annotations

from pathlib import Path

from benchmarks.county import CLERK, Town
from field_app.clock import FixedClock
from field_app.device.folder import Folder
from field_app.device.http_transport import HttpTransport
from field_app.device.key_file import KeyFile
from field_app.enrolment.enrol import check_enrolment, request_enrolment
from field_app.phone import Phone, open_phone
from sync_server.enrolment.confirm_enrolment import confirm_enrolment
from sync_server.enrolment.issue_code import issue_code
from sync_server.enrolment.pending import waiting_enrolments


async def enrolled_phone(folder: Path, town: Town, url: str, officer: str) -> Phone:
    """Enrolled, with no reference data yet. Its clock stands where the town's stands."""
    phone = await open_phone(
        Folder(folder),
        clock=FixedClock(town.now),
        transport_factory=lambda _host: HttpTransport(url),
        keystore=KeyFile(folder),
    )
    county = town.open()
    try:
        code = issue_code(county, CLERK, officer)
        standing = await request_enrolment(phone, code.text)
        waiting = next(one for one in waiting_enrolments(county) if one.words == standing.words)
        confirm_enrolment(county, CLERK, waiting.id, keep_others=True)
        await check_enrolment(phone)
    finally:
        county.engine.dispose()
    return phone
