"""What a phone carries is enough by itself: pyproject's bare dependencies, nothing of server, web or development."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from field_app.web_assets.icon import draw_icon

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
# What `flet build` 1.0.5 reads under [tool.flet]; a key that it does not know would be ignored without a word.
FLET_KEYS = {
    "org", "product", "permissions", "app.path", "app.exclude", "android.dependencies", "android.permission",
    "ios.dependencies", "ios.info",
}  # fmt: skip

PHONE_RUN = """
import importlib, json, pathlib, pkgutil, sqlite3, sys
sys.path[:0] = json.loads(sys.argv[1])
import shared_models
for module in pkgutil.walk_packages(shared_models.__path__, "shared_models."):
    importlib.import_module(module.name)
import sqlite_utils
database = sqlite_utils.Database(sqlite3.connect(":memory:"))
database["visits"].insert({"id": 1, "enterprise": "瓯江"}, pk="id")
assert database["visits"].get(1)["enterprise"] == "瓯江"
if importlib.util.find_spec("field_app.app"):
    importlib.import_module("main")
elsewhere = {"litestar", "sqlalchemy", "uvicorn", "jinja2", "zxingcpp", "flet_web", "fontTools", "sync_server"}
print(json.dumps(sorted(elsewhere & set(sys.modules))))
"""


def _pins(name: str) -> dict[str, str]:
    lines = (ROOT / name).read_text("utf-8").splitlines()
    pinned = [re.match(r"([A-Za-z0-9._-]+)==([^ ;\\]+)", line) for line in lines]
    return {_plain(match[1]): match[2] for match in pinned if match}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _run_as_phone(python: Path | str, path: list[str], folder: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [python, "-I", "-S" if path[1:] else "-B", "-c", PHONE_RUN, json.dumps(path)],
        cwd=folder, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == []


def test_main_imports_and_a_database_opens_with_the_phones_packages_alone(tmp_path: Path) -> None:
    """The installed files of exactly the pinned phone packages, linked into a folder of their own."""
    packages = tmp_path / "packages"
    for name in _pins("requirements-phone.txt"):
        try:
            distribution = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # of another platform, by its marker
        site = Path(str(distribution.locate_file("")))
        for file in distribution.files or ():
            if ".." in file.parts or file.suffix == ".pyc":
                continue
            link = packages / file
            link.parent.mkdir(parents=True, exist_ok=True)
            if not link.exists():
                link.symlink_to(site / file)
    _run_as_phone(sys.executable, [str(ROOT), str(packages)], tmp_path)


@pytest.mark.slow
def test_the_phones_pins_install_into_a_fresh_environment_and_suffice(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "phone"], check=True)
    python = tmp_path / "phone" / "bin" / "python"
    asked = [python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", ROOT / "requirements-phone.txt"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    if done.returncode and re.search(
        r"Temporary failure|NewConnectionError|ConnectTimeout|Network is unreachable", done.stderr
    ):
        pytest.skip("no package index can be reached")
    assert done.returncode == 0, done.stderr
    _run_as_phone(python, [str(ROOT)], tmp_path)


def test_the_phone_is_pinned_to_what_the_tests_ran_with() -> None:
    everything = _pins("requirements.txt")
    assert {
        name: version for name, version in _pins("requirements-phone.txt").items() if everything[name] != version
    } == {}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-phone.txt"])
def test_every_pin_is_hashed_and_no_index_is_named(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    blocks = re.split(r"\n(?=[A-Za-z0-9])", text)
    assert [block.splitlines()[0] for block in blocks if "==" in block and "--hash=sha256:" not in block] == []
    assert re.findall(r"^--.*|https?://\S+", text, re.MULTILINE) == []


def test_every_dependency_is_pinned() -> None:
    wanted = list(PROJECT["project"]["dependencies"])
    for extra in PROJECT["project"]["optional-dependencies"].values():
        wanted += extra
    names = {_plain(re.match(r"[A-Za-z0-9._-]+", line)[0]) for line in wanted}  # type: ignore[index]
    assert names - set(_pins("requirements.txt")) == set()
    phone = {_plain(re.match(r"[A-Za-z0-9._-]+", line)[0]) for line in PROJECT["project"]["dependencies"]}  # type: ignore[index]
    assert phone - set(_pins("requirements-phone.txt")) == set()


def test_flet_build_knows_every_key_and_finds_what_it_wants() -> None:
    def keys(table: dict[str, object], prefix: str = "") -> set[str]:
        found = set()
        for name, value in table.items():
            path = f"{prefix}{name}"
            found |= {path} if path in FLET_KEYS or not isinstance(value, dict) else keys(value, f"{path}.")
        return found

    flet = PROJECT["tool"]["flet"]
    assert keys(flet) <= FLET_KEYS
    app = ROOT / flet["app"]["path"]
    assert (app / "main.py").is_file()
    assert [name for name in ("sync_server", "tests") if name not in flet["app"]["exclude"]] == []
    with Image.open(app / "assets" / "icon.png") as icon:
        difference = ImageChops.difference(icon.convert("RGB"), draw_icon(icon.width).convert("RGB"))
    assert max(high for _, high in difference.getextrema()) < 16  # type: ignore[union-attr, misc]


def test_the_app_is_asked_for_no_position_in_the_background() -> None:
    flet = PROJECT["tool"]["flet"]
    assert flet["android"]["permission"]["android.permission.ACCESS_BACKGROUND_LOCATION"] is False
    assert all("入企" in text for name, text in flet["ios"]["info"].items() if "Location" in name)
