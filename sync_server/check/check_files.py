"""The scripts and the style of the owners' pages, under one address that changes with any of them.

Modules name each other by relative addresses, so they share a folder whose name is the hash of all.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "static" / "check"
_MEDIA_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
WORKER = "worker.js"
_VERSION_MARK = "@VERSION@"
_FILES_MARK = "@FILES@"


@dataclass(frozen=True, slots=True)
class CheckFiles:
    version: str
    files: dict[str, tuple[str, bytes]]
    """Media type and bytes by name."""

    def path(self, name: str) -> str:
        return f"/check/files/{self.version}/{name}"

    def worker(self, more: tuple[str, ...], words: str) -> bytes:
        """The service worker, told which release it is of and what to keep.

        `more` are further addresses; `words` what the offline page says, for it is kept as well.
        """
        kept = [self.path(name) for name in self.files if name != WORKER]
        listed = ", ".join(f'"{path}"' for path in (*kept, *more))
        text = self.files[WORKER][1].decode("utf-8")
        release = hashlib.sha256((self.version + listed + words).encode()).hexdigest()[:16]
        return text.replace(_VERSION_MARK, release).replace(f'"{_FILES_MARK}"', listed).encode("utf-8")


@cache
def load_check_files() -> CheckFiles:
    found = {
        path.name: (_MEDIA_TYPES[path.suffix], path.read_bytes())
        for path in sorted(FOLDER.iterdir())
        if path.suffix in _MEDIA_TYPES
    }
    whole = hashlib.sha256()
    for name, (_, data) in found.items():
        whole.update(name.encode() + b"\0" + hashlib.sha256(data).digest())
    return CheckFiles(whole.hexdigest()[:16], found)
