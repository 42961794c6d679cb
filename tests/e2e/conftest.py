from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from field_app.web_assets import build_web_assets
from sync_server.demo.filings import Cast
from sync_server.enrolment.confirm_enrolment import confirm_enrolment
from sync_server.enrolment.pending import waiting_enrolments
from tests.e2e.processes import FieldApp, Server, a_free_port
from tests.e2e.serve_county import HOST, opened, seed
from tests.flet_page import FletPage


@dataclass
class Story:
    """A county's server and one field app, and who and what in it the tests are about."""

    server: Server
    field: FieldApp
    cast: Cast
    folder: Path

    def gate_code(self, uscc: str) -> str:
        return f"https://{HOST}/e/{uscc}-1"

    def confirm_on_screen(self, page: FletPage) -> None:
        """The clerk: compares the four words on the phone with those on the desk, and confirms."""
        county = opened(self.folder)
        try:
            shown = page.text()
            (waiting,) = [one for one in waiting_enrolments(county) if all(word in shown for word in one.words)]
            confirm_enrolment(county, "clerk", waiting.id, keep_others=True)
        finally:
            county.engine.dispose()


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Cast]:
    folder = tmp_path_factory.mktemp("county")
    cast = seed(folder).cast
    build_web_assets()
    return folder, cast


@pytest.fixture
def story(seeded: tuple[Path, Cast], tmp_path: Path) -> Iterator[Story]:
    made, cast = seeded
    folder = tmp_path / "county"
    shutil.copytree(made, folder)
    server = Server(folder, a_free_port())
    field = FieldApp(tmp_path / "phones", a_free_port(), server, folder / "clock.json")
    try:
        server.launch()
        field.launch()  # beside it: both take seconds to import what they are made of
        server.answers()
        field.answers()
        yield Story(server, field, cast, folder)
    finally:
        field.stop()
        server.stop()
