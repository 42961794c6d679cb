"""A stopped phone begins anew with another key: what it held is put aside in its folder, never deleted."""

from __future__ import annotations

import asyncio
from pathlib import Path

from field_app.enrolment.state import EnrolmentState, read_enrolment
from field_app.errors import DiskFullError, NotEnrolledError, UnsentError
from field_app.phone import Phone
from field_app.storage.database import Rows
from field_app.storage.records import waiting_ids

_FILES = ("phone.sqlite", "phone.sqlite-wal", "phone.sqlite-shm", "phone.key")


async def start_over(phone: Phone) -> Path:
    """Where the old one lies now. The phone is closed; `open_phone` on the same place makes a new one.

    Raises UnsentError while records wait, and NotEnrolledError for a phone that is not stopped.
    """
    await phone.database.read(_check)
    name = f"put-aside-{phone.signer.kid.hex()}"
    await phone.close()
    return await asyncio.to_thread(_put_aside, phone.place.folder, name)


def _check(rows: Rows) -> None:
    if read_enrolment(rows).state is not EnrolmentState.STOPPED:
        raise NotEnrolledError
    waiting = len(waiting_ids(rows, also_refused=True))
    if waiting:
        raise UnsentError(waiting)


def _put_aside(folder: Path, name: str) -> Path:
    aside = folder / name
    try:
        aside.mkdir()
        for file in _FILES:  # the key last: with it gone the folder is a new phone's
            if (folder / file).exists():
                (folder / file).rename(aside / file)
    except OSError as err:
        raise DiskFullError from err
    return aside
