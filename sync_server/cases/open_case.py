"""A promise was broken, or a finding cannot be spared: a case is opened and numbered."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date

from shared_models.calendar import day_of
from shared_models.case import CaseFacts
from shared_models.case_acts import CaseGround, CaseOpened
from sync_server.cases.check_handlers import check_handlers
from sync_server.cases.find_ground import find_ground
from sync_server.cases.register import case_of
from sync_server.county import County
from sync_server.errors import InvalidError, NotFoundError, WrongStateError
from sync_server.filings.register import LastNumber
from sync_server.letters.find_matter import check_may_become_case
from sync_server.log.entries import NAME_LENGTH
from sync_server.log.writing import Writing, writing
from sync_server.registry.checks import check_key

MAX_WHAT = 1_200
_MAX_A_YEAR = 99_999


@dataclass(frozen=True, slots=True)
class NewCase:
    """`record`: the id of the letter's or finding's record; `handlers`: ids of two officers at least."""

    department: str
    enterprise: str
    field: str
    ground: CaseGround
    record: bytes
    what: str
    facts: CaseFacts
    handlers: tuple[str, ...]


def open_case(place: County | Writing, account: str, new: NewCase) -> str:
    """The case's number; inside a transaction where one is given, else in one of its own.

    Raises NotFoundError for a record that is no such ground, WrongStateError where it has a case already or is
    contested, InvalidError for what the registry or the ground does not bear out.
    """
    with nullcontext(place) if isinstance(place, Writing) else writing(place) as tx:
        known = case_of(tx.facts, new.record)
        if known is not None:
            raise WrongStateError("case", known, "opened")
        found_on = _check_ground(tx, new)
        _check_words(tx, new)
        handlers = check_handlers(tx, new.handlers, new.department)
        number = _next_number(tx)
        opened = CaseOpened(
            number=number,
            department=new.department,
            enterprise=new.enterprise,
            field=new.field.strip(),
            ground=new.ground,
            record=new.record,
            what=new.what.strip(),
            facts=new.facts,
            handlers=handlers,
            found_on=found_on,
        )
        # no visit: a case is its department's, and no page of visits shows it (rules 7)
        tx.append_act(account, opened)
        return number


def _check_ground(tx: Writing, new: NewCase) -> date:
    """The day on which the violation was found."""
    ground = find_ground(tx.connection, new.record)
    if ground.kind is not new.ground:
        raise NotFoundError(new.ground.value, new.record.hex())
    if ground.enterprise != new.enterprise:
        raise InvalidError("enterprise", "not_of_this_record")
    check_may_become_case(tx.connection, ground.finding)
    return ground.found_on


def _check_words(tx: Writing, new: NewCase) -> None:
    for where, text, most in (("field", new.field, NAME_LENGTH), ("what", new.what, MAX_WHAT)):
        if not text.strip() or len(text) > most or "\x00" in text:
            raise InvalidError(where, "is_missing" if not text.strip() else "too_long")
    check_key("department", new.department)
    if tx.facts.get("department", new.department) is None:
        raise InvalidError("department", "not_registered")
    if tx.facts.get("enterprise", new.enterprise) is None:
        raise InvalidError("enterprise", "not_registered")


def _next_number(tx: Writing) -> str:
    """`AJ` + county + year + `-` + five digits: one series for the county, so that none tells of one department."""
    year = f"{day_of(tx.now).year:04}"
    fact = tx.facts.get("number", f"AJ{year}")
    last = fact.load(LastNumber).last if fact else 0
    if last >= _MAX_A_YEAR:
        raise WrongStateError("number", year, "used up")
    return f"AJ{tx.county.settings.county_code}{year}-{last + 1:05}"
