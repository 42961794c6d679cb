"""The web client's page and manifests, made from flet_web's own, so that a new Flet brings its own along."""

from __future__ import annotations

import json
import re
from pathlib import Path

import flet_web

NAME = "助企码"
DESCRIPTION = "入企检查先备案、看时间、留记录。"
COLOUR = "#0B6E4F"
BACKGROUND = "#F6F8F7"

# Inline scripts: flet_web writes its configuration into the page it serves. Wasm: the renderers. Blob: the camera.
POLICY = {
    "default-src": "'self' blob: data:",
    "script-src": "'self' 'unsafe-inline' 'wasm-unsafe-eval' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "connect-src": "'self' blob: data: ws: wss:",
    "worker-src": "'self' blob:",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "media-src": "'self' blob: data:",
    "object-src": "'none'",
    "form-action": "'none'",
}
# The client asks for every family named here before its first frame; of KaTeX's twenty no screen draws one.
_FAMILIES = ("MaterialIcons", "packages/cupertino_icons/CupertinoIcons")


class UnexpectedFletWebError(Exception):
    """flet_web's files are not what this was written for: look at them before changing this."""


def index_html() -> str:
    """flet_web's own page with a policy that lets nothing be fetched from another host, in Chinese, with our name."""
    policy = "; ".join(f"{name} {value}" for name, value in POLICY.items())
    page = _file("index.html")
    page = _replace_once(page, r"<html>", '<html lang="zh-CN">')
    meta = f'<meta charset="UTF-8">\n  <meta http-equiv="Content-Security-Policy" content="{policy}">'
    page = _replace_once(page, r'<meta charset="UTF-8">', meta)
    page = _replace_once(page, r'content="Flet application\."', f'content="{DESCRIPTION}"')
    page = _replace_once(
        page, r'apple-mobile-web-app-title" content="Flet"', f'apple-mobile-web-app-title" content="{NAME}"'
    )
    page = _replace_once(page, r"<title>Flet</title>", f"<title>{NAME}</title>")
    page = _replace_once(page, r'aria-label="Loading"', 'aria-label="正在打开"')
    page = _replace_once(page, r"background: #ffffff;", f"background: {BACKGROUND};")
    return _replace_once(page, r"icons/loading-animation\.png", "icons/icon-512.png")


def bootstrap_js() -> str:
    """flet_web's own start of Flutter, with the renderer on the page's own thread.

    flet_web's pages are cross-origin isolated, so Flutter would draw on a second one; the two share a cache of glyphs
    that nothing locks, and now and then a word is not drawn, or the page hangs (flutter/flutter#190039).
    """
    option = "var flutterConfig = {\n    forceSingleThreadedSkwasm: true,"
    return _replace_once(_file("flutter_bootstrap.js"), r"var flutterConfig = \{", option)


def manifest_json() -> str:
    manifest = json.loads(_file("manifest.json"))
    manifest.update(name=NAME, short_name=NAME, description=DESCRIPTION, lang="zh-CN")
    manifest.update(theme_color=COLOUR, background_color=BACKGROUND, orientation="portrait")
    return json.dumps(manifest, ensure_ascii=False, indent=2)


def font_manifest_json() -> str:
    """Without Roboto: flet_web adds that entry itself, and ours is the file under its name."""
    families = [family for family in json.loads(_file("assets/FontManifest.json")) if family["family"] in _FAMILIES]
    if len(families) != len(_FAMILIES):
        raise UnexpectedFletWebError("assets/FontManifest.json")
    return json.dumps(families)


def _file(name: str) -> str:
    return (Path(flet_web.get_package_web_dir()) / name).read_text("utf-8")


def _replace_once(page: str, pattern: str, text: str) -> str:
    changed, count = re.subn(pattern, lambda _: text, page)
    if count != 1:
        raise UnexpectedFletWebError(f"{pattern} found {count} times")
    return changed
