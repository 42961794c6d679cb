"""A case is opened on a letter or a finding that is in the log, once, and numbered."""

from __future__ import annotations

import pytest

from shared_models.case import CaseFacts
from shared_models.case_acts import CaseGround
from sync_server.cases.open_case import open_case
from sync_server.cases.register import CaseState, find_case
from sync_server.county import County
from sync_server.errors import InvalidError, NotFoundError, WrongStateError
from sync_server.letters.read_letter import find_letter
from sync_server.log.rebuild_views import rebuild_views
from sync_server.log.writing import writing
from sync_server.storage.engine import reading
from tests.cases.town import CLERK, broken_letter, grave, new_case
from tests.server.towns import OTHER_USCC, settle


@pytest.fixture
def letter(bare: County) -> bytes:
    settle(bare)
    return broken_letter(bare)


def test_a_broken_letter_becomes_a_numbered_case(bare: County, letter: bytes) -> None:
    number = open_case(bare, CLERK, new_case(bare, letter))
    assert number == "AJ3303262026-00001"
    with reading(bare.engine) as connection:
        entry = find_case(connection, number)
    assert (entry.state, entry.opened_by, entry.opened.record) == (CaseState.OPEN, CLERK, letter)
    assert not rebuild_views(bare).differences


def test_a_letter_gives_one_case_only(bare: County, letter: bytes) -> None:
    open_case(bare, CLERK, new_case(bare, letter))
    with pytest.raises(WrongStateError):
        open_case(bare, CLERK, new_case(bare, letter))


def test_a_case_opens_inside_another_transaction_and_goes_with_it(bare: County, letter: bytes) -> None:
    def broken_then_failed() -> None:
        with writing(bare) as tx:
            open_case(tx, CLERK, new_case(bare, letter))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken_then_failed()
    with writing(bare) as tx:
        number = open_case(tx, CLERK, new_case(bare, letter))
    assert number.endswith("-00001")


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"enterprise": OTHER_USCC}, "enterprise"),
        ({"handlers": ("market1",)}, "handlers"),
        ({"handlers": ("market1", "market1")}, "handlers"),
        ({"handlers": ("market1", "nobody")}, "handlers"),
        ({"handlers": ("fire1", "fire2")}, "handlers"),
        ({"department": "none"}, "department"),
        ({"field": " "}, "field"),
        ({"what": ""}, "what"),
        ({"what": "字" * 1201}, "what"),
    ],
)
def test_a_case_that_its_ground_does_not_bear_out_is_refused(
    bare: County, letter: bytes, changes: dict[str, object], where: str
) -> None:
    with pytest.raises(InvalidError) as refused:
        open_case(bare, CLERK, new_case(bare, letter, **changes))
    assert refused.value.where == where


def test_a_record_that_is_no_such_ground_opens_nothing(bare: County, letter: bytes) -> None:
    for changes in ({"ground": CaseGround.FINDING}, {"record": bytes(32)}):
        with pytest.raises(NotFoundError):
            open_case(bare, CLERK, new_case(bare, letter, **changes))


def test_a_finding_opens_a_case_too(bare: County, letter: bytes) -> None:
    with reading(bare.engine) as connection:
        found = find_letter(connection, letter)
    assert found is not None
    new = new_case(
        bare, letter, ground=CaseGround.FINDING, record=found.letter.finding, facts=CaseFacts(grave()), what="严重隐患"
    )
    assert open_case(bare, CLERK, new).endswith("-00001")
