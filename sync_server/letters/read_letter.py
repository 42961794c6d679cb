"""A letter as the log holds it, found by the id on its copy, and what the enterprise has said to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import Connection, select

from shared_models.calendar import day_of
from shared_models.commitment import Commitment, LetterRefused, LetterSigned
from shared_models.county import Answer
from shared_models.errors import ZhuqiError
from shared_models.kinds import body_of
from shared_models.log import ACCEPTED
from shared_models.record import Record, peek
from sync_server.calendar.published import published_policy
from sync_server.clock import instant_of
from sync_server.storage.facts import FactsWriter, current_facts
from sync_server.storage.tables import log_entries


class LetterState(StrEnum):
    UNANSWERED = "unanswered"
    CONFIRMED = "confirmed"
    CONTESTED = "contested"


@dataclass(frozen=True, slots=True)
class FoundLetter:
    """`answerable_until` is the last day on which the enterprise may confirm or contest."""

    record_id: bytes
    record: Record
    index: int
    received_at: int
    body: LetterSigned | LetterRefused
    state: LetterState
    note: str
    answerable_until: date

    @property
    def letter(self) -> Commitment:
        return self.body.letter

    def may_answer(self, today: date) -> bool:
        return today <= self.answerable_until and self.state is not LetterState.CONTESTED

    def may_confirm(self, today: date) -> bool:
        return self.may_answer(today) and self.state is LetterState.UNANSWERED


def find_letter(connection: Connection, record_id: bytes) -> FoundLetter | None:
    query = select(log_entries).where(log_entries.c.record_id == record_id, log_entries.c.status == ACCEPTED)
    row = connection.execute(query).one_or_none()
    if row is None or row.kind not in ("letter_signed", "letter_refused"):
        return None
    try:
        record = peek(bytes(row.envelope))
        body = body_of(record)
    except ZhuqiError:
        return None
    answer = current_facts(connection, "answer", [record_id.hex()]).get(record_id.hex())
    said = answer.load(Answer) if answer else None
    published = published_policy(FactsWriter(connection))
    return FoundLetter(
        record_id=record_id,
        record=record,
        index=row[0],  # the first column; a row's own `index` is a method
        received_at=row.received_at,
        body=body,
        state=LetterState(said.state) if said else LetterState.UNANSWERED,
        note=said.note if said else "",
        answerable_until=day_of(instant_of(row.received_at)) + timedelta(days=published.confirm_days),
    )
