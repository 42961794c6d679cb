"""The engines that every claim about storage is held against: real SQLite and a real PostgreSQL."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.testing import TestClient
from sqlalchemy import create_engine, text

from sync_server.county import County
from tests.server.lent_app import client_of
from tests.server.towns import PhoneInHand, enrolled, fetch, open_town, settled_town

_numbers = itertools.count()


def database_of(postgres: str) -> str:
    name = f"county_{next(_numbers)}"
    engine = create_engine(postgres, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return postgres.replace("/postgres?", f"/{name}?", 1)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine_url(request: pytest.FixtureRequest) -> str | None:
    if request.param == "sqlite":
        return None
    return database_of(request.getfixturevalue("postgres"))


@pytest.fixture
def bare(tmp_path: Path, engine_url: str | None) -> Iterator[County]:
    """A county on each engine, with nothing in it but its server's certificate."""
    county = open_town(tmp_path / "data", engine_url)
    yield county
    county.engine.dispose()


@pytest.fixture
def town(tmp_path: Path) -> Iterator[County]:
    """A settled county on SQLite."""
    county = settled_town(tmp_path / "data")
    yield county
    county.engine.dispose()


@pytest.fixture
def phone(town: County) -> PhoneInHand:
    """A phone of the market department that holds the reference data."""
    phone = enrolled(town)
    fetch(town, phone)
    return phone


@pytest.fixture
def client(town: County) -> Iterator[TestClient]:
    with client_of(town) as client:
        yield client
