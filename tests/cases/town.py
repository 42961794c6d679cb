"""A case as it is opened in the tests: on a broken letter, on a finding."""

from __future__ import annotations

from shared_models.case import CaseFacts, facts_of_broken_promise
from shared_models.case_acts import CaseGround
from shared_models.commitment import LetterSigned
from shared_models.leniency import Correction, Harm, LeniencyFacts
from sync_server.cases.open_case import NewCase, open_case
from sync_server.county import County
from sync_server.letters.read_letter import find_letter
from sync_server.storage.engine import reading
from tests.letters.hands import FIELD, VISIT, write_letter
from tests.server.towns import USCC, PhoneInHand, enrolled, fetch

CLERK, HEAD, REVIEWER = "market-clerk", "market-head", "market-law"


def grave(**changes: object) -> LeniencyFacts:
    values = {
        "serious": True,
        "minor": False,
        "harm": Harm.SERIOUS,
        "first_offence": False,
        "correction": Correction.REFUSED,
        "fault_disproved": False,
    }
    return LeniencyFacts(**{**values, **changes})


def inspector(county: County) -> PhoneInHand:
    phone = enrolled(county)
    fetch(county, phone)
    return phone


def broken_letter(county: County, visit: bytes = VISIT) -> bytes:
    """The id of a signed letter in the log, and its facts after the promise was broken."""
    return write_letter(county, inspector(county), visit)[1]


def new_case(county: County, letter: bytes, **changes: object) -> NewCase:
    with reading(county.engine) as connection:
        found = find_letter(connection, letter)
    assert found is not None
    assert isinstance(found.body, LetterSigned)
    values = {
        "department": "market",
        "enterprise": USCC,
        "field": FIELD,
        "ground": CaseGround.LETTER,
        "record": letter,
        "what": "承诺期满，疏散通道仍堆放原料",
        "facts": facts_of_broken_promise(found.letter.leniency),
        "handlers": ("market1", "market2"),
    }
    return NewCase(**{**values, **changes})


def grave_case(county: County) -> str:
    """A case whose checklist has all three of 行政处罚法 57 and 58."""
    letter = broken_letter(county)
    return open_case(county, CLERK, new_case(county, letter, facts=CaseFacts(grave())))
