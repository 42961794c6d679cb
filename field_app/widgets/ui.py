"""What every screen is given to draw with: words, colours, and the way back to the state."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import flet as ft

from field_app.texts import Texts
from field_app.widgets.theme import Palette

Act = Callable[..., Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Ui:
    t: Texts
    c: Palette


def does(act: Act, *args: object) -> Callable[[], Awaitable[None]]:
    """A handler for a tap; the state's own methods catch whatever goes wrong (state.boundary)."""

    async def handler() -> None:
        await act(*args)

    return handler


Typed = ft.Event[ft.TextField]


def hears(write: Callable[[str], None]) -> Callable[[Typed], None]:
    """A handler for typing: the newest value is read from the control, not from the event."""

    def handler(event: Typed) -> None:
        write(event.control.value or "")

    return handler


def types(write: Callable[[str, str], None], key: str) -> Callable[[Typed], None]:
    return hears(partial(write, key))


def sets(write: Callable[[str, str], None], key: str, value: str) -> Callable[[], None]:
    """A handler for a tap that chooses what could be typed as well."""

    def handler() -> None:
        write(key, value)

    return handler
