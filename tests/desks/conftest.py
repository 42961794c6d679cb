"""A town with desks: clerks and heads of two departments, the office; each in a browser without a screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from litestar.testing import TestClient

from sync_server.accounts.account import Grant, Role
from sync_server.accounts.add_account import add_account
from sync_server.county import County
from tests.desks.town import PASSWORD, settle_more
from tests.pages.visitor import Visitor
from tests.server.lent_app import app_over
from tests.server.towns import settle, town_after

ACCOUNTS = {
    "clerk": (Grant(Role.CLERK, "market"),),
    "second": (Grant(Role.CLERK, "market"),),
    "head": (Grant(Role.DEPARTMENT_HEAD, "market"),),
    "fireclerk": (Grant(Role.CLERK, "fire"), Grant(Role.DEPARTMENT_HEAD, "fire")),
    "office": (Grant(Role.COUNTY_OFFICE),),
}
Logged = Callable[[str], Visitor]


def staff_the_desks(county: County) -> None:
    settle(county)
    settle_more(county)
    for name, grants in ACCOUNTS.items():
        add_account(county, name, PASSWORD, grants, f"{name}的名字")


@pytest.fixture
def town(tmp_path: Path) -> Iterator[County]:
    county = town_after(staff_the_desks, tmp_path / "data")
    yield county
    county.engine.dispose()


@pytest.fixture
def logged_in(town: County) -> Iterator[Logged]:
    """Visitors by account; each keeps its session."""
    known: dict[str, Visitor] = {}
    with ExitStack() as stack:
        app = stack.enter_context(app_over(town))

        def visitor(name: str) -> Visitor:
            if name not in known:
                client = stack.enter_context(TestClient(app, base_url="http://127.0.0.1"))
                known[name] = Visitor(client)
                assert known[name].log_in(name, PASSWORD).status_code == 303
            return known[name]

        yield visitor
