"""A settled town on each engine, with what an off-site check is made of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync_server.county import County
from tests.server.conftest import engine_url, postgres
from tests.server.towns import open_town, settle

__all__ = ["engine_url", "postgres"]


@pytest.fixture
def town(tmp_path: Path, engine_url: str | None) -> Iterator[County]:
    county = open_town(tmp_path / "data", engine_url)
    settle(county)
    yield county
    county.engine.dispose()


@pytest.fixture
def here(tmp_path: Path) -> Iterator[County]:
    """The same on SQLite alone, for what no engine has a say in."""
    county = open_town(tmp_path / "here")
    settle(county)
    yield county
    county.engine.dispose()
