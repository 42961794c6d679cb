"""An empty county with one account, and doors to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from litestar.testing import TestClient

from sync_server.accounts.account import Role
from sync_server.accounts.add_account import add_account
from sync_server.county import County
from tests.pages.visitor import Visitor
from tests.server.conftest import bare, engine_url
from tests.server.lent_app import app_over
from tests.server.towns import open_town

NAME, PASSWORD = "lin", "plum rain over Aojiang"
__all__ = ["bare", "engine_url"]


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    county = open_town(tmp_path / "data")
    add_account(county, NAME, PASSWORD, Role.SUPERVISOR, "林监督")
    yield county
    county.engine.dispose()


@pytest.fixture
def visitor(county: County) -> Iterator[Callable[..., Visitor]]:
    with ExitStack() as stack:
        app = stack.enter_context(app_over(county))

        def make(base: str = "http://127.0.0.1") -> Visitor:
            return Visitor(stack.enter_context(TestClient(app, base_url=base)))

        yield make
