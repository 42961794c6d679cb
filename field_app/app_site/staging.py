"""The Python that the browser runs, laid out and compiled: our code, the packages, the standard library.

Three archives, because they change at different times: a change of our code is a download of our code alone.
"""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from field_app.app_site.archives import files_in, zip_of
from field_app.app_site.packs import pack_of
from field_app.app_site.tools import ROOT, byte_compile, ready_methods

FINDER = "zhuqi_packed.pyc"
"""`field_app.browser.packed` once more, as a file: it is what imports the others."""
_OURS = ("field_app", "shared_models")
# What Python never runs in the browser: command line, web mode, simulation's processes, this builder, scripts.
_NOT_OURS = re.compile(
    r"(^|/)__pycache__/|^field_app/(app_site|web_assets|simulate|browser/js)/|^field_app/(cli|web|cockpit_routes)\.py$|\.pyi$|\.typed$"
)
_NOT_THEIRS = re.compile(
    r"(^|/)(__pycache__|tests?|flutter|bin)(/|$)|\.(pyi|c|h|pyx|typed)$|^\.lock$"
    r"|\.dist-info/(?!METADATA$|entry_points\.txt$)"
    r"|^sqlite_utils/(cli|__main__)\.py$|^qrcode/(console_scripts|release)\.py$|^dateutil/zoneinfo/"
)
# Number formats of other countries than ours: 4 MB of python-stdnum.
_STDNUM = re.compile(r"^stdnum/(cn/|iso7064/|(__init__|exceptions|util|luhn)\.py$)")
_NOT_STANDARD = re.compile(
    r"^(idlelib|turtledemo|tkinter|ensurepip|lib2to3|pydoc_data|test|unittest|curses|dbm|wsgiref|xmlrpc|venv|profiling)/"
    r"|^(turtle|doctest|imaplib|ftplib|poplib|smtplib|mailbox|_android_support|_apple_support|_ios_support|antigravity"
    r"|pdb|cProfile|profile|webbrowser|_pydecimal|_pyio|_pydatetime|pickletools|this)\.py$"
)


@dataclass(frozen=True, slots=True)
class PythonParts:
    ours: bytes
    packages: bytes
    standard: bytes


def python_parts(work: Path, wheels: Path, pyodide: Path, node: str, version: str) -> PythonParts:
    """`work` is an empty folder for what lies between."""
    ours, packages, standard = work / "ours", work / "packages", work / "standard"
    for name in _OURS:
        _copy(ROOT / name, ours, lambda path: not _NOT_OURS.search(path), under=name)
    _copy(wheels, packages, _is_theirs)
    with zipfile.ZipFile(pyodide / "python_stdlib.zip") as archive:
        archive.extractall(standard, [name for name in archive.namelist() if not _NOT_STANDARD.match(name)])
    (ours / "zhuqi_version.py").write_text(f'VERSION = "{version}"\n', "utf-8")
    byte_compile(node, pyodide, ours, packages, standard)
    methods = ready_methods(node, pyodide, work / "methods", ours, packages)
    finder = {FINDER: (ours / "field_app" / "browser" / "packed.pyc").read_bytes()}
    return PythonParts(
        pack_of(ours, _contents(methods / "ours"), finder),
        pack_of(packages, _contents(methods / "packages"), {}),
        zip_of(standard),
    )


def _contents(folder: Path) -> dict[str, bytes]:
    return {name: path.read_bytes() for name, path in files_in(folder)}


def _is_theirs(path: str) -> bool:
    if path.startswith("stdnum/"):
        return _STDNUM.match(path) is not None
    return _NOT_THEIRS.search(path) is None


def _copy(source: Path, target: Path, is_wanted: Callable[[str], bool], under: str = "") -> None:
    for name, path in files_in(source):
        full = f"{under}/{name}" if under else name
        if is_wanted(full):
            place = target / full
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)
