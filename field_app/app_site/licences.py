"""The licences of what the site passes on, as one text beside it; phones do not keep it."""

from __future__ import annotations

from pathlib import Path

_HEAD = """The app as a page contains, beside the code of this project (MIT):
- Flutter's engine and the client of Flet: assets/NOTICES, in this folder.
- Pyodide (Mozilla Public License 2.0, https://github.com/pyodide/pyodide) with CPython (PSF License), as published
  by the flet-web package, unchanged but for compiling the standard library and leaving parts of it out.
- Noto Sans CJK, cut down (SIL Open Font License 1.1), and Material Icons (Apache License 2.0).
- The packages whose licences follow.
"""
_NAMES = ("LICEN[CS]E*", "COPYING*", "NOTICE*")


def licences(wheels: Path, node_modules: Path, packages: frozenset[str]) -> bytes:
    """`packages`: of npm, as the site imports them."""
    found = [_HEAD]
    for folder in sorted(wheels.glob("*.dist-info")):
        found += _texts(folder.name.removesuffix(".dist-info"), folder)
    for package in sorted(packages):
        found += _texts(package, node_modules / package)
    return "\n".join(found).encode()


def _texts(name: str, folder: Path) -> list[str]:
    paths = sorted({path for pattern in _NAMES for path in folder.rglob(pattern) if path.is_file()})
    return [f"\n===== {name}: {path.name} =====\n{path.read_text('utf-8', 'replace')}" for path in paths]
