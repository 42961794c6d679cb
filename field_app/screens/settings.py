"""Language, look, lock, export, and what this phone is."""

from __future__ import annotations

import flet as ft

from field_app.device.pick import save_file
from field_app.state.app import App
from field_app.state.lock import Lock
from field_app.state.preferences import Theme
from field_app.state.settings import Settings
from field_app.texts import Language
from field_app.widgets.basics import body, card, choices, line, marked, muted, section
from field_app.widgets.component import component
from field_app.widgets.frame import screen
from field_app.widgets.ids import Id
from field_app.widgets.ui import Ui, does

LANGUAGES = {Language.ZH: "中文", Language.EN: "English"}


@component
def SettingsScreen(app: App, settings: Settings, lock: Lock, ui: Ui) -> ft.Control:
    controls: list[ft.Control] = [
        section(ui, ui.t("language")),
        choices(
            ui,
            Id.LANGUAGE,
            [
                (language, name, does(app.speak, language), app.preferences.language is language)
                for language, name in LANGUAGES.items()
            ],
        ),
        section(ui, ui.t("theme")),
        choices(
            ui,
            Id.THEME,
            [(theme, ui.t(f"theme_{theme}"), does(app.look, theme), app.preferences.theme is theme) for theme in Theme],
        ),
        line(ui, Id.LOCK_NOW, ft.Icons.LOCK_OUTLINE, ui.t("lock_now"), "", does(lock.lock)),
        line(
            ui,
            Id.EXPORT,
            ft.Icons.IOS_SHARE,
            ui.t("export"),
            ui.t("export_sub"),
            does(settings.export, save_file),
        ),
    ]
    if settings.may_start_over:
        text, sub = ui.t("start_over"), ui.t("start_over_sub")
        controls.append(line(ui, Id.START_OVER, ft.Icons.RESTART_ALT, text, sub, does(settings.start_over)))
    controls += [section(ui, ui.t("about")), _about(ui, app, settings)]
    return screen(ui, app, "settings", ui.t("settings"), controls)


def _about(ui: Ui, app: App, settings: Settings) -> ft.Control:
    standing = app.standing
    me = None if standing is None else standing.me
    rows: list[tuple[str, str]] = []
    if me is not None:
        rows += [
            ("about_officer", me.name),
            ("about_licence", me.licence or "–"),
            ("about_unit", settings.department),
            ("about_valid", ui.t.date_of(me.exp)),
            ("about_key", " ".join(_fours(me.kid.hex()))),
        ]
    if standing is not None:
        rows.append(("about_server", standing.host))
    if settings.freshness is not None:
        fresh = settings.freshness
        rows.append(("about_data", f"{fresh.size} · {ui.t.age(fresh.age)}"))
    rows.append(("about_version", app.host.version))
    if settings.is_in_browser:
        rows.append(("about_keystore", ui.t("keystore_webcrypto")))
    if app.host.is_kept is not None:
        rows.append(("about_storage", ui.t("storage_kept" if app.host.is_kept else "storage_not_kept")))
    lines: list[ft.Control] = [
        ft.Row(
            [muted(ui, ui.t(key), width=120), body(ui, value, expand=True, size=16)],
            vertical_alignment=ft.CrossAxisAlignment.START,
        )
        for key, value in rows
    ]
    if settings.is_software:
        warning = ft.Row(
            [
                ft.Icon(ft.Icons.WARNING_AMBER, color=ui.c.warn, size=26),
                body(ui, ui.t("about_software"), color=ui.c.warn, expand=True, size=16),
            ],
            spacing=12,
            vertical_alignment=ft.CrossAxisAlignment.START,
        )
        lines.append(warning)
    return marked(Id.ABOUT, card(ui, *lines))


def _fours(text: str) -> list[str]:
    return [text[i : i + 4] for i in range(0, len(text), 4)]
