"""The officer's own portrait, once: it is shown beside the pass, where there may be no signal."""

from __future__ import annotations

import hashlib

from field_app.enrolment.state import read_me
from field_app.errors import AnswerUnreadableError
from field_app.phone import Phone
from field_app.storage.database import Rows
from field_app.storage.reference import read_item
from field_app.sync.asking import ask_signed
from shared_models.people import Person

_META = "portrait"


async def fetch_portrait(phone: Phone) -> None:
    """Nothing where the registry has none, or the phone holds it already. Raises what asking raises."""
    wanted = await phone.database.read(_missing)
    if wanted is None:
        return
    picture = await ask_signed(phone, "GET", f"/api/blobs/{wanted.hex()}")
    if hashlib.sha256(picture).digest() != wanted:
        raise AnswerUnreadableError
    await phone.database.write(lambda rows: rows.put_meta(_META, {"sha256": wanted, "picture": picture}))


def read_portrait(rows: Rows) -> bytes | None:
    kept = rows.get_meta(_META)
    return None if kept is None else bytes(kept["picture"])


def _missing(rows: Rows) -> bytes | None:
    me = read_me(rows)
    person: Person | None = None if me is None else read_item(rows, "person", me.officer)
    if person is None or person.portrait is None:
        return None
    kept = rows.get_meta(_META)
    return None if kept is not None and kept["sha256"] == person.portrait else person.portrait
