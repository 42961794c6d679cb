"""Imports from the packs that `field_app.app_site.packs` wrote, and the methods of dataclasses made while building.

Laid out beside the packs as a module of its own: it runs before any other of ours can be imported. In WebAssembly half
of all imports was compiling, from text, the methods of some four hundred dataclasses; here the text is looked up.
"""

from __future__ import annotations

import dataclasses
import inspect
import json
import marshal
import os
import sys
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib.abc import Loader
from importlib.machinery import ModuleSpec, SourcelessFileLoader
from importlib.readers import FileReader
from pathlib import Path
from types import CodeType, ModuleType, SimpleNamespace
from typing import Any

_LENGTH_BYTES = 4
_HEAD_BYTES = 16  # of a .pyc
_INIT = ".__init__"
_DIGEST_HEX = 32


class Pack(Loader):
    """Finder and loader of one pack; `root` is where its modules say that they lie."""

    def __init__(self, path: str, root: str) -> None:
        self._file = os.open(path, os.O_RDONLY)
        length = int.from_bytes(os.pread(self._file, _LENGTH_BYTES, 0), "little")
        index = json.loads(os.pread(self._file, length, _LENGTH_BYTES))
        self._start, self._root = _LENGTH_BYTES + length, root
        self._modules: Mapping[str, Sequence[int]] = index["modules"]
        self._methods: Mapping[str, Sequence[int]] = index["methods"]
        self._namespaces = frozenset(index["namespaces"])

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> ModuleSpec | None:
        is_package = name + _INIT in self._modules
        if not is_package and name not in self._modules:
            return self._namespace(name)
        place = f"{self._root}/{name.replace('.', '/')}"
        spec = ModuleSpec(name, self, origin=f"{place}/__init__.pyc" if is_package else f"{place}.pyc")
        spec.submodule_search_locations = [place] if is_package else None
        spec.has_location = True
        return spec

    def create_module(self, _spec: ModuleSpec) -> ModuleType | None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        exec(self.get_code(module.__name__), module.__dict__)  # noqa: S102 what an import is

    def get_code(self, name: str) -> CodeType:
        place = self._modules.get(name + _INIT) or self._modules[name]
        code: CodeType = marshal.loads(self._read(place)[_HEAD_BYTES:])  # noqa: S302 our own, checked by its SHA-256
        return code

    def get_resource_reader(self, name: str) -> FileReader:
        """Data of packages lie as files."""
        place = f"{self._root}/{name.replace('.', '/')}/__init__.pyc"
        return FileReader(SourcelessFileLoader(name, place))

    def method(self, digest: str) -> CodeType | None:
        place = self._methods.get(digest)
        return None if place is None else marshal.loads(self._read(place))  # noqa: S302 as above

    def _namespace(self, name: str) -> ModuleSpec | None:
        if name not in self._namespaces:
            return None
        spec = ModuleSpec(name, None, is_package=True)
        spec.submodule_search_locations = [f"{self._root}/{name.replace('.', '/')}"]
        return spec

    def _read(self, place: Sequence[int]) -> bytes:
        at, size = place
        return os.pread(self._file, size, self._start + at)


def digest_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:_DIGEST_HEX]


def install(root: str, names: Sequence[str]) -> None:
    """Make the packs of these names under `root` importable, before everything else on the path."""
    packs = [Pack(str(Path(root, name)), root) for name in names]
    sys.meta_path[:0] = packs
    sys.path.insert(0, root)  # for what is a file: extensions, metadata

    def run(text: str, names: dict[str, Any], found: dict[str, Any]) -> None:
        digest = digest_of(text)
        code = next((code for pack in packs if (code := pack.method(digest)) is not None), None)
        exec(text if code is None else code, names, found)  # noqa: S102 as dataclasses itself does

    vars(dataclasses)["exec"] = run
    # A class without a docstring would get its signature as one, at a tenth of the start's cost; nobody reads it.
    vars(dataclasses)["inspect"] = SimpleNamespace(signature=_no_signature, unwrap=inspect.unwrap)


def _no_signature(*_: object, **__: object) -> str:
    raise ValueError
