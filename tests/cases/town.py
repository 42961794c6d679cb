"""A case as it is opened in the tests: on a broken letter, on a finding."""

from __future__ import annotations

from pathlib import Path

from shared_models.case import (
    CaseFacts,
    CollectiveDecision,
    DecisionKind,
    DiscretionStandard,
    LegalReview,
    Step,
    StepDone,
    facts_of_broken_promise,
)
from shared_models.case_acts import CaseGround
from shared_models.commitment import LetterSigned
from shared_models.leniency import Correction, Harm, LeniencyFacts
from sync_server.accounts.account import Account, Grant, Role
from sync_server.accounts.add_account import add_account
from sync_server.cases.decide_case import decide_case
from sync_server.cases.fill_step import fill_step
from sync_server.cases.name_reviewer import name_reviewer
from sync_server.cases.open_case import NewCase, open_case
from sync_server.cases.register import CaseEntry, find_case
from sync_server.cases.serve_decision import serve_decision
from sync_server.county import County
from sync_server.letters.read_letter import find_letter
from sync_server.storage.engine import reading
from tests.letters.hands import FIELD, VISIT, write_letter
from tests.server.towns import TODAY, USCC, PhoneInHand, enrolled, fetch, settle, town_after

PASSWORD = "seven-lanterns-on-the-quay"
CLERK, HEAD, REVIEWER, OTHER = "market-clerk", "market-head", "market-law", "fire-clerk"
PEOPLE = {
    CLERK: (Grant(Role.CLERK, "market"),),
    HEAD: (Grant(Role.DEPARTMENT_HEAD, "market"),),
    REVIEWER: (Grant(Role.REVIEWER, "market"),),
    OTHER: (Grant(Role.CLERK, "fire"), Grant(Role.DEPARTMENT_HEAD, "fire"), Grant(Role.REVIEWER, "fire")),
    "both": (Grant(Role.CLERK, "market"), Grant(Role.REVIEWER, "market")),
    "super": (Grant(Role.SUPERVISOR),),
    "office": (Grant(Role.COUNTY_OFFICE),),
    "watch": (Grant(Role.DISCIPLINE),),
}
STANDARD = StepDone(Step.DISCRETION_STANDARD, standard=DiscretionStandard("消防处罚裁量基准", "第三档", "堵塞超过一半"))
PASSED = StepDone(Step.LEGAL_REVIEW, review=LegalReview("-", "事实清楚，同意", passed=True))
SENT_BACK = StepDone(Step.LEGAL_REVIEW, review=LegalReview("-", "证据不足", passed=False))
DISCUSSED = StepDone(
    Step.COLLECTIVE_DECISION, discussion=CollectiveDecision(("甲", "乙", "丙"), TODAY, "一致同意按第三档处罚")
)


def staffed_town(folder: Path, url: str | None = None) -> County:
    """A settled county with everybody's account."""
    return town_after(staff, folder, url)


def staff(county: County) -> None:
    settle(county)
    for name, grants in PEOPLE.items():
        add_account(county, name, PASSWORD, grants, f"{name}·名")


def who(name: str) -> Account:
    return Account(name, PEOPLE[name], f"{name}·名")


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


def entry_of(county: County, number: str) -> CaseEntry:
    with reading(county.engine) as connection:
        return find_case(connection, number)


def whole(county: County, number: str) -> str:
    """Every box of a grave case filled."""
    name_reviewer(county, who(HEAD), number, REVIEWER)
    fill_step(county, who(CLERK), number, STANDARD)
    fill_step(county, who(REVIEWER), number, PASSED)
    fill_step(county, who(CLERK), number, DISCUSSED)
    return number


def fined(county: County, fine: int = 900_000) -> str:
    """A grave case, decided with a fine and served today."""
    number = whole(county, grave_case(county))
    decide_case(county, who(HEAD), number, DecisionKind.PENALTY, "拒不改正，危害严重", fine=fine)
    serve_decision(county, who(CLERK), number, TODAY, "当场交付")
    return number
