from __future__ import annotations

from itertools import product

import pytest

from field_app.widgets.theme import DARK, LIGHT, Palette, contrast

ENOUGH = 4.5
GROUNDS = ("ground", "surface", "sunken", "accent_soft")
INKS = ("ink", "muted", "accent", "good", "warn", "bad")


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_ink_is_readable_on_every_ground(colours: Palette) -> None:
    poor = {
        (ink, ground): round(contrast(getattr(colours, ink), getattr(colours, ground)), 2)
        for ink, ground in product(INKS, GROUNDS)
        if contrast(getattr(colours, ink), getattr(colours, ground)) < ENOUGH
    }
    assert poor == {}
    assert contrast(colours.on_accent, colours.accent) >= ENOUGH


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("band", ["allow", "exception", "then_file", "deny", "unverified"])
def test_every_verdict_is_readable_on_its_band(colours: Palette, band: str) -> None:
    tones = getattr(colours, band)
    assert contrast(tones.ink, tones.ground) >= ENOUGH


def test_contrast_is_wcags() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
