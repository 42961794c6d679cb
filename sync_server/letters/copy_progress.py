"""How far the promise has come, as whoever holds the letter's copy is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from shared_models.corrections import CorrectionAnswered, CorrectionShown, CorrectionWord, ObjectionAnswered
from sync_server.errors import NotFoundError
from sync_server.letters.find_matter import find_matter
from sync_server.letters.matter_states import MAY_SHOW, MatterState
from sync_server.letters.read_matter import said_of
from sync_server.letters.show_correction import MOST_TIMES


@dataclass(frozen=True, slots=True)
class CopyProgress:
    """`comment` is the department's last word on what was shown, `objection` its word on what was contested."""

    state: MatterState
    due: date
    shown_at: int | None
    photos: int
    comment: str
    may_show: bool
    is_overdue: bool
    objection: ObjectionAnswered | None


def copy_progress(connection: Connection, record: bytes, today: date) -> CopyProgress | None:
    try:
        matter = find_matter(connection, record)
    except NotFoundError:
        return None
    acts = [one.act for one in said_of(connection, matter)]
    shown = [one for one in acts if isinstance(one, CorrectionShown)]
    answers = [one for one in acts if isinstance(one, CorrectionAnswered) and one.word is not CorrectionWord.ON_SITE]
    return CopyProgress(
        state=matter.state,
        due=matter.due,
        shown_at=matter.shown_at,
        photos=len({photo for one in shown for photo in one.photos}),
        comment=answers[-1].comment if answers and matter.state is not MatterState.SHOWN else "",
        may_show=matter.state in MAY_SHOW and len(shown) < MOST_TIMES,
        is_overdue=matter.is_overdue(today),
        objection=next((one for one in acts if isinstance(one, ObjectionAnswered)), None),
    )
