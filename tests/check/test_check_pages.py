"""What the owner at the gate is told, from the gate sheet's page to the record of what was done."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.check.door import Door, advice_of, digits, open_door, token_of
from tests.sync.county import BAKERY, MILL

LET_IN, VERIFY, REFUSE = "可以放行", "先核实", "可以不让进"


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Door:
    return open_door(tmp_path_factory.mktemp("door"))


def test_a_filed_visit_by_its_officer_may_be_let_in(door):
    with door.client() as client:
        page = client.get(f"/v/{digits(door.fresh())}")
    assert page.status_code == 200
    assert advice_of(page) == LET_IN
    for shown in ("林一", "市场监管局", "A1", "平阳水头制革厂", door.number, "陈二", "列名"):
        assert shown in page.text, shown
