"""`zhuqi demo` as a newcomer meets it: every card played on the phones in their frames, with times."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sync_server.demo.cockpit import PIN
from tests.browser import context_of
from tests.demo.cockpit_walk import Cockpit, FramedPhone, wait_until
from tests.e2e.processes import ROOT, Program, a_free_port

TODAY = "2026-11-24"
DESK = {"width": 1600, "height": 1100}
REFUSAL_WITHIN_SECONDS, RECEIPT_WITHIN_SECONDS = 60, 180

pytestmark = [pytest.mark.browser, pytest.mark.slow]


class DemoProgram(Program):
    def __init__(self, folder: Path) -> None:
        port, field_port = a_free_port(), a_free_port()
        command = ["-m", "sync_server", "demo", "--no-open", "--port", str(port), "--field-port", str(field_port)]
        super().__init__([*command, "--data", str(folder / "demo"), "--today", TODAY], port, folder / "demo.log")

    @property
    def cockpit_url(self) -> str:
        return f"{self.url}/cockpit/"

    def start(self) -> None:
        super().start()
        wait_until(lambda: "ready:" in self.log.read_text("utf-8"), lambda: self.log.read_text("utf-8"), 90)


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    program = DemoProgram(tmp_path_factory.mktemp("cockpit"))
    program.start()
    yield program
    program.stop()


@pytest.fixture
def cockpit(browser, demo):
    with context_of(browser, viewport=DESK) as (context, _):
        page = context.new_page()
        page.set_default_timeout(60_000)
        yield Cockpit(page, demo.cockpit_url)


def _unlocked(cockpit: Cockpit, number: int) -> FramedPhone:
    phone = FramedPhone(cockpit.page, number)
    wait_until(lambda: phone.has("key-1") or phone.has("scan"), "a phone that is on")
    if phone.has("key-1"):
        phone.unlock(PIN)
    return phone


def _today(cockpit: Cockpit, number: int) -> FramedPhone:
    """Unlocked, and back from whatever the card before has left open."""
    phone = _unlocked(cockpit, number)
    wait_until(lambda: phone.has("scan") or phone.has("back"), lambda: f"a screen on: {phone.text()}")
    if not phone.has("scan"):
        phone.tap("back")
        wait_until(lambda: phone.has("scan"), lambda: f"today on: {phone.text()}")
    return phone


def _scan(phone: FramedPhone) -> None:
    phone.tap("scan")
    wait_until(lambda: not phone.has("scan"), lambda: f"the camera on: {phone.text()}")
    wait_until(lambda: phone.has("leave") or phone.has("enter"), lambda: f"a verdict on: {phone.text()}")


def _leave(phone: FramedPhone) -> None:
    phone.tap("leave")
    wait_until(lambda: phone.has("scan"), "today again")


def test_a_newcomer_sees_a_refusal_with_its_clause_and_then_a_receipt(cockpit, record_property):
    phone = _unlocked(cockpit, 1)
    cockpit.press("service_week", "day:service_week", "hold:1")
    phone = _unlocked(cockpit, 1)
    _scan(phone)
    phone.sees("拦截", "服务周", "三.1", "12月21日")
    refused = cockpit.seconds()
    _leave(phone)
    cockpit.press("filed", "day:today", "hold:1")
    phone = _unlocked(cockpit, 1)
    _scan(phone)
    phone.sees("允许")
    phone.tap("enter")
    phone.tap("guide")
    phone.tap("snippet-0")
    phone.tap("law")
    phone.tap("snippet-0")
    phone.tap("close")
    phone.tap("close-confirm")
    wait_until(lambda: phone.has("scan"), "today after the visit")
    phone.sees("全部已回执")
    receipted = cockpit.seconds()
    record_property("seconds_to_refusal", round(refused, 1))
    record_property("seconds_to_receipt", round(receipted, 1))
    assert refused <= REFUSAL_WITHIN_SECONDS
    assert receipted <= RECEIPT_WITHIN_SECONDS


def test_the_visit_stands_on_the_supervisors_page_with_its_proofs(cockpit):
    cockpit.sign_in()
    cockpit.desk.get_by_role("link", name="平阳栩亭食品有限公司").first.click()
    cockpit.desk.get_by_text("BA330326").first.wait_for()
    said = cockpit.desk.locator("body").inner_text()
    assert "通过" in said
    assert "未通过" not in said


def test_a_visit_that_is_not_filed_or_merged_is_refused_with_its_clause(cockpit):
    cockpit.press("not_filed", "day:today", "hold:1")
    phone = _unlocked(cockpit, 1)
    _scan(phone)
    phone.sees("拦截", "三.3")
    _leave(phone)
    cockpit.press("merged", "hold:1")
    _scan(phone)
    phone.sees("拦截", "联合")
    _leave(phone)


def test_another_departments_filing_lets_only_its_own_officer_in(cockpit):
    cockpit.press("other_department", "day:today", "hold:1", "hold:2")
    first, second = _unlocked(cockpit, 1), _unlocked(cockpit, 2)
    _scan(first)
    first.sees("拦截")
    _leave(first)
    _scan(second)
    second.sees("允许")


def test_the_owner_checks_and_the_other_phone_joins(cockpit):
    cockpit.press("door", "day:today", "hold:1")
    first = _today(cockpit, 1)
    _scan(first)
    first.sees("允许")
    first.tap("enter")
    first.tap("my-code")
    wait_until(lambda: first.has("spoken"), lambda: f"the pass on: {first.text()}")
    with cockpit.page.expect_popup() as opened:
        cockpit.press("door", "owner:1:pass")
    owner = opened.value
    owner.get_by_role("heading", name="可以放行").wait_for()
    owner.get_by_role("button", name="放行").click()
    owner.get_by_text("您已放行").wait_for()
    cockpit.press("door", "show:1:2")
    second = _today(cockpit, 2)
    second.tap("scan")
    wait_until(lambda: second.has("join"), lambda: f"the visit on: {second.text()}")
    second.tap("join")
    wait_until(lambda: second.has("joined"), lambda: f"joined on: {second.text()}")
    second.tap("back")
    first.tap("back")
    first.tap("law")
    first.tap("snippet-0")
    first.tap("close")
    first.tap("close-confirm")
    wait_until(lambda: first.has("scan"), "today after the visit")


def test_three_days_without_signal_lose_nothing(cockpit):
    phone = _unlocked(cockpit, 1)
    cockpit.press("no_signal", "day:today", "signal:1:off", "day:plus3", "hold:1")
    phone = _unlocked(cockpit, 1)
    _scan(phone)
    phone.sees("允许", "3 天前")
    _make_a_visit(phone)
    cockpit.press("no_signal", "signal:1:on")
    phone.sees("全部已回执")


def _make_a_visit(phone: FramedPhone) -> None:
    phone.tap("enter")
    phone.tap("law")
    phone.tap("snippet-0")
    phone.tap("close")
    phone.tap("close-confirm")
    wait_until(lambda: phone.has("scan"), "today after the visit")


def test_a_killed_app_comes_back_by_itself(cockpit):
    phone = _unlocked(cockpit, 1)
    cockpit.page.locator('[data-press="kill"]').first.click()
    wait_until(cockpit.page.locator('[data-press="kill"]').first.is_enabled, "the kill is over", 60)
    wait_until(lambda: phone.shows("key-1") or phone.shows("use-here"), "the app is back", 60)
    if phone.shows("use-here"):  # the old frame's connection came back first: a person takes the phone over
        phone.tap("use-here")
    wait_until(lambda: phone.shows("key-1"), lambda: f"locked, as after any start: {phone.text()}", 60)


def test_the_demo_stops_on_ctrl_c_and_goes_on_next_time(tmp_path):
    port, field_port = a_free_port(), a_free_port()
    command = [sys.executable, "-m", "sync_server", "demo", "--no-open", "--port", str(port)]
    command += ["--field-port", str(field_port), "--data", str(tmp_path / "demo"), "--today", TODAY]
    for expected in ("begins", "goes on"):
        log = tmp_path / f"{expected}.log"
        with log.open("wb") as out:
            process = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=out)
        wait_until(lambda log=log: "ready:" in log.read_text("utf-8"), lambda log=log: log.read_text("utf-8"), 90)
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
        assert "stopped" in log.read_text("utf-8")
    assert json.loads((tmp_path / "demo" / "story.json").read_text("utf-8")) == {"day": TODAY}
    assert ("portraits" in (tmp_path / "goes on.log").read_text("utf-8")) is False
