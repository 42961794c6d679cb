"""Flutter's client of flet_web, without what a field app never draws, and with our fonts, icons and names."""

from __future__ import annotations

import fnmatch
import json
import re
from pathlib import Path

import flet_web

from field_app.app_site.archives import files_in
from field_app.web_assets import Progress, build_web_assets, index_page

_LEFT_OUT = (
    *("*.symbols", "*.map", "*.d.ts", "index.html", "manifest.json", "python.js", "python-worker.js", "flutter.js"),
    *("flutter_service_worker.js", "flutter_bootstrap.js", "icons/loading-animation.png", "version.json"),
    *("pyodide/python*", "pyodide/pyodide.js", "pyodide/package.json", "pyodide/*.whl", "pyodide/pyodide-lock.json"),
    *("canvaskit/chromium/*", "canvaskit/experimental_webparagraph/*", "canvaskit/skwasm_heavy.*", "canvaskit/wimp.*"),
    *("assets/packages/flutter_math_fork/*", "assets/packages/media_kit/*", "assets/packages/record_web/*"),
    *("assets/packages/flutter_map/*",),
)
CANVASKIT_ONLY = ("canvaskit/canvaskit.js", "canvaskit/canvaskit.wasm", "main.dart.js")
SKWASM_ONLY = ("canvaskit/skwasm.js", "canvaskit/skwasm.wasm", "main.dart.wasm", "main.dart.mjs")
NOT_KEPT = ("assets/NOTICES", "licences.txt")
"""Served, but not kept on the phone."""


def client_files(*, has_canvaskit: bool, build: Path, progress: Progress) -> dict[str, bytes]:
    web = client_folder()
    files = {name: path.read_bytes() for name, path in files_in(web) if not _is_left_out(name)}
    assets = build_web_assets(build, progress)
    files |= {name: path.read_bytes() for name, path in files_in(assets) if not _is_left_out(name)}
    for name in () if has_canvaskit else CANVASKIT_ONLY:
        del files[name]
    files["assets/FontManifest.json"] = _font_manifest(files["assets/FontManifest.json"])
    files["flutter_loader.js"] = _loader((web / "flutter_bootstrap.js").read_text("utf-8")).encode()
    files["pyodide/pyodide-lock.json"] = _lock((web / "pyodide" / "pyodide-lock.json").read_bytes())
    files["manifest.webmanifest"] = app_manifest()
    return files


def client_folder() -> Path:
    return Path(flet_web.get_package_web_dir())


def app_manifest() -> bytes:
    manifest = json.loads(index_page.manifest_json())
    manifest.update(id="/app/", start_url="/app/?src=home", scope="/app/", display="standalone", lang="zh-CN")
    return json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _is_left_out(name: str) -> bool:
    return any(fnmatch.fnmatch(name, pattern) for pattern in _LEFT_OUT)


def _loader(bootstrap: str) -> str:
    """flet_web's bootstrap as far as it only defines: the start is our own, after the service worker."""
    head, found, _ = bootstrap.partition("window.addEventListener('flutter-first-frame'")
    if not found or "_flutter.buildConfig" not in head:
        raise index_page.UnexpectedFletWebError("flutter_bootstrap.js")
    return re.sub(r"(?m)^//# sourceMappingURL=.*$", "", head)


def _lock(lock: bytes) -> bytes:
    """Without the packages that could be loaded from elsewhere: everything is in the app's own archives."""
    whole = json.loads(lock)
    return json.dumps({**whole, "packages": {}}, sort_keys=True).encode()


def _font_manifest(fonts: bytes) -> bytes:
    roboto = {"family": "Roboto", "fonts": [{"asset": "fonts/roboto.woff2"}]}
    return json.dumps([*json.loads(fonts), roboto]).encode()
