"""The folder that `make app` built: read once, trusted no further than a folder of the operator's own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from shared_models.errors import BadlyFormedError

_FORMAT = 1
_ENCODINGS = ("br", "gzip")


@dataclass(frozen=True, slots=True)
class AppFile:
    """`name` carries the content's hash; `encodings` are those in which it lies there compressed as well."""

    name: str
    media_type: str
    encodings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AppSite:
    folder: Path
    build: str
    policy: str
    by_path: Mapping[str, AppFile]
    by_name: Mapping[str, AppFile]

    def path_of(self, file: AppFile, encoding: str) -> Path:
        return self.folder / "files" / (f"{file.name}.{encoding}" if encoding else file.name)


def read_site(folder: Path | None) -> AppSite | None:
    """Null where no app is built. Raises BadlyFormedError where what lies there is not one that this server knows."""
    if folder is None or not (folder / "app.json").is_file():
        return None
    try:
        listed = json.loads((folder / "app.json").read_text("utf-8"))
        if listed["format"] != _FORMAT:
            raise BadlyFormedError("ZHUQI_APP_DIR", "was built by another release: make app")
        by_path = {row["path"]: _file(row) for row in listed["files"]}
        build, policy = str(listed["build"]), str(listed["policy"])
    except (OSError, ValueError, KeyError, TypeError) as err:
        raise BadlyFormedError("ZHUQI_APP_DIR", "is not what make app builds") from err
    if any(sign in policy for sign in "\r\n,"):
        raise BadlyFormedError("ZHUQI_APP_DIR", "is not what make app builds")
    return AppSite(folder, build, policy, by_path, {file.name: file for file in by_path.values()})


def _file(row: Mapping[str, object]) -> AppFile:
    name, encodings = str(row["name"]), row["encodings"]
    if PurePosixPath(name).name != name or not isinstance(encodings, Mapping):
        raise ValueError(name)
    return AppFile(name, str(row["type"]), tuple(encoding for encoding in _ENCODINGS if encoding in encodings))
