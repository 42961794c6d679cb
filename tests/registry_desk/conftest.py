"""A settled town with its desks, and people who sit at them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from litestar.testing import TestClient

from sync_server.accounts.account import Grant, Role
from sync_server.accounts.add_account import add_account
from sync_server.county import County
from tests.pages.visitor import Visitor
from tests.server.conftest import bare, engine_url
from tests.server.lent_app import app_over
from tests.server.towns import settle, town_after

PASSWORD = "plum rain over Aojiang"
STAFF = {
    "office": Grant(Role.COUNTY_OFFICE),
    "clerk": Grant(Role.CLERK, "market"),
    "head": Grant(Role.DEPARTMENT_HEAD, "market"),
    "lin": Grant(Role.SUPERVISOR),
    "root": Grant(Role.ADMINISTRATOR),
}
__all__ = ["bare", "engine_url"]


def staff_the_registry(county: County) -> None:
    settle(county)
    for name, grant in STAFF.items():
        add_account(county, name, PASSWORD, (grant,))


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    county = town_after(staff_the_registry, tmp_path / "data")
    yield county
    county.engine.dispose()


@pytest.fixture
def visit(county: County) -> Iterator[Callable[[str], Visitor]]:
    """Somebody of the staff, logged in."""
    with ExitStack() as stack:
        app = stack.enter_context(app_over(county))

        def make(name: str) -> Visitor:
            client = stack.enter_context(TestClient(app, base_url="http://127.0.0.1"))
            somebody = Visitor(client)
            assert somebody.log_in(name, PASSWORD).status_code == 303
            return somebody

        yield make


@pytest.fixture
def office(visit: Callable[[str], Visitor]) -> Visitor:
    return visit("office")
