"""`build_app`: from the checkout and the pinned packages to the folder that the server serves."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable
from pathlib import Path

from field_app.app import app_version
from field_app.app_site.client import client_files, client_folder
from field_app.app_site.licences import licences
from field_app.app_site.scripts import VENDOR, script_files
from field_app.app_site.site import Site, write_site
from field_app.app_site.staging import python_parts
from field_app.app_site.tools import REQUIREMENTS, ROOT, find_node, npm_packages, wheels
from field_app.web_assets import Progress, build_dir, silent


def build_app(
    target: Path | None = None, *, has_canvaskit: bool = True, version: str = "", progress: Progress = silent
) -> Site:
    """Raises ToolMissingError, whose text is for a person, where Node is missing or a download fails."""
    build = build_dir()
    node = find_node()
    progress("packages for Pyodide and from npm, all pinned (downloaded once)")
    packages, modules = wheels(build), npm_packages(build)
    files = client_files(has_canvaskit=has_canvaskit, build=build, progress=progress) | script_files(modules)
    files["licences.txt"] = licences(packages, modules, _vendored(files))
    progress("Python: laid out and compiled by Pyodide itself")
    version = version or app_version()
    with tempfile.TemporaryDirectory(prefix="zhuqi-app-") as work:
        parts = python_parts(Path(work), packages, client_folder() / "pyodide", node, version)
    files["python/app.pack"], files["python/packages.pack"] = parts.ours, parts.packages
    files["pyodide/python_stdlib.zip"] = parts.standard
    progress("files: named by their content and compressed (a minute or two the first time)")
    return write_site(files, version, target or build / "app", build / "app_packed", made_of())


def _vendored(paths: Iterable[str]) -> frozenset[str]:
    parts = [path.removeprefix(VENDOR).split("/") for path in paths if path.startswith(VENDOR)]
    return frozenset("/".join(part[: 2 if part[0].startswith("@") else 1]) for part in parts)


def made_of() -> str:
    """Changes with everything of this checkout that goes into the site; what `app.json` of a fresh build says."""
    folders = ("field_app", "shared_models")
    paths = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in _SOURCES]
    digest = hashlib.sha256(REQUIREMENTS.read_bytes())
    for path in sorted(paths):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


_SOURCES = frozenset({".py", ".mjs", ".js", ".css", ".html", ".json"})
