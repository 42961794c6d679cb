"""A town with visits in it, and browsers without a screen that are logged in or not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from litestar.testing import TestClient

from sync_server.accounts.account import OF_A_DEPARTMENT, Grant, Role
from sync_server.accounts.add_account import add_account
from sync_server.county import County
from tests.pages.stories import PASSWORD, Story, tell
from tests.pages.visitor import Visitor
from tests.server.lent_app import app_over
from tests.server.towns import settled_town

ACCOUNTS = {
    "lin": Role.SUPERVISOR,
    "office": Role.COUNTY_OFFICE,
    "root": Role.ADMINISTRATOR,
    "line": Role.HOTLINE,
    "clerk": Role.CLERK,
    "head": Role.DEPARTMENT_HEAD,
    "judge": Role.APPROVER,
    "law": Role.REVIEWER,
    "watch": Role.DISCIPLINE,
    "friend": Role.LIAISON,
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[County, Story]]:
    """Read-only for the tests of a module: those that change something make their own."""
    county = settled_town(tmp_path_factory.mktemp("pages"))
    story = tell(county)
    for name, role in ACCOUNTS.items():
        grant = Grant(role, "market" if role in OF_A_DEPARTMENT else "")
        person = "culture1" if role is Role.APPROVER else None
        add_account(county, name, PASSWORD, (grant,), f"{name} <i>", person=person)
    yield county, story
    county.engine.dispose()


@pytest.fixture
def county(told: tuple[County, Story]) -> County:
    return told[0]


@pytest.fixture
def story(told: tuple[County, Story]) -> Story:
    return told[1]


@pytest.fixture
def visitor(county: County) -> Iterator[Callable[[], Visitor]]:
    """Makes visitors with a cookie jar each."""
    with ExitStack() as stack:
        app = stack.enter_context(app_over(county))

        def make() -> Visitor:
            client = stack.enter_context(TestClient(app, base_url="http://127.0.0.1"))
            return Visitor(client)

        yield make


@pytest.fixture
def supervisor(visitor: Callable[[], Visitor]) -> Visitor:
    somebody = visitor()
    somebody.log_in("lin", PASSWORD)
    return somebody
