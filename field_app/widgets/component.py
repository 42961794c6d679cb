"""The components of this app: one that fails to draw shows a calm card with a code, instead of freezing the session.

Nothing fallible is done while drawing; this is for the day on which that turns out to be untrue.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import ParamSpec

import flet as ft

from field_app.state.app import App
from field_app.state.boundary import log, trouble_code
from field_app.widgets.basics import body, card, marked, secondary
from field_app.widgets.ids import Id
from field_app.widgets.theme import GRID
from field_app.widgets.ui import Ui, does

P = ParamSpec("P")


def component(draw: Callable[P, ft.Control]) -> Callable[P, ft.Control]:
    @functools.wraps(draw)
    def calm(*args: P.args, **kwargs: P.kwargs) -> ft.Control:
        try:
            return draw(*args, **kwargs)
        except Exception as err:  # noqa: BLE001 Flet would stop updating the screen without a word
            code = trouble_code(err)
            log.error("drawing %s: %s", draw.__name__, code)
            return _instead(args, code)

    made: Callable[P, ft.Control] = ft.component(calm)
    return made


def _instead(args: tuple[object, ...], code: str) -> ft.Control:
    app = next((one for one in args if isinstance(one, App)), None)
    ui = next((one for one in args if isinstance(one, Ui)), None)
    if app is None or ui is None:
        return ft.Text(code)
    words = body(ui, ui.t.error("error", code=code))
    home = secondary(ui, Id.HOME, ui.t("today"), does(app.home), icon=ft.Icons.HOME_OUTLINED)
    return marked(f"{Id.SCREEN}-trouble", ft.Container(card(ui, words, home), padding=2 * GRID))
