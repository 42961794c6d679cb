"""Archives whose bytes depend on their content alone: sorted names, no dates, no owners.

What did not change is not downloaded again.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

_EPOCH = (1980, 1, 1, 0, 0, 0)


def files_in(folder: Path) -> list[tuple[str, Path]]:
    """Name inside the folder and path of every file, sorted by name."""
    return sorted((path.relative_to(folder).as_posix(), path) for path in folder.rglob("*") if path.is_file())


def zip_of(folder: Path) -> bytes:
    """Stored, not deflated: Python imports from it, and what is not packed need not be unpacked."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, path in files_in(folder):
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), path.read_bytes(), zipfile.ZIP_STORED)
    return out.getvalue()
