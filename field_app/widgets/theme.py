"""The app's own colours and sizes. Every pair that is drawn on one another has a contrast of 4.5 or more (tested)."""

from __future__ import annotations

from dataclasses import dataclass

import flet as ft

GRID = 8
TARGET = 56
"""Height of anything that is tapped, with gloves; never below 48."""
RADIUS = 12

DISPLAY = 30
TITLE = 22
BODY = 18
LABEL = 16


@dataclass(frozen=True, slots=True)
class Tones:
    """A full-width band's ground and what stands on it."""

    ground: str
    ink: str = "#FFFFFF"


@dataclass(frozen=True, slots=True)
class Palette:
    ground: str
    surface: str
    sunken: str
    line: str
    ink: str
    muted: str
    accent: str
    on_accent: str
    accent_soft: str
    good: str
    warn: str
    bad: str
    allow: Tones
    exception: Tones
    then_file: Tones
    deny: Tones
    unverified: Tones


LIGHT = Palette(
    ground="#F2F5F7",
    surface="#FFFFFF",
    sunken="#E6ECF0",
    line="#B9C5CE",
    ink="#14212B",
    muted="#475866",
    accent="#0B4A78",
    on_accent="#FFFFFF",
    accent_soft="#D8E7F2",
    good="#0A6138",
    warn="#7F4300",
    bad="#A61B1B",
    allow=Tones("#0A6B3D"),
    exception=Tones("#0B4F8A"),
    then_file=Tones("#8A4B00"),
    deny=Tones("#A61B1B"),
    unverified=Tones("#465261"),
)

DARK = Palette(
    ground="#0D141A",
    surface="#17212A",
    sunken="#212E39",
    line="#44545F",
    ink="#EDF2F5",
    muted="#AEBCC7",
    accent="#8CC6F2",
    on_accent="#08253B",
    accent_soft="#1D3A50",
    good="#7FD3A3",
    warn="#F0B565",
    bad="#FF9C94",
    allow=Tones("#117A49"),
    exception=Tones("#1C68A8"),
    then_file=Tones("#935300"),
    deny=Tones("#BC2A2A"),
    unverified=Tones("#566473"),
)


def palette(*, dark: bool) -> Palette:
    return DARK if dark else LIGHT


def flet_theme(colours: Palette) -> ft.Theme:
    """Flet's own controls (cursor, ripple, scroll bar, dialogs) in our colours; screens change without animation."""
    none = ft.PageTransitionTheme.NONE
    return ft.Theme(
        color_scheme=ft.ColorScheme(
            primary=colours.accent,
            on_primary=colours.on_accent,
            surface=colours.surface,
            on_surface=colours.ink,
            on_surface_variant=colours.muted,
            outline=colours.line,
            outline_variant=colours.line,
            error=colours.bad,
            surface_container_highest=colours.sunken,
            surface_container_high=colours.surface,
            surface_container_low=colours.surface,
        ),
        scaffold_bgcolor=colours.ground,
        page_transitions=ft.PageTransitionsTheme(android=none, ios=none, linux=none, macos=none, windows=none),
    )


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio of two `#RRGGBB` colours."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]  # noqa: PLR2004 WCAG's own
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
