"""What records and acts make of a matter: noted, promised, shown, answered, ended; and its follow-up visit."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update

from shared_models.acts import LetterAnswered
from shared_models.calendar import day_of
from shared_models.case_acts import CaseDecided, CaseOpened
from shared_models.commitment import Commitment, Finding, LetterRefused, LetterSigned
from shared_models.corrections import (
    CorrectionAnswered,
    CorrectionShown,
    CorrectionWord,
    FollowUpPlanned,
    ObjectionAnswered,
    ObjectionWord,
    PromiseBroken,
    SparingDecided,
)
from shared_models.filing import Purpose
from shared_models.visit import GateDecision
from sync_server.calendar.published import published_policy
from sync_server.clock import instant_of
from sync_server.letters.matter_states import OVER, DecisionState, First, FollowUp, MatterKind, MatterState
from sync_server.letters.register_offences import Found, OffencesWriter, is_first, months_looked_back
from sync_server.letters.tables import matters, offences
from sync_server.log.entries import NAME_LENGTH, USCC_LENGTH, Entry, column_text
from sync_server.storage.bulk import rows_of
from sync_server.storage.facts import FactsWriter
from sync_server.storage.tables import mentions
from sync_server.visits.views import VisitsWriter

_NUMBER_LENGTH, _CASE_LENGTH = 64, 32
_STATE_OF = {
    CorrectionWord.KEPT: MatterState.KEPT,
    CorrectionWord.NOT_YET: MatterState.BACK,
    CorrectionWord.ON_SITE: MatterState.ON_SITE,
}
Row = dict[str, Any]


class MattersWriter:
    """After `VisitsWriter`, which must have taken the same entry. Writes at once, as `OffencesWriter` does."""

    def __init__(self, connection: Connection, facts: FactsWriter, visits: VisitsWriter) -> None:
        self._connection = connection
        self._facts = facts
        self._visits = visits
        self.offences = OffencesWriter(connection, facts)

    def apply(self, entry: Entry) -> None:
        """An accepted record of a phone."""
        body = entry.body
        if isinstance(body, Finding | LetterSigned | LetterRefused) and self._is_disguised(entry):
            return
        if isinstance(body, Finding):
            self._note(entry, body)
        elif isinstance(body, LetterSigned | LetterRefused):
            self._promise(entry, body.letter)
        elif isinstance(body, GateDecision) and body.purpose is Purpose.SERVICE:
            self._visited(entry)

    def apply_act(self, entry: Entry, act: object) -> None:
        if isinstance(act, LetterAnswered) and not act.confirmed:
            self._set(act.letter, is_contested=True)
        elif isinstance(act, ObjectionAnswered):
            self._mention(entry, act.letter)
            self._answer_objection(entry, act)
        elif isinstance(act, CorrectionShown):
            self._mention(entry, act.about)
            self._set(act.about, state=MatterState.SHOWN, shown_at=entry.received_at)
        elif isinstance(act, CorrectionAnswered):
            self._mention(entry, act.about)
            self._answer(entry, act)
        elif isinstance(act, PromiseBroken):
            self._mention(entry, act.about)
            self._set(act.about, state=MatterState.BROKEN)
        elif isinstance(act, SparingDecided):
            self._mention(entry, act.letter)
            self._decide(act)
        elif isinstance(act, FollowUpPlanned):
            self._mention(entry, act.about)
            self._set(act.about, follow_up=FollowUp.PLANNED, follow_up_on=act.on.isoformat())
        elif isinstance(act, CaseOpened):
            self._open_case(act)
        elif isinstance(act, CaseDecided):
            self._close_case(entry, act)

    def _answer_objection(self, entry: Entry, act: ObjectionAnswered) -> None:
        values: Row = {} if act.due is None else {"due": act.due.isoformat()}
        self._set(act.letter, is_contested=False, **values)
        row = self._row(act.letter)
        if act.word is not ObjectionWord.UNFOUNDED or row is None:
            return
        rows = self._rows(matters.c.finding == row["finding"])
        if any(one["case_number"] for one in rows):
            return  # the case says whether it was one
        for one in rows:
            ended: Row = {"state": MatterState.UNFOUNDED}
            if one["decision"] == DecisionState.NEEDED:
                ended["decision"] = DecisionState.NONE
            if one["follow_up"] in _WAITING:
                ended |= {"follow_up": FollowUp.NONE, "follow_up_on": ""}
            self._set(one["record"], **ended)
        self._strike(entry, row)

    def _is_disguised(self, entry: Entry) -> bool:
        """On a survey or a service visit nothing becomes a finding (三.4), whatever an altered app writes."""
        row = self._visits.row_of(entry.record.visit) if entry.record.visit else None
        return row is not None and not Purpose(row["purpose"]).may_find

    def _note(self, entry: Entry, finding: Finding) -> None:
        day = day_of(instant_of(entry.record.at))
        row = self._visits.row_of(entry.record.visit) if entry.record.visit else None
        department = row["department"] if row else ""
        found = Found(entry.record_id, finding.enterprise, finding.field, day, entry.record.visit, department)
        promised = self._rows(matters.c.finding == entry.record_id)
        is_struck = any(letter["state"] == MatterState.UNFOUNDED for letter in promised)
        stands = self.offences.add(entry, found, is_struck=is_struck)
        field = column_text(finding.field.strip(), NAME_LENGTH)
        for letter in promised:  # the letter came before its finding
            self._set(letter["record"], field=field)
        if not promised:
            policy = published_policy(self._facts)
            self._insert(
                entry,
                kind=MatterKind.FINDING,
                finding=entry.record_id,
                uscc=column_text(finding.enterprise, USCC_LENGTH),
                department=department,
                field=field,
                due=(day + timedelta(days=policy.correction_days)).isoformat(),
            )
        if stands:
            self._compare(found.uscc, field)

    def _promise(self, entry: Entry, letter: Commitment) -> None:
        row = self._visits.row_of(entry.record.visit) if entry.record.visit else None
        noted = self._connection.execute(select(matters.c.field).where(matters.c.record == letter.finding))
        field = noted.scalar_one_or_none()
        # the letter takes the finding's place, unless the department has ended that already
        replaced = (matters.c.record == letter.finding, matters.c.is_over.is_(False))
        self._connection.execute(delete(matters).where(*replaced))
        if field is None:
            written = select(offences.c.field).where(offences.c.record == letter.finding)
            field = self._connection.execute(written).scalar_one_or_none() or ""
        needs = letter.outcome.needs
        uscc = column_text(letter.enterprise, USCC_LENGTH)
        self._insert(
            entry,
            kind=MatterKind.LETTER,
            finding=letter.finding,
            uscc=uscc,
            department=row["department"] if row else "",
            field=field,
            number=column_text(letter.number, _NUMBER_LENGTH),
            due=letter.due.isoformat(),
            decision=DecisionState.NEEDED if "department_decision" in needs else DecisionState.NONE,
        )
        self._compare(uscc, field)

    def _insert(self, entry: Entry, **values: Any) -> None:
        row = {
            "record": entry.record_id,
            "visit": entry.record.visit,
            "number": "",
            "found_on": day_of(instant_of(entry.record.at)).isoformat(),
            "state": MatterState.OPEN,
            "is_over": False,
            "is_waiting": True,
            "is_contested": False,
            "first": First.UNKNOWN,
            "decision": DecisionState.NONE,
            "shown_at": None,
            "follow_up": FollowUp.NONE,
            "follow_up_on": "",
            "case_number": "",
            **values,
        }
        self._connection.execute(insert(matters).values(row))

    def _compare(self, uscc: str, field: str) -> None:
        """Whether each letter of this field was about a first violation, now that another one is known."""
        if not field:
            return
        months = months_looked_back(self._facts)
        for row in self._rows(matters.c.uscc == uscc, matters.c.field == field):
            first = is_first(self._connection, row["finding"], months)
            self._set(row["record"], first=_FIRST[first])

    def _answer(self, entry: Entry, act: CorrectionAnswered) -> None:
        values: Row = {"state": _STATE_OF[act.word]}
        if act.due is not None:
            values["due"] = act.due.isoformat()
        row = self._row(act.about)
        if act.word is CorrectionWord.KEPT and row is not None and row["kind"] == MatterKind.LETTER:
            day = day_of(instant_of(entry.received_at)) + timedelta(days=published_policy(self._facts).follow_up_days)
            values |= {"follow_up": FollowUp.DUE, "follow_up_on": day.isoformat()}
        self._set(act.about, **values)

    def _decide(self, act: SparingDecided) -> None:
        if act.spared:
            self._set(act.letter, decision=DecisionState.SPARED)
        else:
            self._set(act.letter, decision=DecisionState.NOT_SPARED, state=MatterState.NOT_SPARED)

    def _visited(self, entry: Entry) -> None:
        """A service visit of the same department is the follow-up that was due."""
        row = self._visits.row_of(entry.record.visit) if entry.record.visit else None
        if row is None or row["record_id"] != entry.record_id or row["state"] == "refused":
            return
        for record, follow_up in rows_of(
            self._connection, _FOLLOWED_UP, uscc=row["uscc"], department=row["department"]
        ):
            if follow_up in _WAITING:
                self._set(record, follow_up=FollowUp.MADE, follow_up_on=day_of(instant_of(row["at"])).isoformat())

    def _open_case(self, act: CaseOpened) -> None:
        number = column_text(act.number, _CASE_LENGTH)
        for row in self._rows(or_(matters.c.record == act.record, matters.c.finding == act.record)):
            state = row["state"] if row["state"] in OVER else MatterState.CASE
            self._set(row["record"], case_number=number, state=state)

    def _close_case(self, entry: Entry, act: CaseDecided) -> None:
        """What the inquiry could not bear out is no violation that a later one could repeat (rules 5)."""
        for row in self._rows(matters.c.uscc == act.enterprise, matters.c.case_number == act.case):
            if act.decision.basis == _UNFOUNDED:
                self._strike(entry, row)

    def _strike(self, entry: Entry, row: Row) -> None:
        self.offences.strike(entry, row["finding"])
        self._compare(row["uscc"], row["field"])

    def _mention(self, entry: Entry, record: bytes) -> None:
        self._connection.execute(insert(mentions).values(index=entry.index, record=record))

    def _row(self, record: bytes) -> Row | None:
        return next(iter(self._rows(matters.c.record == record)), None)

    def _rows(self, *conditions: Any) -> list[Row]:
        rows = self._connection.execute(select(matters).where(*conditions).order_by(matters.c.record))
        return [dict(row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's public name

    def _set(self, record: bytes, **values: Any) -> None:
        row = self._row(record) if values.keys() & {"state", "decision"} else None
        if row is not None:
            state, decision = (values.get(name, row[name]) for name in ("state", "decision"))
            values["is_over"] = state in OVER
            # a kept promise still waits for the decision that 首违不罚 needs
            is_undecided = state == MatterState.KEPT and decision == DecisionState.NEEDED
            values["is_waiting"] = not values["is_over"] or is_undecided
        self._connection.execute(update(matters).where(matters.c.record == record).values(values))


_FIRST = {True: First.FIRST, False: First.NOT_FIRST, None: First.UNKNOWN}
_WAITING = (FollowUp.DUE, FollowUp.PLANNED)
_FOLLOWED_UP = (
    select(matters.c.record, matters.c.follow_up)
    .where(matters.c.uscc == bindparam("uscc"), matters.c.department == bindparam("department"))
    .order_by(matters.c.record)
)
_UNFOUNDED = "处罚法57.1(三)"
