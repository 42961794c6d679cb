"""A settled town on each engine, with what an off-site check is made of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.testing import TestClient

from sync_server.county import County
from sync_server.offsite.link import token_of
from tests.offsite.hands import entry_of, filed
from tests.offsite.owner import Owner
from tests.server.conftest import engine_url
from tests.server.lent_app import client_of
from tests.server.towns import settled_town

__all__ = ["engine_url"]


@pytest.fixture
def town(tmp_path: Path, engine_url: str | None) -> Iterator[County]:
    county = settled_town(tmp_path / "data", engine_url)
    yield county
    county.engine.dispose()


@pytest.fixture
def here(tmp_path: Path) -> Iterator[County]:
    """The same on SQLite alone, for what no engine has a say in."""
    county = settled_town(tmp_path / "here")
    yield county
    county.engine.dispose()


@pytest.fixture
def check(here: County) -> str:
    return filed(here)


@pytest.fixture
def client(here: County) -> Iterator[TestClient]:
    with client_of(here) as made:
        yield made


@pytest.fixture
def owner(here: County, check: str, client: TestClient) -> Owner:
    return Owner(client, f"/o/{token_of(here, entry_of(here, check))}")
