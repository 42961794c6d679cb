"""What all pages share: headers, languages, static files, refusals in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from litestar import Litestar, get
from litestar.testing import TestClient

from sync_server.app import app_of
from sync_server.county import County
from sync_server.pages.headers import content_security_policy
from sync_server.pages.site import pages_router, site_of
from sync_server.pages.static_files import load_static_files
from tests.pages.stories import Story
from tests.pages.visitor import Visitor

Visitors = Callable[[], Visitor]
SHEET = Path(__file__).parents[2] / "sync_server" / "static" / "zhuqi.css"


@pytest.mark.parametrize("path", ["/", "/login", "/visits", "/nowhere"])
def test_every_page_carries_the_strict_headers(visitor: Visitors, path: str) -> None:
    headers = visitor().get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'; img-src 'self'")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "script" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "same-origin"


def test_a_named_site_may_frame_the_pages_and_cannot_smuggle_a_rule(county: County) -> None:
    framed = replace(county.settings, frame_ancestors="http://localhost:8000; script-src *")
    policy = content_security_policy(framed)
    assert policy.endswith("frame-ancestors http://localhost:8000  script-src *")
    with TestClient(app_of(replace(county, settings=framed)), base_url="http://127.0.0.1") as client:
        assert "x-frame-options" not in Visitor(client).get("/").headers


def test_pages_hold_no_script_and_no_style_of_their_own(supervisor: Visitor, story: Story) -> None:
    for path in ("/", "/visits", f"/visits/{story.sound}", f"/visits/{story.service}"):
        page = supervisor.get(path).text
        assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=|javascript:", page), path


def test_nothing_is_linked_from_another_host(supervisor: Visitor, visitor: Visitors, story: Story) -> None:
    pages = [visitor().get("/login"), *(supervisor.get(path) for path in ("/", "/visits", f"/visits/{story.stormy}"))]
    for page in pages:
        links = re.findall(r'(?:href|src|action)="([^"]*)"', page.text)
        assert links
        assert all(link.startswith(("/", "#")) and not link.startswith("//") for link in links), links


def test_the_style_sheet_is_kept_for_good_under_its_hash(visitor: Visitors) -> None:
    somebody = visitor()
    path = re.search(r'rel="stylesheet" href="([^"]+)"', somebody.get("/").text)
    assert path
    sheet = somebody.get(path[1])
    assert sheet.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert sheet.headers["content-type"].startswith("text/css")
    assert re.fullmatch(r"/static/zhuqi\.[0-9a-f]{16}\.css", path[1])
    assert somebody.get("/static/zhuqi.css").status_code == 404
    assert somebody.get("/static/..%2f..%2fapp.py").status_code == 404


def test_the_style_sheet_is_one_file_of_at_most_300_lines_that_loads_nothing() -> None:
    text = SHEET.read_text("utf-8")
    assert text.count("\n") <= 300
    assert "@import" not in text
    assert "url(" not in text


def test_a_font_for_browsers_without_chinese_comes_from_a_setting(tmp_path: Path) -> None:
    font = tmp_path / "font.woff2"
    font.write_bytes(b"wOF2 not really")
    static = load_static_files(font)
    assert len(static.style_paths) == 2
    face = static.files[static.style_paths[1].removeprefix("/static/")]
    assert b"zhuqi-cjk" in face.data
    name = re.search(rb"/static/(zhuqi-cjk\.[0-9a-f]{16}\.woff2)", face.data)
    assert name
    assert static.files[name[1].decode()].data == font.read_bytes()


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


PAIRS = [
    *((ink, ground) for ink in ("ink", "soft", "accent") for ground in ("ground", "card", "tint")),
    *((tone, ground) for tone in ("good", "care", "bad", "unsure") for ground in ("card", f"{tone}-ground")),
    ("on-accent", "accent"),
]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_every_text_has_a_contrast_of_4_5_on_its_ground(scheme: int, ink: str, ground: str) -> None:
    blocks = re.findall(r":root \{(.*?)\}", SHEET.read_text("utf-8"), re.DOTALL)[:2]
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", blocks[scheme]))
    assert contrast(colours[ink], colours[ground]) >= 4.5


def test_the_language_is_kept_and_leads_back_to_our_own_pages_only(visitor: Visitors) -> None:
    somebody = visitor()
    assert '<html lang="zh-Hans-CN">' in somebody.get("/").text
    assert somebody.get("/language/en?back=/login").headers["location"] == "/login"
    assert '<html lang="en">' in somebody.get("/login").text
    assert somebody.get("/language/fr?back=//evil.example").headers["location"] == "/"
    assert '<html lang="zh-Hans-CN">' in somebody.get("/").text


def test_the_language_switch_keeps_the_filter(supervisor: Visitor) -> None:
    page = supervisor.get("/visits?enterprise=%E4%BC%81%E4%B8%9A&state=open").text
    link = re.search(r'href="(/language/en\?back=[^"]+)"', page)
    assert link
    assert supervisor.get(link[1]).headers["location"] == "/visits?enterprise=%E4%BC%81%E4%B8%9A&state=open"


def test_what_is_not_there_says_so_to_a_person_and_to_a_program(visitor: Visitors) -> None:
    somebody = visitor()
    page = somebody.get("/nowhere")
    assert page.status_code == 404
    assert "没有找到这个页面" in page.text
    assert somebody.get("/nowhere", headers={"accept": "application/json"}).json()["code"] == "not_found"
    assert somebody.get("/api/nowhere").headers["content-type"].startswith("application/problem+json")
    assert somebody.client.delete("/visits", headers={"accept": "text/html"}).status_code == 405


def test_a_mistake_of_ours_says_a_number_and_nothing_of_the_inside(county: County) -> None:
    @get("/", sync_to_thread=False)
    def broken() -> str:
        raise ZeroDivisionError("a secret of the inside")

    site = site_of(county)
    app = Litestar([pages_router([broken])], state=site.state, template_config=site.template_config)
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        answer = Visitor(client).get("/")
    assert answer.status_code == 500
    assert re.search(r"编号 <code>[0-9a-f]{8,16}</code>", answer.text)
    assert "secret" not in answer.text
    assert "ZeroDivision" not in answer.text
