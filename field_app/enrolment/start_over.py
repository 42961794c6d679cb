"""A phone that is stopped, or whose credential is over, begins anew with another key.

What it held is put aside in its place, never deleted.
"""

from __future__ import annotations

from datetime import datetime

from field_app.enrolment.credential_end import is_over
from field_app.enrolment.state import EnrolmentState, read_enrolment, read_me
from field_app.errors import ExportFirstError, NotEnrolledError, UnsentError
from field_app.export.export_phone import is_exported
from field_app.phone import Phone
from field_app.storage.blobs import REFUSED, TOO_LATE, count_blobs, unconfirmed
from field_app.storage.database import Rows
from field_app.storage.records import waiting_ids


async def start_over(phone: Phone) -> str:
    """The name under which the old one lies now. The phone is closed; `open_phone` on the same place makes a new one.

    Raises UnsentError while records or photos wait, ExportFirstError while it holds refused ones that nobody has
    exported, and NotEnrolledError for a phone that may still write and be shown.
    """
    now = phone.clock.now()
    await phone.database.read(lambda rows: _check(rows, now))
    name = f"put-aside-{phone.signer.kid.hex()}"
    await phone.close()
    await phone.place.put_aside(name)
    return name


def _check(rows: Rows, now: datetime) -> None:
    if read_enrolment(rows).state is not EnrolmentState.STOPPED and not _is_over(rows, now):
        raise NotEnrolledError
    if waiting := len(waiting_ids(rows)) + len(unconfirmed(rows)):
        raise UnsentError(waiting)
    photos = count_blobs(rows)
    refused = len(waiting_ids(rows, also_refused=True)) + photos.get(REFUSED, 0) + photos.get(TOO_LATE, 0)
    if refused and not is_exported(rows):
        raise ExportFirstError(refused)


def _is_over(rows: Rows, now: datetime) -> bool:
    me = read_me(rows)
    return me is not None and is_over(me, now)
