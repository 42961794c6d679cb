"""The web client of the field app: Chinese from the first frame, and nothing asked of another machine."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import cvttf_NotoSansCJK_Regular as wheel
import flet_web
import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from PIL import Image
from playwright.sync_api import Browser, BrowserContext

from field_app.web_assets import build_web_assets, cjk_font_path
from field_app.web_assets.cjk_font import SIGNS
from field_app.web_assets.client_words import WORDS, in_chinese
from field_app.web_assets.icon import GREEN, draw_icon
from field_app.web_assets.index_page import UnexpectedFletWebError
from tests.browser import context_of, problems_of
from tests.flet_page import FletPage

SENTENCE = "平阳县助企服务周：第二周，不得入企检查。喆昇堃祎赟 ✓×→"

APP = f"""
import sys
import flet as ft
import flet_web.fastapi as flet_fastapi
import uvicorn

@ft.component
def App():
    said, say = ft.use_state("未按")
    name, rename = ft.use_state("")
    return ft.Column([
        ft.Semantics(identifier="sentence", content=ft.Text("{SENTENCE}", size=24)),
        ft.Semantics(identifier="said", content=ft.Text(said)),
        ft.TextField(label="企业名称", value=name, on_change=lambda e: rename(e.control.value)),
        ft.Row([ft.Icon(ft.Icons.CHECK_CIRCLE), ft.FilledButton("核对", on_click=lambda: say("已按" + name))]),
    ])

def main(page: ft.Page):
    page.render(App)

uvicorn.run(
    flet_fastapi.app(main, assets_dir=sys.argv[2], no_cdn=True, web_renderer=ft.WebRenderer(sys.argv[3])),
    host="127.0.0.1", port=int(sys.argv[1]), log_level="warning",
)
"""


@pytest.fixture(scope="session")
def assets() -> Path:
    return build_web_assets()


@pytest.fixture(params=["auto", "canvaskit"])
def address(request: pytest.FixtureRequest, assets: Path, free_port: int, tmp_path: Path) -> Iterator[str]:
    script = tmp_path / "app.py"
    script.write_text(APP, "utf-8")
    url = f"http://127.0.0.1:{free_port}/"
    server = subprocess.Popen([sys.executable, script, str(free_port), assets, request.param], cwd=tmp_path)
    try:
        _wait_for(url, server)
        yield url
    finally:
        server.terminate()
        server.wait(10)


@pytest.mark.parametrize("name", ["main.dart.js", "main.dart.wasm"])
def test_the_clients_own_words_are_chinese_and_its_bytes_as_many(assets: Path, name: str) -> None:
    ours, flets = (assets / name).read_bytes(), (Path(flet_web.get_package_web_dir()) / name).read_bytes()
    assert len(ours) == len(flets)
    for english, chinese in WORDS.items():
        assert english.encode() in flets
        assert english.encode() not in ours
        assert chinese.encode() in ours
    with pytest.raises(UnexpectedFletWebError):
        in_chinese(b"another Flet", name)


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.05)


@pytest.mark.browser
def test_chinese_is_drawn_with_no_font_asked_for_and_nothing_leaves_the_machine(browser: Browser, address: str) -> None:
    with context_of(browser) as (context, traffic):
        page = FletPage(context)
        problems = problems_of(page.page)
        page.open(address).sees(SENTENCE)
        page.type("企业名称", "鳌江")
        page.tap("核对").sees("已按鳌江")
        assert len(page.taps) == 2
        assert page.page.workers == []  # a second thread for drawing leaves words out, and hangs
        asked = [url.removeprefix(address) for url in traffic.urls]
        assert not [url for url in asked if "notosans" in url.lower() or "KaTeX" in url]
        assert len([url for url in asked if url.endswith("roboto.woff2")]) == 1
        assert not [line for line in problems if "rive_native" not in line]
        assert traffic.outside == []
        assert [url for url in traffic.stopped_by_policy if "rive_native" not in url] == []


@pytest.mark.browser
def test_a_page_cannot_be_made_to_ask_another_machine(phone_context: BrowserContext, address: str) -> None:
    page = phone_context.new_page()
    page.goto(address)
    refused = page.evaluate(
        "() => new Promise(done => { addEventListener('securitypolicyviolation', "
        "e => { if (e.blockedURI.includes('example.org')) done(e.violatedDirective); }); "
        "fetch('https://example.org/x').catch(() => {}); })"
    )
    assert refused == "connect-src"


def test_the_font_holds_every_character_of_gb2312_rare_names_and_the_signs_of_the_screens(assets: Path) -> None:
    with TTFont(assets / "assets" / "fonts" / "roboto.woff2") as font:
        held = font.getBestCmap()
    two_bytes = [bytes([lead, trail]) for lead in range(0xA1, 0xF8) for trail in range(0xA1, 0xFF)]
    gb2312 = [text for pair in two_bytes for text in [pair.decode("gb2312", "ignore")] if len(text) == 1]
    assert len(gb2312) > 7_000
    assert [text for text in gb2312 + list(SIGNS) + list("喆昇堃祎赟犇垚燚翀頔珺") if ord(text) not in held] == []


def test_mainland_forms_are_drawn_and_not_those_of_the_wheel(assets: Path) -> None:
    with (
        TTFont(assets / "assets" / "fonts" / "roboto.woff2") as ours,
        TTFont(wheel.get_TTF_path(), lazy=True) as theirs,
    ):
        assert _outline(ours, "一") == _outline(theirs, "一")
        assert _outline(ours, "骨") != _outline(theirs, "骨")  # the mainland turns its inner corner to the left


def _outline(font: TTFont, text: str) -> list[object]:
    glyphs = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[font.getBestCmap()[ord(text)]].draw(pen)
    return pen.value


def test_the_font_may_be_passed_on(assets: Path) -> None:
    with TTFont(assets / "assets" / "fonts" / "roboto.woff2") as font:
        assert "SIL Open Font License" in font["name"].getDebugName(13)
        assert assets.joinpath("assets", "fonts", "roboto.woff2").stat().st_size < 4_000_000


def test_what_is_built_is_built_once(assets: Path, tmp_path: Path) -> None:
    told: list[str] = []
    assert build_web_assets(progress=told.append) == assets
    assert told == []
    (tmp_path / "fonts").mkdir()
    shutil.copy(cjk_font_path(), tmp_path / "fonts")
    elsewhere = build_web_assets(tmp_path, told.append)
    assert elsewhere.is_relative_to(tmp_path)
    assert len(told) == 1
    files = sorted(path.relative_to(assets) for path in assets.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(elsewhere) for path in elsewhere.rglob("*") if path.is_file())
    assert all((assets / path).read_bytes() == (elsewhere / path).read_bytes() for path in files)
    assert [path for path in tmp_path.glob("web_assets/*") if path != elsewhere] == []


def test_the_build_tells_folder_and_font_on_the_command_line(assets: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "field_app.web_assets"], check=True, capture_output=True, text=True, env=dict(os.environ)
    )
    assert done.stdout.splitlines() == [str(assets), str(cjk_font_path())]
    assert done.stderr == ""


def test_page_and_manifest_are_ours(assets: Path) -> None:
    page = (assets / "index.html").read_text("utf-8")
    assert "<title>助企码</title>" in page
    assert "'unsafe-eval'" not in page
    manifest = json.loads((assets / "manifest.json").read_text("utf-8"))
    assert (manifest["name"], manifest["lang"]) == ("助企码", "zh-CN")
    for icon in manifest["icons"]:
        with Image.open(assets / icon["src"]) as drawn:
            assert icon["sizes"] == f"{drawn.width}x{drawn.height}"
    families = [entry["family"] for entry in json.loads((assets / "assets" / "FontManifest.json").read_text("utf-8"))]
    assert families == ["MaterialIcons", "packages/cupertino_icons/CupertinoIcons"]


def test_the_icon_is_the_same_each_time_and_keeps_clear_of_a_round_mask() -> None:
    def png(image: Image.Image) -> bytes:
        out = io.BytesIO()
        image.save(out, "PNG")
        return out.getvalue()

    assert png(draw_icon(96)) == png(draw_icon(96))
    masked = draw_icon(200, rounded=False, scale=0.7).convert("RGB")
    green = tuple(bytes.fromhex(GREEN[1:]))
    outside_the_safe_circle = [
        (x, y) for x in range(200) for y in range(200) if (x - 99.5) ** 2 + (y - 99.5) ** 2 > 80**2
    ]
    assert all(masked.getpixel(spot) == green for spot in outside_the_safe_circle)
