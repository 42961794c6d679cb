"""What stands on the screen, as one value: saved after every change, laid out again after a restart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from field_app.gate.proposal import Proposal


class Screen(StrEnum):
    TODAY = "today"
    SCAN = "scan"
    GATE = "gate"
    CLAIM = "claim"
    PEOPLE = "people"
    VISIT = "visit"
    GUIDE = "guide"
    LAW = "law"
    PHOTO = "photo"
    NEED = "need"
    CLOSE = "close"
    AMEND = "amend"
    HISTORY = "history"
    OUTBOX = "outbox"
    SETTINGS = "settings"
    CODE = "code"
    JOIN = "join"
    FINDING = "finding"
    LENIENCY = "leniency"
    LETTER = "letter"
    READ = "read"
    SIGN = "sign"
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class Desk:
    screens: tuple[Screen, ...] = (Screen.TODAY,)
    proposal: Proposal | None = None
    """What is asked at the gate."""
    visit: bytes | None = None
    """The visit that is open on the screen."""
    typed: Mapping[str, str] = field(default_factory=dict)
    """What was typed or chosen and is not yet a record, by the field's key."""

    @property
    def top(self) -> Screen:
        return self.screens[-1]

    def go(self, screen: Screen) -> Desk:
        """Onto this screen; one that is below is gone back to."""
        if screen in self.screens:
            return replace(self, screens=self.screens[: self.screens.index(screen) + 1])
        return replace(self, screens=(*self.screens, screen))

    def back(self) -> Desk:
        return replace(self, screens=self.screens[:-1]) if len(self.screens) > 1 else self

    def home(self, *then: Screen) -> Desk:
        return replace(self, screens=(Screen.TODAY, *then))

    def text(self, key: str) -> str:
        return self.typed.get(key, "")

    def write(self, key: str, value: str) -> Desk:
        typed = {k: v for k, v in self.typed.items() if k != key}
        return replace(self, typed={**typed, key: value} if value else typed)

    def forget(self, *prefixes: str) -> Desk:
        kept = {k: v for k, v in self.typed.items() if not k.startswith(prefixes)}
        return replace(self, typed=kept)
