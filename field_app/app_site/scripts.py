"""JavaScript of the app: what Python uses (`field_app/browser/js`), and of the npm packages no more than it imports."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from field_app.app_site.archives import files_in
from field_app.app_site.tools import ROOT

VENDOR = "js/vendor/"
LOADED_BY_NAME = ("zxing-wasm/dist/reader/zxing_reader.wasm",)
"""Files of packages that no import names."""

_IMPORT = re.compile(r"""(?<![\w.$])((?:from|import)\s*\(?\s*)(["'])([^"'\n]+)\2""")


class UnknownImportError(Exception):
    """A script imports what is not there; the text names both."""


def script_files(node_modules: Path) -> dict[str, bytes]:
    """Our scripts under `js/`, packages under `js/vendor/PACKAGE/`; imports are addresses, as a worker needs them."""
    ours = ROOT / "field_app" / "browser" / "js"
    found = {f"js/{name}": path.read_bytes() for name, path in files_in(ours)}
    waiting = [VENDOR + name for name in LOADED_BY_NAME]
    for name, data in tuple(found.items()):
        found[name], wanted = _addressed(name, data)
        waiting += wanted
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        path = node_modules / name.removeprefix(VENDOR)
        if not name.startswith(VENDOR) or not path.is_file():
            raise UnknownImportError(name)
        found[name], wanted = _addressed(name, path.read_bytes())
        waiting += wanted
    return found


def _addressed(name: str, data: bytes) -> tuple[bytes, list[str]]:
    """The script with the names of packages turned into addresses, and the files that it imports."""
    if not name.endswith((".js", ".mjs")):
        return data, []
    script = data.decode()
    wanted = list(_imports(name, script))
    changed = _IMPORT.sub(lambda found: f"{found[1]}{found[2]}{_address(name, found[3])}{found[2]}", script)
    return changed.encode(), wanted


def _imports(name: str, script: str) -> Iterator[str]:
    for found in _IMPORT.finditer(_without_comments(script)):
        yield posixpath.normpath(posixpath.join(posixpath.dirname(name), _address(name, found[3])))


def _without_comments(script: str) -> str:
    return re.sub(r"/\*.*?\*/|(?m:^\s*//[^\n]*$)", "", script, flags=re.DOTALL)


def _address(name: str, target: str) -> str:
    """Relative addresses stay as they are; a package's name becomes the way from `name` to its file."""
    if target.startswith((".", "/")):
        return target
    return posixpath.relpath(VENDOR + target, posixpath.dirname(name))
