"""The built site: each file once, named by its content, checked by the worker; the same bytes from the same code."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from pathlib import Path

import brotli
import pytest

from field_app.app_site.archives import zip_of
from field_app.app_site.client import app_manifest
from field_app.app_site.packs import pack_of
from field_app.app_site.policy import policy
from field_app.app_site.site import SHELL, Site, write_site

FILES = {
    "main.dart.wasm": b"\0asm" + b"skwasm " * 400,
    "main.dart.js": b"canvaskit " * 400,
    "canvaskit/canvaskit.js": b"kit " * 400,
    "assets/NOTICES": b"licences " * 400,
    "icons/icon-192.png": b"\x89PNG" + bytes(2000),
    "python/app.pack": b"ours " * 400,
}


def written(folder: Path, files: dict[str, bytes] = FILES, version: str = "0.1.0") -> Site:
    return write_site(files, version, folder / "app", folder / "packed")


def listed(site: Site) -> list[list[object]]:
    worker = (site.folder / "sw.js").read_text("utf-8")
    found = re.search(r"^const FILES = (\[.*\]);", worker, re.MULTILINE)
    assert found is not None
    return json.loads(found[1])


def test_every_file_lies_under_the_hash_of_its_content_and_its_copies_are_the_same(tmp_path: Path) -> None:
    site = written(tmp_path)
    for file in site.files:
        plain = (site.folder / "files" / file.name).read_bytes()
        assert hashlib.sha256(plain).hexdigest() == file.sha256
        assert file.sha256.startswith(file.name.split(".")[0])
        assert len(plain) == file.size
        for encoding, size in file.encodings.items():
            packed = (site.folder / "files" / f"{file.name}.{encoding}").read_bytes()
            assert len(packed) == size < file.size
            assert (brotli.decompress if encoding == "br" else gzip.decompress)(packed) == plain


def test_pictures_and_fonts_are_not_packed_twice(tmp_path: Path) -> None:
    assert {f.path: f.encodings for f in written(tmp_path).files}["icons/icon-192.png"] == {}


def test_the_worker_lists_what_a_phone_keeps_with_full_hashes_and_nothing_else(tmp_path: Path) -> None:
    site = written(tmp_path)
    rows = listed(site)
    assert [row[:4] for row in rows] == [[f.path, f.name, f.sha256, f.size] for f in site.files if f.renderer != "none"]
    engines = {row[0]: row[4] for row in rows}
    assert "assets/NOTICES" not in engines
    assert (engines["main.dart.wasm"], engines["main.dart.js"], engines["index.html"]) == ("skwasm", "canvaskit", "")
    assert "sw.js" not in engines


def test_the_same_code_makes_the_same_build_and_a_change_fetches_only_what_changed(tmp_path: Path) -> None:
    first, again = written(tmp_path / "1"), written(tmp_path / "2")
    assert (first.build, first.files) == (again.build, again.files)
    changed = written(tmp_path / "3", {**FILES, "python/app.pack": b"theirs " * 400})
    assert changed.build != first.build
    before = {f.path: f.name for f in first.files}
    assert {f.path for f in changed.files if before[f.path] != f.name} == {"python/app.pack", "index.html"}


def test_a_site_is_put_in_place_whole_or_not_at_all(tmp_path: Path) -> None:
    first = written(tmp_path)
    with pytest.raises(TypeError):
        written(tmp_path, {**FILES, "broken": None})  # type: ignore[dict-item]
    assert json.loads((tmp_path / "app" / "app.json").read_text("utf-8"))["build"] == first.build
    assert list(tmp_path.glob("tmp*")) == []


def test_archives_depend_on_content_alone(tmp_path: Path) -> None:
    for name in ("a", "b"):
        folder = tmp_path / name / "package"
        folder.mkdir(parents=True)
        (folder / f"{'z' if name == 'a' else 'm'}.pyc").write_bytes(b"1")
        (folder / "z.pyc").write_bytes(b"1")
        (folder / "m.pyc").write_bytes(b"1")
    assert pack_of(tmp_path / "a", {}, {}) == pack_of(tmp_path / "b", {}, {})
    assert zip_of(tmp_path / "a") == zip_of(tmp_path / "b")


def test_the_policy_lets_no_text_become_code_and_nothing_come_from_elsewhere() -> None:
    said = policy()
    assert "'unsafe-eval'" not in said
    assert "http" not in said
    assert re.search(r"script-src 'self' 'wasm-unsafe-eval'(;|$)", said)
    assert "default-src 'none'" in said
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=", (SHELL / "index.html").read_text("utf-8"))


def test_the_manifest_has_what_installing_asks_for() -> None:
    manifest = json.loads(app_manifest())
    assert (manifest["id"], manifest["scope"], manifest["lang"]) == ("/app/", "/app/", "zh-CN")
    purposes = {(icon["sizes"], icon.get("purpose", "any")) for icon in manifest["icons"]}
    assert {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")} <= purposes


def test_every_text_around_the_app_is_chinese_and_english() -> None:
    source = (SHELL / "texts.mjs").read_text("utf-8")
    pairs = re.findall(r"^  \w+: \[\s*'([^']*)',\s*'([^']*)',?\s*\],$", source, re.MULTILINE)
    assert len(pairs) == len(re.findall(r"^  \w+: \[", source, re.MULTILINE)) > 30
    for zh, en in pairs:
        assert re.search(r"[\u4e00-\u9fff]", zh)
        assert not re.search(r"[\u4e00-\u9fff]", en)
        assert re.findall(r"{\w+}", zh) == re.findall(r"{\w+}", en)
