"""A settled county with a letter in its log and everybody who has to do with cases, on both engines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from litestar.testing import TestClient

from sync_server.app import app_of
from sync_server.county import County
from tests.cases.town import PASSWORD, staffed
from tests.pages.visitor import Visitor
from tests.server.conftest import bare, engine_url, postgres

__all__ = ["bare", "engine_url", "postgres"]


@pytest.fixture
def county(bare: County) -> County:
    return staffed(bare)


@pytest.fixture
def visit(county: County) -> Iterator[Callable[[str], Visitor]]:
    """Browsers without a screen, logged in as somebody."""
    with ExitStack() as stack:

        def come(name: str) -> Visitor:
            client = stack.enter_context(TestClient(app_of(county), base_url="http://127.0.0.1"))
            somebody = Visitor(client)
            assert somebody.log_in(name, PASSWORD).status_code == 303
            return somebody

        yield come
