"""The enterprise's word on the letter whose copy it keeps: confirmed, or contested, which stays."""

from __future__ import annotations

from shared_models.acts import LetterAnswered
from shared_models.calendar import day_of
from sync_server.county import County
from sync_server.errors import InvalidError, NotFoundError, WrongStateError
from sync_server.letters.read_letter import FoundLetter, find_letter
from sync_server.log.writing import writing

PUBLIC = "public"
MAX_NOTE = 500


def answer_letter(county: County, record_id: bytes, *, confirmed: bool, note: str = "") -> FoundLetter:
    """Nobody logs in: whoever holds the copy answers.

    Confirmed may still become contested within the days, contested nothing else. Raises NotFoundError before the letter
    has arrived, WrongStateError where it was answered or the days are over, InvalidError for a note that is too long or
    a contest without any.
    """
    if len(note) > MAX_NOTE or "\x00" in note:
        raise InvalidError("note", "too_long")
    if not confirmed and not note.strip():
        raise InvalidError("note", "is_missing")
    with writing(county) as tx:
        found = find_letter(tx.connection, record_id)
        if found is None:
            raise NotFoundError("letter", record_id.hex())
        today = day_of(tx.now)
        if not (found.may_confirm(today) if confirmed else found.may_answer(today)):
            raise WrongStateError("letter", record_id.hex(), found.state.value)
        tx.append_act(PUBLIC, LetterAnswered(record_id, confirmed, note.strip()), visit=found.record.visit)
        tx.views.facts.flush()
        answered = find_letter(tx.connection, record_id)
        if answered is None:
            raise NotFoundError("letter", record_id.hex())
        return answered
