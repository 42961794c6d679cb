"""The department's word on a contested letter: the enterprise reads it on its copy. The objection itself stays."""

from __future__ import annotations

from datetime import date

from shared_models.calendar import day_of
from shared_models.corrections import ObjectionAnswered, ObjectionWord
from sync_server.calendar.published import published_policy
from sync_server.county import County
from sync_server.errors import InvalidError, WrongStateError
from sync_server.letters.answer_correction import latest_due
from sync_server.letters.find_matter import find_matter, is_a_case
from sync_server.log.writing import writing

MAX_COMMENT = 500


def answer_objection(
    county: County, account: str, record: bytes, word: ObjectionWord, *, comment: str, due: date | None = None
) -> None:
    """Raises NotFoundError, WrongStateError where nothing is contested (any more), InvalidError.

    A new day is given only where the objection is accepted and the promise still open. Whether a case's violation was
    one is found out in the case.
    """
    comment = comment.strip()
    if not comment:
        raise InvalidError("objection", "is_missing")
    if len(comment) > MAX_COMMENT or "\x00" in comment:
        raise InvalidError("objection", "too_long")
    with writing(county) as tx:
        matter = find_matter(tx.connection, record)
        if not matter.is_contested:
            raise WrongStateError("letter", record.hex(), matter.state.value)
        if word is ObjectionWord.UNFOUNDED and is_a_case(tx.connection, matter.finding_id):
            raise InvalidError("objection", "is_a_case")
        new_due = due if word is ObjectionWord.ACCEPTED and not matter.is_over else None
        today = day_of(tx.now)
        if new_due is not None and not today <= new_due <= latest_due(published_policy(tx.facts), today):
            raise InvalidError("objection_due", "out_of_range")
        tx.append_act(account, ObjectionAnswered(record, word, comment, new_due), visit=matter.visit)
