"""What comes from elsewhere while the app is built, all of it pinned by hash: wheels for Pyodide and npm packages."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = ROOT / "requirements-app.txt"
NPM = Path(__file__).parent / "npm"
LEAST_NODE = 20

# Pyodide 314 is CPython 3.14 for this platform; flet_web brings the runtime itself.
_FOR_PYODIDE = (
    *("--python-version", "314", "--implementation", "cp", "--abi", "cp314", "--abi", "none"),
    *("--platform", "pyemscripten_2026_0_wasm32", "--platform", "any"),
)


class ToolMissingError(Exception):
    """The text says to a person what is missing and where to get it."""


def find_node() -> str:
    node = shutil.which("node")
    version = _output([node, "--version"]) if node else ""
    match = re.match(r"v(\d+)\.", version)
    if node is None or match is None or int(match[1]) < LEAST_NODE or shutil.which("npm") is None:
        found = f"found {version.strip()}" if version else "found none on the PATH"
        raise ToolMissingError(
            f"make app needs Node.js {LEAST_NODE} or newer with npm, and {found}.\n"
            "Debian, Ubuntu: apt-get install nodejs npm; else https://nodejs.org.\n"
            "Only make app needs it: make demo and make test run without, and leave the app in the browser out."
        )
    return node


def wheels(build: Path) -> Path:
    """The folder of the app's packages, downloaded at most once for one requirements-app.txt."""

    def fill(folder: Path) -> None:
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile"]
        only = ["--no-deps", "--only-binary", ":all:", "--require-hashes", "--target", str(folder)]
        _run([*pip, *only, *_FOR_PYODIDE, "-r", str(REQUIREMENTS)])

    return _once(build / "app_wheels", REQUIREMENTS.read_bytes(), fill)


def npm_packages(build: Path) -> Path:
    """The folder `node_modules`, downloaded at most once for one package-lock.json. Runs none of its scripts."""

    def fill(folder: Path) -> None:
        for name in ("package.json", "package-lock.json"):
            shutil.copyfile(NPM / name, folder / name)
        npm = shutil.which("npm") or "npm"
        _run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], folder)

    return _once(build / "app_npm", (NPM / "package-lock.json").read_bytes(), fill) / "node_modules"


def byte_compile(node: str, pyodide: Path, *folders: Path) -> None:
    """Compile what lies in the folders and take the sources away."""
    _run([node, str(Path(__file__).parent / "compile.mjs"), str(pyodide), *map(str, folders)])
    for folder in folders:
        for source in folder.rglob("*.py"):
            source.unlink()


def ready_methods(node: str, pyodide: Path, out: Path, ours: Path, packages: Path) -> Path:
    """Folders `ours` and `packages` in `out`: code of dataclasses' methods, named as browser/packed.py looks it up."""
    out.mkdir()
    _run([node, str(Path(__file__).parent / "methods.mjs"), *map(str, (pyodide, out, ours, packages))])
    return out


def _once(place: Path, made_of: bytes, fill: Callable[[Path], None]) -> Path:
    folder = place / hashlib.sha256(made_of).hexdigest()[:16]
    if not folder.exists():
        place.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=place) as work:
            fresh = Path(work) / "fresh"
            fresh.mkdir()
            fill(fresh)
            fresh.rename(folder)
    return folder


def _run(command: list[str], folder: Path | None = None) -> None:
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)  # noqa: S603 our own lines
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip()[-2000:]
        raise ToolMissingError(f"{' '.join(command[:4])} … failed:\n{said}")


def _output(command: list[str]) -> str:
    try:
        return subprocess.run(command, check=False, capture_output=True, text=True).stdout  # noqa: S603
    except OSError:
        return ""
