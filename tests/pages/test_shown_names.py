from __future__ import annotations

import pytest

from shared_models.people import Department
from sync_server.county import County
from sync_server.pages.shown_names import ShownNames
from sync_server.storage.engine import reading
from sync_server.storage.facts import current_facts
from sync_server.texts import Say
from tests.pages.stories import Story


@pytest.fixture
def names(told: tuple[County, Story]) -> ShownNames:
    return ShownNames(told[0], Say("zh"))


def test_an_act_in_a_departments_name_is_shown_with_its_name(told: tuple[County, Story], names: ShownNames) -> None:
    with reading(told[0].engine) as connection:
        department = current_facts(connection, "department", ["market"])["market"].load(Department)
    assert names.account("market") == department.name != "market"


def test_a_name_that_nobody_has_is_shown_as_it_is(names: ShownNames) -> None:
    assert names.account("long-gone") == "long-gone"
