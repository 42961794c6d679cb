"""What comes of a visit's records: who joined, what the approver and the enterprise answered, how a promise ended.

Kept as facts, so that phones hear of it with their reference data.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, insert

from shared_models.acts import ExceptionAnswered, LetterAnswered
from shared_models.corrections import (
    CorrectionAnswered,
    CorrectionWord,
    ObjectionAnswered,
    ObjectionWord,
    PromiseBroken,
)
from shared_models.county import Answer, AnswerAbout, PhoneTrust
from shared_models.people import Person
from shared_models.visit import Joined
from sync_server.calendar.published import published_policy
from sync_server.log.entries import NAME_LENGTH, Entry, column_text, fact_from
from sync_server.storage.facts import FactsWriter
from sync_server.storage.tables import mentions
from sync_server.visits.views import VisitsWriter

CONTESTED, CONFIRMED, DENIED, BROKEN = "contested", "confirmed", "denied", "broken"
_MINUTE_MS = 60_000


class SequelsWriter:
    """After `VisitsWriter`, which must have taken the same entry."""

    def __init__(self, connection: Connection, facts: FactsWriter, visits: VisitsWriter) -> None:
        self._connection = connection
        self._facts = facts
        self._visits = visits
        self._fresh: list[dict[str, object]] = []

    def apply(self, entry: Entry) -> None:
        """An accepted record of a phone."""
        if isinstance(entry.body, Joined):
            self._fresh.append({"index": entry.index, "record": entry.body.opening})
            self._join(entry, entry.body)

    def apply_act(self, entry: Entry, act: object) -> None:
        if isinstance(act, ExceptionAnswered):
            state = CONFIRMED if act.confirmed else DENIED
            answer = Answer(act.opening, AnswerAbout.EXCEPTION, state, entry.body.account, act.reason)
            self._keep(entry, act.opening.hex(), answer, self._row_of(entry))
        elif isinstance(act, LetterAnswered):
            before = self._facts.get("answer", act.letter.hex())
            # what was contested stays so until the office has looked at it, whoever confirms it later
            if before is None or before.load(Answer).state != CONTESTED:
                state = CONFIRMED if act.confirmed else CONTESTED
                answer = Answer(act.letter, AnswerAbout.LETTER, state, note=act.note)
                self._keep(entry, act.letter.hex(), answer, self._row_of(entry))
        elif isinstance(act, CorrectionAnswered) and act.word is not CorrectionWord.ON_SITE:
            self._promise(entry, act.about, act.word.value, act.comment)
        elif isinstance(act, ObjectionAnswered) and act.word is ObjectionWord.UNFOUNDED:
            self._promise(entry, act.letter, act.word.value, act.comment)
        elif isinstance(act, PromiseBroken):
            self._promise(entry, act.about, BROKEN, act.reason)

    def flush(self) -> None:
        if self._fresh:
            self._connection.execute(insert(mentions), self._fresh)
            self._fresh = []

    def _join(self, entry: Entry, body: Joined) -> None:
        trust = self._facts.get("phone", entry.record.author.hex())
        officer = column_text(trust.load(PhoneTrust).officer, NAME_LENGTH) if trust else ""
        key = f"{body.opening.hex()}/{officer}"
        if not officer or self._facts.get("answer", key) is not None:
            return  # only the first word of a person counts: joining once more changes nothing
        row = self._visits.row_of_record(body.opening)
        state = "joined_late" if row is not None and is_late(self._facts, entry.record.at, row["at"]) else "joined"
        answer = Answer(body.opening, AnswerAbout.JOINED, state, officer)
        self._keep(entry, key, answer, row or {"officer": officer, "uscc": ""})

    def _promise(self, entry: Entry, about: bytes, state: str, note: str) -> None:
        answer = Answer(about, AnswerAbout.PROMISE, state, entry.body.account, note)
        self._keep(entry, f"{about.hex()}/promise", answer, self._row_of(entry))

    def _keep(self, entry: Entry, key: str, answer: Answer, row: dict[str, Any] | None) -> None:
        """For the department of the officer whose visit it is; where that is not known yet, of who answers."""
        person = self._facts.get("person", row["officer"]) if row and row["officer"] else None
        department = person.load(Person).department if person else ""
        uscc = row["uscc"] if row else ""
        self._facts.set(fact_from(entry, "answer", key, answer, department=department, uscc=uscc))

    def _row_of(self, entry: Entry) -> dict[str, Any] | None:
        return self._visits.row_of(entry.record.visit) if entry.record.visit else None


def is_late(facts: FactsWriter, joined_at: int, opened_at: int) -> bool:
    return joined_at > opened_at + published_policy(facts).join_late_minutes * _MINUTE_MS
