"""A promise that was not kept reopens the matter as a case, in one act of the department's head (rules 5)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from shared_models.calendar import day_of
from shared_models.case import CaseFacts, facts_of_broken_promise
from shared_models.case_acts import CaseGround
from shared_models.corrections import PromiseBroken, SparingDecided
from sync_server.cases.open_case import MAX_WHAT, NewCase, open_case
from sync_server.county import County
from sync_server.errors import InvalidError, WrongStateError
from sync_server.letters.find_matter import Matter, find_matter, officers_of
from sync_server.letters.matter_states import First
from sync_server.log.writing import Writing, writing

MAX_REASON = 500


@dataclass(frozen=True, slots=True)
class CaseWish:
    """What the head gives the case beyond what the letter says; blank or empty takes what is known."""

    reason: str
    field: str = ""
    handlers: tuple[str, ...] = ()


def break_promise(county: County, account: str, record: bytes, wish: CaseWish) -> str:
    """The number of the case.

    Raises WrongStateError for what is no letter, or before its day is over while nothing was shown; InvalidError.
    """
    _check_reason(wish.reason)
    with writing(county) as tx:
        matter = find_matter(tx.connection, record)
        letter = matter.commitment
        if letter is None or not matter.may_be_broken(day_of(tx.now)):
            raise WrongStateError("letter", record.hex(), matter.state.value)
        tx.append_act(account, PromiseBroken(record, wish.reason.strip()), visit=matter.visit)
        return _open_case(tx, account, matter, wish, facts_of_broken_promise(letter.leniency))


def decide_sparing(county: County, account: str, record: bytes, *, spared: bool, wish: CaseWish) -> str | None:
    """首违不罚 is a may: the department decides (行政处罚法 33 ¶1 s.2). The number of the case where it is not spared.

    Raises WrongStateError where nothing waits for it or it is contested, InvalidError for a refusal without reason, or
    for sparing as a first offence what the county's register knows to be none.
    """
    if not spared:
        _check_reason(wish.reason)
    with writing(county) as tx:
        matter = find_matter(tx.connection, record)
        letter = matter.commitment
        if letter is None or not matter.may_be_decided:
            raise WrongStateError("letter", record.hex(), matter.decision.value)
        if spared and matter.first is First.NOT_FIRST:
            raise InvalidError("spared", "not_first")
        tx.append_act(account, SparingDecided(record, spared, wish.reason.strip()), visit=matter.visit)
        if spared:
            return None
        leniency = letter.leniency
        if matter.first is First.NOT_FIRST:
            leniency = replace(leniency, first_offence=False)
        return _open_case(tx, account, matter, wish, CaseFacts(leniency))


def _open_case(tx: Writing, account: str, matter: Matter, wish: CaseWish, facts: CaseFacts) -> str:
    handlers = tuple(dict.fromkeys(wish.handlers)) or officers_of(tx.connection, matter)
    new = NewCase(
        department=matter.department,
        enterprise=matter.uscc,
        field=matter.field or wish.field.strip(),
        ground=CaseGround.LETTER,
        record=matter.record,
        what=matter.what[:MAX_WHAT] or matter.number,
        facts=facts,
        handlers=handlers,
    )
    return open_case(tx, account, new)


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise InvalidError("reason", "is_missing")
    if len(reason) > MAX_REASON or "\x00" in reason:
        raise InvalidError("reason", "too_long")
