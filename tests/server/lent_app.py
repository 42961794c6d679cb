"""One application for many counties, one after the other: its routes take longer to build than most tests to ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from litestar import Litestar
from litestar.testing import TestClient

from sync_server.app import app_of, move_in
from sync_server.county import County
from sync_server.settings import Settings

_NOWHERE = Path()
_FREE: defaultdict[Settings, list[Litestar]] = defaultdict(list)


def lend_app(county: County) -> Litestar:
    """An application that serves this county alone, until it is given back."""
    free = _FREE[_kind(county)]
    if not free:
        return app_of(county)
    app = free.pop()
    move_in(app, county)
    return app


def give_back(app: Litestar) -> None:
    _FREE[_kind(app.state.county)].append(app)


@contextmanager
def app_over(county: County) -> Iterator[Litestar]:
    app = lend_app(county)
    yield app
    give_back(app)


@contextmanager
def client_of(county: County, base_url: str = "http://127.0.0.1") -> Iterator[TestClient]:
    with app_over(county) as app, TestClient(app, base_url=base_url) as client:
        yield client


def _kind(county: County) -> Settings:
    """The settings without the places, of which the routes know nothing."""
    places = ("data_dir", "root_key_file", "service_key_file", "blob_dir")
    return replace(county.settings, database_url="", **dict.fromkeys(places, _NOWHERE))
