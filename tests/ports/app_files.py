"""The app's parts as the worker loads them: scripts, packages, Pyodide, and our sources and the tests', uncompiled."""

from __future__ import annotations

import io
import json
import mimetypes
import tarfile
from functools import cache
from pathlib import Path

import flet_web

from field_app.app_site.packs import files_of
from field_app.app_site.scripts import script_files
from tests.ports.serving import Files

ROOT = Path(__file__).resolve().parents[2]
PYODIDE = Path(flet_web.__file__).parent / "web" / "pyodide"
_OURS = ("shared_models", "field_app", "tests/ports")
_TYPES = {".mjs": "text/javascript", ".js": "text/javascript", ".wasm": "application/wasm"}
_PAGE = b"""<!doctype html><meta charset="utf-8"><title>ports</title><script type="module" src="/page.mjs"></script>"""
_SCRIPT = b"""
const worker = new Worker(`/harness.mjs${location.search}`, { type: 'module' });
const waiting = new Map();
let last = 0;
worker.onmessage = ({ data }) => { waiting.get(data.id)(data); waiting.delete(data.id); };
globalThis.call = (target, given) => new Promise((done) => {
  last += 1;
  waiting.set(last, done);
  worker.postMessage({ id: last, target, given });
});
"""


class NotBuiltError(Exception):
    """The text says what is not there."""


def app_files(build: Path) -> Files:
    """Raises NotBuiltError where `make app` has downloaded nothing yet."""
    wheels, node_modules = _newest(build / "app_wheels"), _newest(build / "app_npm") / "node_modules"
    scripts = script_files(node_modules)
    made = {
        "/": ("text/html", _PAGE),
        "/page.mjs": ("text/javascript", _SCRIPT),
        "/harness.mjs": ("text/javascript", (Path(__file__).parent / "harness.mjs").read_bytes()),
        "/fragile.mjs": ("text/javascript", (Path(__file__).parent / "fragile.mjs").read_bytes()),
        "/packages.tar": ("application/x-tar", _packages(wheels)),
        "/code.tar": ("application/x-tar", _code()),
        **{f"/app/{name}": (_type(name), data) for name, data in scripts.items()},
        **_compiled(build / "app"),
    }

    def find(path: str) -> tuple[str, bytes] | None:
        if path in made:
            return made[path]
        runtime = PYODIDE / path.removeprefix("/app/pyodide/")
        if path.startswith("/app/pyodide/") and runtime.is_file():
            return _type(path), runtime.read_bytes()
        return None

    return find


def _compiled(app: Path) -> dict[str, tuple[str, bytes]]:
    """What of a built app makes a start quicker and changes no answer."""
    listed = app / "app.json"
    if not listed.is_file():
        return {}
    names = {one["path"]: one["name"] for one in json.loads(listed.read_text("utf-8"))["files"]}
    return {
        "/packages.tar": ("application/x-tar", _unpacked(app / "files" / names["python/packages.pack"])),
        "/app/pyodide/python_stdlib.zip": (
            "application/zip",
            (app / "files" / names["pyodide/python_stdlib.zip"]).read_bytes(),
        ),
    }


def _unpacked(pack: Path) -> bytes:
    """As files, because the tests' own modules are files among them."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in files_of(pack.read_bytes()).items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return out.getvalue()


def _newest(place: Path) -> Path:
    found = sorted(place.iterdir(), key=lambda one: one.stat().st_mtime) if place.is_dir() else []
    if not found:
        raise NotBuiltError(f"{place.name} is empty: `make app` has not run here (it needs Node.js)")
    return found[-1]


@cache
def _packages(wheels: Path) -> bytes:
    return _tar([(path.relative_to(wheels).as_posix(), path) for path in sorted(wheels.rglob("*")) if _is_run(path)])


def _is_run(path: Path) -> bool:
    return path.is_file() and "flutter" not in path.parts and path.suffix not in (".pyi", ".dart")


def _code() -> bytes:
    sources = [path for name in _OURS for path in sorted((ROOT / name).rglob("*.py"))]
    return _tar([(path.relative_to(ROOT).as_posix(), path) for path in [ROOT / "tests" / "__init__.py", *sources]])


def _tar(files: list[tuple[str, Path]]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, path in files:
            archive.add(path, name, recursive=False)
    return out.getvalue()


def _type(name: str) -> str:
    return _TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
