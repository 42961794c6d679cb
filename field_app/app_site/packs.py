"""A pack: compiled modules one after the other, found by name; a start unpacks nothing and reads what it imports.

Four bytes for the length of the index, the index as JSON, the contents. What is no module (extensions, metadata) is
listed apart and laid out as files by the app's worker; `field_app/browser/packed.py` imports the rest.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from field_app.app_site.archives import files_in

_LENGTH_BYTES = 4
_INIT = "__init__"


def pack_of(folder: Path, methods: Mapping[str, bytes], loose: Mapping[str, bytes]) -> bytes:
    """`methods`: what dataclasses would make from text, ready; `loose`: more files that are no modules."""
    found = {name: path.read_bytes() for name, path in files_in(folder)}
    modules = {name: data for name, data in found.items() if name.endswith(".pyc")}
    files = {name: data for name, data in found.items() if name not in modules} | dict(loose)
    index: dict[str, object] = {"namespaces": _namespaces(modules)}
    contents: list[bytes] = []
    at = 0
    for kind, rows in (("modules", modules), ("files", files), ("methods", methods)):
        listed: dict[str, list[int]] = {}
        for name, data in sorted(rows.items()):
            key = name.removesuffix(".pyc").replace("/", ".") if kind == "modules" else name
            listed[key] = [at, len(data)]
            contents.append(data)
            at += len(data)
        index[kind] = listed
    head = json.dumps(index, separators=(",", ":"), sort_keys=True).encode()
    return b"".join((len(head).to_bytes(_LENGTH_BYTES, "little"), head, *contents))


def files_of(pack: bytes) -> dict[str, bytes]:
    """What was packed, by its name in the folder; without the methods."""
    start = _LENGTH_BYTES + int.from_bytes(pack[:_LENGTH_BYTES], "little")
    index = json.loads(pack[_LENGTH_BYTES:start])
    modules = {f"{name.replace('.', '/')}.pyc": place for name, place in index["modules"].items()}
    return {name: pack[start + at : start + at + size] for name, (at, size) in (modules | index["files"]).items()}


def _namespaces(modules: Mapping[str, bytes]) -> list[str]:
    """Folders with modules and without one of their own."""
    folders = {folder for name in modules for folder in PurePosixPath(name).parents if folder.name}
    return sorted(
        folder.as_posix().replace("/", ".") for folder in folders if f"{folder.as_posix()}/{_INIT}.pyc" not in modules
    )
