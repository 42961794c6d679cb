"""At the door in a real browser, the server gone: two officers, a letter, a copy; then one story on the visit's page.

The pictures of the screens are left in `.build/screens` to be looked at.
"""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from shared_models.copy_code import Copied, read_copy
from sync_server.storage.tables import log_entries
from sync_server.supervision.read_visit import read_visit
from sync_server.supervision.shown_visit import Check, Presence
from tests.browser import context_of
from tests.e2e.conftest import Story
from tests.e2e.hands import PIN, sees, sees_screen, tap, unlock, write
from tests.e2e.processes import FieldApp, a_free_port, wait_until
from tests.e2e.serve_county import HOST, opened
from tests.e2e.test_screens import Walk, _ask, _confirm_soon, _set_look
from tests.field_state.rig import code_picture
from tests.flet_page import FletPage

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LOOKS = [("zh", "dark"), ("en", "light"), ("en", "dark")]
"""The story itself is told in Chinese and light; the filing that it is about has three visits."""
STROKES = ([(40, 60), (150, 120), (230, 70), (280, 160)], [(120, 30), (130, 190)])


@pytest.fixture
def phones(story: Story, tmp_path: Path) -> Iterator[FieldApp]:
    app = FieldApp(tmp_path / "held", a_free_port(), story.server, story.folder / "clock.json", "--cockpit")
    app.start()
    yield app
    app.stop()


def _enrol(story: Story, app: FieldApp, number: int, officer: str) -> None:
    clerk = threading.Thread(target=_confirm_soon, args=(story,))
    clerk.start()
    code = story.server.enrolment_code(officer)
    _ask(app, "POST", f"{number}/setup", json.dumps({"code": code, "pin": PIN}).encode())
    clerk.join()


def _take(page: FletPage) -> None:
    """The window before this one may not have gone yet."""
    expect(page.by_id("screen-unlock").or_(page.by_id("screen-away"))).to_be_attached(timeout=20_000)
    if page.by_id("screen-away").count():
        page.tap_id("use-here")


def _photograph(page: FletPage) -> bytes:
    """What another phone's camera sees of this one's screen."""
    page.page.wait_for_timeout(600)
    with Image.open(io.BytesIO(page.page.screenshot())) as shot:
        large = shot.convert("L").resize((shot.width * 2, shot.height * 2), Image.Resampling.NEAREST)
    out = io.BytesIO()
    large.save(out, "PNG")
    return out.getvalue()


def _read(page: FletPage) -> str:
    with Image.open(io.BytesIO(_photograph(page))) as shot:
        (found,) = zxingcpp.read_barcodes(shot)
    return found.text


def _draw(page: FletPage) -> None:
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


def _letter(walk: Walk, name: str) -> str:
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
        _draw(page)
        if turn == 0:
            walk.look("sign")
        page.tap_id("sign-next")
        page.page.wait_for_timeout(300)
    sees(page, "copy-code")
    walk.look("copy")
    text = _read(page)
    tap(page, "done", "screen-visit")
    walk.look("visit-letter")
    return text


def _enter(walk: Walk, app: FieldApp, story: Story) -> None:
    _ask(app, "POST", "1/hold", code_picture(story.gate_code(story.cast.filed)))
    tap(walk.page, "scan", "verdict-allow")
    walk.look("gate-brief")
    tap(walk.page, "enter", "screen-visit")


def _join(first: Walk, second: Walk, app: FieldApp) -> None:
    tap(first.page, "my-code", "spoken")
    first.look("my-code")
    _ask(app, "POST", "2/hold", _photograph(first.page))
    tap(second.page, "scan", "join")
    second.look("join")
    tap(second.page, "join", "joined")
    tap(second.page, "back", "screen-today")
    tap(first.page, "back", "screen-visit")


def test_one_story_of_two_officers_a_letter_and_its_copy_without_signal(
    story: Story, phones: FieldApp, browser: Browser
) -> None:
    _enrol(story, phones, 1, story.cast.inspector)
    _enrol(story, phones, 2, story.cast.colleague)
    story.server.kill()
    with context_of(browser) as (context, _), context_of(browser) as (other, _):
        first, second = Walk(FletPage(context), "story-1"), Walk(FletPage(other), "story-2")
        for number, walk in ((1, first), (2, second)):
            walk.page.open(phones.phone(number))
            unlock(walk.page)
            sees_screen(walk.page, "today")
        _enter(first, phones, story)
        _join(first, second, phones)
        text = _letter(first, "张三")
        copy = read_copy(text, HOST)
        assert copy.kind is Copied.LETTER
        assert "张三" in copy.text
        tap(first.page, "close", "screen-close")
        first.page.tap_id("why-no-law-close_why_a")
        tap(first.page, "close-confirm", "screen-today")
        story.server.start()
        for walk in (first, second):
            wait_until(lambda walk=walk: "全部已回执" in walk.page.text(), "receipted", 120)
        owner = other.new_page()
        owner.goto(text.replace(f"https://{HOST}", story.server.url))
        expect(owner.get_by_text("已签署，等您确认")).to_be_visible()
        owner.screenshot(path=Path(".build/screens/story-owner-letter.png"), full_page=True)
        owner.get_by_role("button", name="属实，确认").click()
        expect(owner.get_by_text("已确认，并记入县里的存证。")).to_be_visible()
    county = opened(story.folder)
    try:
        visit = _visit_of(story, copy.record)
        shown = read_visit(county, visit)
    finally:
        county.engine.dispose()
    kinds = [one.kind for one in shown.records]
    assert kinds == ["visit_opened", "joined", "finding_noted", "letter_signed", "visit_closed", "letter_answered"]
    assert [one.presence for one in shown.people][:2] == [Presence.AUTHOR, Presence.JOINED]
    assert {one.checked.worst for one in shown.records} == {Check.GOOD}
    assert [one.letter_state for one in shown.records if one.letter_state] == ["letter_confirmed"]
    times = [one.at for one in shown.records]
    assert times == sorted(times)
    assert first.problems | second.problems == {}


def _visit_of(story: Story, record: bytes) -> bytes:
    county = opened(story.folder)
    try:
        with county.engine.connect() as connection:
            query = select(log_entries.c.visit).where(log_entries.c.record_id == record)
            return bytes(connection.execute(query).scalar_one())
    finally:
        county.engine.dispose()


def test_the_screens_at_the_door_are_whole_and_readable_in_english_and_in_the_dark(
    story: Story, phones: FieldApp, browser: Browser
) -> None:
    _enrol(story, phones, 1, story.cast.inspector)
    _enrol(story, phones, 2, story.cast.colleague)
    problems: dict[str, list[str]] = {}
    for language, theme in LOOKS:
        with (
            context_of(browser, color_scheme=theme) as (context, _),
            context_of(browser, color_scheme=theme) as (other, _),
        ):
            first, second = Walk(FletPage(context), f"{language}-{theme}"), Walk(FletPage(other), f"{language}-{theme}")
            for number, walk in ((1, first), (2, second)):
                walk.page.open(phones.phone(number))
                _take(walk.page)
                unlock(walk.page)
                while not walk.page.by_id("screen-today").count():
                    walk.page.tap_id("back")
                    walk.page.page.wait_for_timeout(400)
                _set_look(walk.page, language, theme)
                tap(walk.page, "back", "screen-today")
            _enter(first, phones, story)
            _join(first, second, phones)
            _letter(first, "张三")
            tap(first.page, "close", "screen-close")
            first.page.page.locator('[flt-semantics-identifier^="why-no-law-"]').first.click()
            tap(first.page, "close-confirm", "screen-today")
            problems |= first.problems | second.problems
    assert problems == {}
