"""Scripts of packages: only what is imported, and every import an address inside the site."""

from __future__ import annotations

import json
import posixpath
import re
import tomllib
from pathlib import Path

import pytest

from field_app.app_site import staging
from field_app.app_site.licences import licences
from field_app.app_site.scripts import LOADED_BY_NAME, UnknownImportError, script_files
from field_app.app_site.tools import NPM, REQUIREMENTS, ROOT

IMPORT = re.compile(r"""^(?:import|export)\b[^;]*?from\s*["']([^"']+)["']""", re.MULTILINE)


@pytest.fixture
def modules(tmp_path: Path) -> Path:
    """Packages as npm lays them out: just enough of each for what our own scripts import."""
    wanted: dict[str, str] = dict.fromkeys(LOADED_BY_NAME, "")
    for script in (ROOT / "field_app" / "browser" / "js").rglob("*.mjs"):
        for name in re.findall(r"vendor/([^'\"]+?\.js)['\"]", script.read_text("utf-8")):
            wanted[name] = ""
    wanted["@noble/ciphers/aes.js"] = "import { a } from '@noble/hashes/sha2.js';\nimport './_polyval.js';\n"
    wanted |= {"@noble/hashes/sha2.js": "export const a = 1;", "@noble/ciphers/_polyval.js": "// import 'x'\n"}
    wanted["@noble/ciphers/never.js"] = "export const b = 2;"
    for name, text in wanted.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


def test_packages_bring_what_is_imported_and_no_more(modules: Path) -> None:
    files = script_files(modules)
    assert "js/vendor/@noble/hashes/sha2.js" in files
    assert "js/vendor/@noble/ciphers/never.js" not in files
    assert f"js/vendor/{LOADED_BY_NAME[0]}" in files


def test_every_import_leads_to_a_file_of_the_site(modules: Path) -> None:
    files = script_files(modules)
    seen = 0
    for name, data in files.items():
        for target in IMPORT.findall(data.decode()) if name.endswith(("js", "mjs")) else ():
            assert posixpath.normpath(posixpath.join(posixpath.dirname(name), target)) in files, (name, target)
            seen += 1
    assert seen >= 10


def test_a_script_that_imports_what_is_not_there_stops_the_build(modules: Path) -> None:
    (modules / "@noble/ciphers/_polyval.js").unlink()
    with pytest.raises(UnknownImportError, match="_polyval"):
        script_files(modules)


def test_the_browser_carries_our_code_without_what_only_a_computer_runs() -> None:
    wanted = {name for name in _ours() if not staging._NOT_OURS.search(name)}
    assert {"field_app/app.py", "field_app/browser/main.py", "shared_models/gate.py"} <= wanted
    assert not [name for name in wanted if "/app_site/" in name or "/simulate/" in name or name.endswith("cli.py")]


def _ours() -> list[str]:
    return [path.relative_to(ROOT).as_posix() for top in staging._OURS for path in (ROOT / top).rglob("*.py")]


def test_the_browsers_packages_are_pinned_to_the_versions_of_the_phone_and_by_hash() -> None:
    def pins(path: Path) -> dict[str, str]:
        return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", path.read_text("utf-8"), re.MULTILINE))

    app, whole = pins(REQUIREMENTS), pins(ROOT / "requirements.txt")
    named = {line for line in (ROOT / "requirements-app.in").read_text("utf-8").split("\n") if line and line[0] != "#"}
    assert set(app) == named
    assert {name: version for name, version in app.items() if whole.get(name, version) != version} == {}
    blocks = re.split(r"\n(?=[a-z])", REQUIREMENTS.read_text("utf-8").strip())
    assert all("--hash=sha256:" in block for block in blocks)
    phone = {re.match(r"[\w.-]+", line)[0] for line in _project()["dependencies"]}  # type: ignore[index]
    assert phone - named == {"flet-secure-storage", "cryptography", "httpx", "pillow"}


def _project() -> dict[str, list[str]]:
    return dict(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"])


def test_the_licence_of_everything_that_is_passed_on_goes_with_it(tmp_path: Path) -> None:
    for name in ("wheels/thing-1.0.dist-info/licenses/LICENSE.md", "npm/@noble/curves/LICENSE", "npm/unused/LICENSE"):
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.write_text(f"terms of {name}", "utf-8")
    text = licences(tmp_path / "wheels", tmp_path / "npm", frozenset({"@noble/curves"})).decode()
    assert "terms of wheels/thing" in text
    assert "terms of npm/@noble/curves" in text
    assert "unused" not in text
    assert all(name in text for name in ("Pyodide", "CPython", "Flutter", "Noto Sans CJK"))


def test_the_npm_lock_names_no_index_and_holds_a_digest_for_each_package() -> None:
    lock = json.loads((NPM / "package-lock.json").read_text("utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert all(entry["integrity"].startswith("sha512-") and "resolved" not in entry for entry in packages.values())
