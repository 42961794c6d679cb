"""What the field app's web client is served with, made here and asked of nobody: font, icons, page, manifest.

Laid over flet_web's own files (`assets_dir`, with `no_cdn=True`). Built once, in ZHUQI_BUILD_DIR or `.build`.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from field_app.web_assets import index_page
from field_app.web_assets.cjk_font import VERSION as FONT_VERSION
from field_app.web_assets.cjk_font import make_cjk_font
from field_app.web_assets.client_words import VERSION as WORDS_VERSION
from field_app.web_assets.client_words import write_client
from field_app.web_assets.icon import VERSION as ICON_VERSION
from field_app.web_assets.icon import write_icons

Progress = Callable[[str], None]
"""Told what begins now, in a few words."""

_FONT_PACKAGE = "cvttf-notosanscjk-regular"


def silent(_: str) -> None:
    """For whoever wants no progress."""


def build_dir() -> Path:
    """Where built things lie: ZHUQI_BUILD_DIR, or `.build` beside the source."""
    given = os.environ.get("ZHUQI_BUILD_DIR", "").strip()
    return Path(given) if given else Path(__file__).resolve().parents[2] / ".build"


def cjk_font_path(target: Path | None = None, progress: Progress = silent) -> Path:
    """The Chinese font as WOFF2, made if it is not there yet (under a minute); the server's pages may be told it."""
    folder = (target or build_dir()) / "fonts"
    made_of = f"{importlib.metadata.version(_FONT_PACKAGE)} {importlib.metadata.version('fonttools')} {FONT_VERSION}"
    path = folder / f"cjk-{_digest(made_of)}.woff2"
    if not path.exists():
        progress("Chinese font: cutting it down to the characters of GBK (once, under a minute)")
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as work:
            fresh = Path(work) / path.name
            make_cjk_font(fresh)
            fresh.replace(path)
    return path


def build_web_assets(target: Path | None = None, progress: Progress = silent) -> Path:
    """The folder for flet_web's `assets_dir`, built at most once. `target` goes before build_dir()."""
    root = target or build_dir()
    font = cjk_font_path(root, progress)
    pages = {
        "index.html": index_page.index_html(),
        "flutter_bootstrap.js": index_page.bootstrap_js(),
        "manifest.json": index_page.manifest_json(),
        "assets/FontManifest.json": index_page.font_manifest_json(),
    }
    made_of = (font.name, *pages.values(), ICON_VERSION, WORDS_VERSION, importlib.metadata.version("flet-web"))
    folder = root / "web_assets" / _digest("".join(made_of))
    if not folder.exists():
        progress("web client: page, manifest and icons")
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as work:
            fresh = Path(work) / "assets_dir"
            _fill(fresh, pages, font)
            _put_in_place(fresh, folder)
    return folder


def _fill(folder: Path, pages: dict[str, str], font: Path) -> None:
    fonts = folder / "assets" / "fonts"
    fonts.mkdir(parents=True)
    for name, text in pages.items():
        (folder / name).write_text(text, "utf-8")
    shutil.copyfile(font, fonts / "roboto.woff2")  # the client's default family: drawn with it, nothing falls back
    write_icons(folder)
    write_client(folder)


def _put_in_place(fresh: Path, folder: Path) -> None:
    try:
        fresh.rename(folder)
    except OSError:
        if not folder.exists():  # else another process was quicker, with the same content
            raise


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
