"""The enterprise shows that it is put right, with photos on the copy's page, so that nobody need come."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from shared_models.corrections import MAX_SHOWN_NOTE, MAX_SHOWN_PHOTOS, CorrectionShown
from sync_server.county import County
from sync_server.errors import InvalidError, WrongStateError
from sync_server.letters.find_matter import Matter, find_matter
from sync_server.letters.matter_states import MAY_SHOW
from sync_server.log.writing import writing
from sync_server.portal.keep_public_photo import keep_public_photo
from sync_server.storage.engine import reading
from sync_server.storage.tables import log_entries, mentions

PUBLIC = "public"
MOST_TIMES = 10
"""How often one letter may be shown for: whoever holds the copy chooses what is kept."""


def show_correction(county: County, record: bytes, photos: Sequence[bytes], note: str) -> None:
    """Nobody logs in: whoever holds the copy shows.

    Raises NotFoundError before the letter has arrived, WrongStateError where the matter is over, InvalidError for no or
    too many photos, or a note that is too long, PhotoRefusedError for what is no picture.
    """
    if not photos:
        raise InvalidError("photos", "is_missing")
    if len(photos) > MAX_SHOWN_PHOTOS:
        raise InvalidError("photos", "too_many")
    if len(note) > MAX_SHOWN_NOTE or "\x00" in note:
        raise InvalidError("note", "too_long")
    with reading(county.engine) as connection:
        _check(connection, record)  # before anything of a stranger's is kept
    kept = tuple(dict.fromkeys(keep_public_photo(county, photo) for photo in photos))
    with writing(county) as tx:
        matter = _check(tx.connection, record)
        tx.append_act(PUBLIC, CorrectionShown(record, kept, note.strip()), visit=matter.visit)


def _check(connection: Connection, record: bytes) -> Matter:
    matter = find_matter(connection, record)
    if matter.state not in MAY_SHOW or matter.letter is None:
        raise WrongStateError("letter", record.hex(), matter.state.value)
    query = (
        select(func.count())
        .select_from(mentions)
        .join(log_entries, log_entries.c.index == mentions.c.index)
        .where(mentions.c.record == record, log_entries.c.kind == "correction_shown")
    )
    if connection.execute(query).scalar_one() >= MOST_TIMES:
        raise WrongStateError("letter", record.hex(), "shown_often")
    return matter
