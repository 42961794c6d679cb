"""The built site: every file once, under its content's hash and compressed, and a list of them all.

The server reads the list (`app.json`), and so does the service worker, which has it written into it.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import mimetypes
import shutil
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import brotli

from field_app.app_site.client import CANVASKIT_ONLY, NOT_KEPT, SKWASM_ONLY
from field_app.app_site.policy import policy

FORMAT = 1
SHELL = Path(__file__).parent / "shell"
_TYPES = {
    ".mjs": "text/javascript; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".wasm": "application/wasm",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".otf": "font/otf",
    ".ttf": "font/ttf",
    ".tar": "application/x-tar",
    ".zip": "application/zip",
    ".txt": "text/plain; charset=utf-8",
}
_PACKED_ALREADY = (".woff2", ".png")
_LEAST_GAIN = 0.95
_NAME_HEX = 24


@dataclass(frozen=True, slots=True)
class SiteFile:
    """`renderer`: the only engine that needs it on the phone; blank for all; `none` where no phone keeps it."""

    path: str
    name: str
    sha256: str
    size: int
    type: str
    renderer: str
    encodings: Mapping[str, int]

    def sent(self) -> int:
        """Bytes that go over the wire to a browser of today."""
        return min([self.size, *self.encodings.values()])


@dataclass(frozen=True, slots=True)
class Site:
    build: str
    version: str
    folder: Path
    files: tuple[SiteFile, ...]

    def kept(self, renderer: str) -> tuple[SiteFile, ...]:
        return tuple(file for file in self.files if file.renderer in ("", renderer))


def build_id(files: Mapping[str, bytes]) -> str:
    """Twelve hex digits that change when, and only when, some file does."""
    return _sha256(json.dumps(sorted((path, _sha256(data)) for path, data in files.items())).encode())[:12]


def shell_files() -> dict[str, bytes]:
    return {
        f"shell/{path.name}": path.read_bytes() for path in sorted(SHELL.iterdir()) if path.suffix in (".mjs", ".css")
    }


def write_site(files: Mapping[str, bytes], version: str, target: Path, packed: Path, made_of: str = "") -> Site:
    """Put the site in place of the one in `target`, whole or not at all. `packed` keeps what was compressed before."""
    files = {**files, **shell_files()}
    # A worker's policy is that of its own answer: a new policy has to be a new file.
    files["shell/worker.mjs"] += f"// {policy()}\n".encode()
    page, worker = (SHELL / "index.html").read_text("utf-8"), (SHELL / "sw.js").read_text("utf-8")
    build = build_id({**files, "index.html": page.encode(), "sw.js": worker.encode()})
    renderers = "skwasm canvaskit" if CANVASKIT_ONLY[0] in files else "skwasm"
    for mark, text in (("__BUILD__", build), ("__VERSION__", version), ("__RENDERERS__", renderers)):
        page = page.replace(mark, text)
    files["index.html"] = page.encode()
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as work:
        fresh = Path(work) / "app"
        (fresh / "files").mkdir(parents=True)
        with ThreadPoolExecutor() as pool:
            listed = tuple(pool.map(lambda item: _write(fresh, packed, *item), sorted(files.items())))
        site = Site(build, version, target, listed)
        (fresh / "sw.js").write_text(service_worker(worker, site), "utf-8")
        (fresh / "app.json").write_text(json.dumps({**_listed(site), "made_of": made_of}, indent=1), "utf-8")
        if target.exists():
            target.rename(Path(work) / "before")
        fresh.rename(target)
    return site


def service_worker(source: str, site: Site) -> str:
    kept = [[f.path, f.name, f.sha256, f.size, f.renderer] for f in site.files if f.renderer != "none"]
    return source.replace("__BUILD__", site.build).replace("__FILES__", json.dumps(kept, separators=(",", ":")))


def _write(folder: Path, packed: Path, path: str, data: bytes) -> SiteFile:
    digest, suffix = _sha256(data), PurePosixPath(path).suffix
    name = digest[:_NAME_HEX] + suffix
    place = folder / "files" / name
    place.write_bytes(data)
    encodings: dict[str, int] = {}
    for encoding in () if suffix in _PACKED_ALREADY else ("br", "gzip"):
        small = _compressed(packed, digest, encoding, data)
        size = small.stat().st_size
        if size < len(data) * _LEAST_GAIN:
            shutil.copyfile(small, place.with_name(f"{name}.{encoding}"))
            encodings[encoding] = size
    return SiteFile(path, name, digest, len(data), _type_of(suffix), _renderer(path), encodings)


def _compressed(packed: Path, digest: str, encoding: str, data: bytes) -> Path:
    """Made once for each content: Brotli's best takes a minute for all of them."""
    kept = packed / f"{digest}.{encoding}"
    if not kept.exists():
        packed.mkdir(parents=True, exist_ok=True)
        small = brotli.compress(data, quality=11, lgwin=24) if encoding == "br" else gzip.compress(data, 9, mtime=0)
        part = kept.with_suffix(f".{id(data)}")
        part.write_bytes(small)
        part.replace(kept)
    return kept


def _renderer(path: str) -> str:
    if path in NOT_KEPT:
        return "none"
    return "canvaskit" if path in CANVASKIT_ONLY else "skwasm" if path in SKWASM_ONLY else ""


def _type_of(suffix: str) -> str:
    return _TYPES.get(suffix) or mimetypes.types_map.get(suffix, "application/octet-stream")


def _listed(site: Site) -> dict[str, object]:
    rows = [
        {name: getattr(file, name) for name in ("path", "name", "sha256", "size", "type", "renderer", "encodings")}
        for file in site.files
    ]
    return {"format": FORMAT, "build": site.build, "version": site.version, "policy": policy(), "files": rows}


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
