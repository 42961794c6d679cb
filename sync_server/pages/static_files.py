"""Our style sheet and the font, each under a name with its content's hash, so that a browser may keep it for good."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

_FOLDER = Path(__file__).parent.parent / "static"
_FOR_GOOD = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class StaticFile:
    name: str
    media_type: str
    data: bytes

    @property
    def path(self) -> str:
        return f"/static/{self.name}"


@dataclass(frozen=True, slots=True)
class StaticFiles:
    """`style_paths` in the order in which a page links them."""

    style_paths: tuple[str, ...]
    icon_path: str
    desk_script: str
    """What saves a form by itself; pages without it are as good."""
    desk_style: str
    files: dict[str, StaticFile]


def load_static_files(font_file: Path | None) -> StaticFiles:
    sheets = [_hashed("zhuqi", "css", "text/css; charset=utf-8", (_FOLDER / "zhuqi.css").read_bytes())]
    icon = _hashed("zhuqi", "svg", "image/svg+xml", (_FOLDER / "zhuqi.svg").read_bytes())
    script = _hashed("desk", "js", "text/javascript; charset=utf-8", (_FOLDER / "desk.js").read_bytes())
    style = _hashed("desk", "css", "text/css; charset=utf-8", (_FOLDER / "desk.css").read_bytes())
    others = [icon, script, style]
    if font_file is not None:
        font = _hashed("zhuqi-cjk", "woff2", "font/woff2", font_file.read_bytes())
        face = f'@font-face{{font-family:"zhuqi-cjk";src:url("{font.path}") format("woff2");font-display:swap}}\n'
        sheets.append(_hashed("font", "css", "text/css; charset=utf-8", face.encode()))
        others.append(font)
    files = {file.name: file for file in (*sheets, *others)}
    return StaticFiles(tuple(sheet.path for sheet in sheets), icon.path, script.path, style.path, files)


def static_route(static: StaticFiles) -> HTTPRouteHandler:
    @get("/static/{name:str}", sync_to_thread=False, include_in_schema=False)
    def static_file(name: FromPath[str]) -> Response[bytes]:
        file = static.files.get(name)
        if file is None:
            raise NotFoundException
        return Response(file.data, media_type=file.media_type, headers={"Cache-Control": _FOR_GOOD})

    return static_file


def _hashed(stem: str, suffix: str, media_type: str, data: bytes) -> StaticFile:
    return StaticFile(f"{stem}.{hashlib.sha256(data).hexdigest()[:16]}.{suffix}", media_type, data)
