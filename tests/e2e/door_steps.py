"""Steps at the door that more than one story takes: two officers in the web-mode app, an owner with a phone beside."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser import context_of
from tests.e2e.conftest import Story
from tests.e2e.hands import PIN, sees, tap, write
from tests.e2e.processes import FieldApp
from tests.e2e.test_screens import Walk, _ask, _confirm_soon
from tests.field_state.rig import code_picture
from tests.flet_page import FletPage

STROKES = ([(40, 60), (150, 120), (230, 70), (280, 160)], [(120, 30), (130, 190)])


@contextmanager
def owners_phone(browser: Browser, at: datetime) -> Iterator[Page]:
    """A phone of its own beside the officers', whose clock tells the county's time."""
    with context_of(browser, accept_downloads=False) as (context, _):
        context.clock.install(time=at)
        yield context.new_page()


def enrol(story: Story, app: FieldApp, number: int, officer: str) -> None:
    clerk = threading.Thread(target=_confirm_soon, args=(story,))
    clerk.start()
    code = story.server.enrolment_code(officer)
    _ask(app, "POST", f"{number}/setup", json.dumps({"code": code, "pin": PIN}).encode())
    clerk.join()


def take(page: FletPage) -> None:
    """The window before this one may not have gone yet."""
    expect(page.by_id("screen-unlock").or_(page.by_id("screen-away"))).to_be_attached(timeout=20_000)
    if page.by_id("screen-away").count():
        page.tap_id("use-here")


def photograph(page: FletPage) -> bytes:
    """What another phone's camera sees of this one's screen."""
    page.page.wait_for_timeout(600)
    with Image.open(io.BytesIO(page.page.screenshot())) as shot:
        large = shot.convert("L").resize((shot.width * 2, shot.height * 2), Image.Resampling.NEAREST)
    out = io.BytesIO()
    large.save(out, "PNG")
    return out.getvalue()


def read(page: FletPage) -> str:
    with Image.open(io.BytesIO(photograph(page))) as shot:
        (found,) = zxingcpp.read_barcodes(shot)
    return found.text


def draw(page: FletPage) -> None:
    box = sees(page, "pad").bounding_box()
    assert box is not None
    mouse = page.page.mouse
    for stroke in STROKES:
        for i, (x, y) in enumerate(stroke):
            mouse.move(box["x"] + x, box["y"] + y, steps=6)
            if i == 0:
                mouse.down()
        mouse.up()
        page.page.wait_for_timeout(250)
    expect(page.by_id("sign-next").get_by_role("button")).to_be_enabled()


def letter(walk: Walk, name: str) -> str:
    """From the visit to the copy; gives the text of the copy's code."""
    page = walk.page
    tap(page, "finding", "provision-0")
    page.tap_id("provision-0")
    walk.look("finding")
    tap(page, "finding-write", "screen-leniency")
    page.tap_id("gravity-minor")
    page.tap_id("harm-none")
    page.tap_id("correction-pledged")
    sees(page, "outcome-no_penalty_minor")
    walk.look("leniency")
    walk.scroll()
    walk.look("leniency-below")
    tap(page, "letter", "screen-letter")
    write(page, "letter-field-name", name)
    write(page, "letter-field-phone", "13800000000")
    walk.look("letter")
    tap(page, "read", "screen-read")
    walk.look("read")
    tap(page, "sign", "pad")
    for turn in range(3):
        draw(page)
        if turn == 0:
            walk.look("sign")
        page.tap_id("sign-next")
        page.page.wait_for_timeout(300)
    sees(page, "copy-code")
    walk.look("copy")
    text = read(page)
    tap(page, "done", "screen-visit")
    walk.look("visit-letter")
    return text


def enter(walk: Walk, app: FieldApp, story: Story) -> None:
    _ask(app, "POST", "1/hold", code_picture(story.gate_code(story.cast.filed)))
    tap(walk.page, "scan", "verdict-allow")
    walk.look("gate-brief")
    tap(walk.page, "enter", "screen-visit")


def join(first: Walk, second: Walk, app: FieldApp, shown: Callable[[str], None] = lambda _: None) -> None:
    """`shown` is told the text of the pass while it is on the screen."""
    tap(first.page, "my-code", "spoken")
    first.look("my-code")
    shown(read(first.page))
    _ask(app, "POST", "2/hold", photograph(first.page))
    tap(second.page, "scan", "join")
    second.look("join")
    tap(second.page, "join", "joined")
    tap(second.page, "back", "screen-today")
    tap(first.page, "back", "screen-visit")
