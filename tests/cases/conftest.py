"""A settled county and everybody who has to do with cases; `anywhere` is one on each engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from litestar.testing import TestClient

from sync_server.county import County
from tests.cases.town import PASSWORD, staffed_town
from tests.pages.visitor import Visitor
from tests.server.conftest import bare, engine_url
from tests.server.lent_app import app_over

__all__ = ["bare", "engine_url"]


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    made = staffed_town(tmp_path / "town")
    yield made
    made.engine.dispose()


@pytest.fixture
def anywhere(tmp_path: Path, engine_url: str | None) -> Iterator[County]:
    made = staffed_town(tmp_path / "anywhere", engine_url)
    yield made
    made.engine.dispose()


@pytest.fixture
def visit(county: County) -> Iterator[Callable[[str], Visitor]]:
    """Browsers without a screen, logged in as somebody."""
    with ExitStack() as stack:
        app = stack.enter_context(app_over(county))

        def come(name: str) -> Visitor:
            client = stack.enter_context(TestClient(app, base_url="http://127.0.0.1"))
            somebody = Visitor(client)
            assert somebody.log_in(name, PASSWORD).status_code == 303
            return somebody

        yield come
