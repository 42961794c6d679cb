"""Fixtures of the app as a page: built from this checkout, or the tests are skipped and say why."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from field_app.app_site.build import build_app, made_of
from field_app.app_site.tools import ToolMissingError
from field_app.web_assets import build_dir
from sync_server.demo.filings import Cast
from tests.e2e.app_phone import AppPhone, AppStory
from tests.e2e.processes import Server, a_free_port
from tests.fake_camera import FakeCamera

NOT_BUILT = "the app as a page is not built: make app (it needs Node.js)"


@pytest.fixture(scope="session")
def built_app(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `make app` built; built anew where the code has changed since, which takes seconds then."""
    built = build_dir() / "app"
    if not (built / "app.json").exists():
        if os.environ.get("ZHUQI_APP", "") == "required":
            pytest.fail(f"ZHUQI_APP=required, but {NOT_BUILT}")
        pytest.skip(NOT_BUILT)
    if json.loads((built / "app.json").read_text("utf-8"))["made_of"] == made_of():
        return built
    return _build(tmp_path_factory.mktemp("app") / "app")


@pytest.fixture(scope="session")
def newer_app(built_app: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same code as the release after it: our Python differs, nothing else."""
    del built_app
    return _build(tmp_path_factory.mktemp("newer") / "app", version="0.1.1")


def _build(folder: Path, **options: str) -> Path:
    try:
        return build_app(folder, **options).folder
    except ToolMissingError as err:
        pytest.skip(f"the built app is of other code than this, and cannot be built again: {err}")


@pytest.fixture
def app_story(built_app: Path, seeded: tuple[Path, Cast], tmp_path: Path) -> Iterator[AppStory]:
    made, cast = seeded
    folder, app_dir = tmp_path / "county", tmp_path / "app"
    shutil.copytree(made, folder)
    shutil.copytree(built_app, app_dir)
    server = Server(folder, a_free_port(), "--app", str(app_dir))
    server.start()
    yield AppStory(server, cast, folder, app_dir)
    server.stop()


@pytest.fixture
def app_phone(
    app_story: AppStory, playwright: Playwright, browser_path: Path, tmp_path: Path, camera: FakeCamera
) -> Iterator[Callable[[str], AppPhone]]:
    """Phones by name, each with a profile of its own."""
    phones: list[AppPhone] = []

    def phone(name: str = "phone") -> AppPhone:
        phones.append(AppPhone(playwright, browser_path, tmp_path / name, camera, app_story))
        return phones[-1]

    yield phone
    for one in phones:
        one.close()
        one.stays_here()
