from __future__ import annotations

from pathlib import Path

import flet as ft
import pytest

from field_app.app import main_for
from field_app.device.home import devices_of
from field_app.state.desk import Screen
from field_app.state.today import Today
from tests.field_ui.conftest import open_screens
from tests.field_ui.headless import HeadlessApp


async def test_english_is_there_at_once_and_stays_after_a_restart(tmp_path: Path) -> None:
    async with open_screens(tmp_path) as screens:
        app = screens.app
        await app.screen("today")
        await app.tap("settings")
        await app.screen("settings")
        await app.tap("language-en")
        await app.sees("Settings", "Lock now", "This device has no keystore")
        await app.tap("lock-now")
        await app.sees("Enter your PIN")


async def test_the_theme_is_changed_at_once(tmp_path: Path) -> None:
    async with open_screens(tmp_path) as screens:
        app = screens.app
        await app.screen("today")
        await app.tap("settings")
        await app.screen("settings")
        light = app.views[-1].bgcolor
        await app.tap("theme-dark")
        assert app.page.theme_mode is ft.ThemeMode.DARK
        assert app.views[-1].bgcolor != light


async def test_a_wrong_pin_is_told_and_the_right_one_opens(tmp_path: Path) -> None:
    async with open_screens(tmp_path, unlock=False) as screens:
        app = screens.app
        await app.screen("unlock")
        await app.type("pin-field", "999999")
        await app.sees("PIN 不对")
        assert app.field("pin-field") == ""
        await app.tap("notice-close")
        assert not app.has("notice")
        await screens.unlock()
        await app.screen("today")


async def test_a_second_window_is_refused_kindly_and_takes_over_on_request(tmp_path: Path) -> None:
    async with open_screens(tmp_path) as screens:
        await screens.app.screen("today")
        async with HeadlessApp(main_for(screens.rig.host, devices_of)) as second:
            await second.screen("away")
            await second.sees("这台手机正在另一个窗口使用")
            await second.tap("use-here")
            await second.screen("unlock")
            await screens.app.screen("away")


async def test_closing_the_window_frees_the_phone(tmp_path: Path) -> None:
    async with open_screens(tmp_path) as screens:
        await screens.app.session.dispatch_event(screens.app.page._i, "disconnect", None)
        async with HeadlessApp(main_for(screens.rig.host, devices_of)) as second:
            await second.screen("unlock")


async def test_an_exception_in_a_handler_keeps_the_page_and_what_was_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(_: Today) -> None:
        raise ZeroDivisionError

    async with open_screens(tmp_path) as screens:
        app = screens.app
        await app.screen("today")
        await app.tap("scan")
        await app.screen("scan")
        await app.type("typed", "水头")
        monkeypatch.setattr("field_app.state.scan.find_enterprise", broken)
        await app.until(lambda: app.has("found-0"), "a name")
        await app.tap("found-0")
        await app.sees("出了点问题，内容已保留")
        assert app.has("screen-scan")
        assert app.field("typed") == "水头"


async def test_a_screen_that_cannot_be_drawn_says_so_and_leads_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> ft.Control:
        raise KeyError("sync_state")

    async with open_screens(tmp_path) as screens:
        app = screens.app
        await app.screen("today")
        monkeypatch.setattr("field_app.screens.settings._about", broken)
        await app.tap("settings")
        await app.screen("trouble")
        await app.sees("KeyError-settings")
        await app.tap("home")
        await app.screen("today")


async def test_a_device_that_answers_after_its_screen_is_gone_does_no_harm(tmp_path: Path) -> None:
    async with open_screens(tmp_path) as screens:
        screens.app.session.handle_invoke_method_results(999_999, "call", b"", None)
        await screens.app.screen("today")


async def test_a_message_from_flet_itself_never_replaces_the_page(tmp_path: Path) -> None:
    async with open_screens(tmp_path) as screens:
        screens.app.session.error("RuntimeError: 林一\nTraceback")
        await screens.app.settle()
        assert screens.app.client.crashes == []
        await screens.app.sees("出了点问题")


async def test_the_systems_back_leads_one_screen_back(tmp_path: Path) -> None:
    async with open_screens(tmp_path) as screens:
        app = screens.app
        await app.screen("today")
        await app.tap("settings")
        await app.screen("settings")
        assert [view.route for view in app.views] == ["/", f"/{Screen.SETTINGS}"]
        await app.fire(app.page, "view_pop", {"route": f"/{Screen.SETTINGS}"})
        await app.screen("today")


async def test_today_shows_my_filing_and_the_month_with_its_week(tmp_path: Path) -> None:
    async with open_screens(tmp_path) as screens:
        app = screens.app
        await app.sees("平阳水头制革厂", "今天可去", "2026年11–12月", "服务周 12月14–20日", "还没有记录要上报")
        await app.tap("filed-0")
        await app.screen("gate")
        assert app.has("verdict-allow")


@pytest.mark.parametrize(("days", "said"), [(334, ""), (340, "届时亮码无效"), (365, "重新登记本机")])
async def test_the_end_of_the_credential_is_told_on_the_first_screen(tmp_path: Path, days: int, said: str) -> None:
    async with open_screens(tmp_path, unlock=False) as screens:
        screens.rig.later(days=days)
        await screens.unlock()
        await screens.app.screen("today")
        assert screens.app.has("credential-end") is bool(said)
        if said:
            await screens.app.sees(said)
        await screens.app.tap("settings")
        await screens.app.screen("settings")
        assert screens.app.has("start-over") is (days == 365)
