"""To the page where a letter is signed, and a hand that signs it."""

from __future__ import annotations

import flet as ft

from field_app.letters.leniency_dialog import Gravity
from field_app.sync.run_sync import run_sync
from shared_models.leniency import Correction, Harm
from tests.field_letters.colleagues import FIRE, inspection, publish
from tests.field_state.rig import Rig
from tests.field_ui.conftest import Screens
from tests.field_ui.headless import HeadlessApp

HAND = [[(20, 40), (120, 90), (260, 60)], [(80, 30), (90, 200)]]


async def draw(app: HeadlessApp, strokes: list[list[tuple[int, int]]]) -> None:
    for stroke in strokes:
        for i, (x, y) in enumerate(stroke):
            pad = app.inside("pad", ft.GestureDetector)
            where = {"x": float(x), "y": float(y)}
            await app.fire(pad, "pan_update" if i else "pan_start", {"l": where, "g": where, "k": "touch"})
        await app.fire(
            app.inside("pad", ft.GestureDetector),
            "pan_end",
            {"l": where, "g": where, "v": {"x": 0.0, "y": 0.0}, "pv": 0.0},
        )


async def on_visit(screens: Screens) -> bytes:
    rig = screens.rig
    publish(rig)
    await run_sync(rig.phone)
    visit = await inspection(rig.phone)
    await screens.app.until(lambda: screens.app.has("in-progress"), "in progress", within=30)
    await screens.app.tap("in-progress")
    await screens.app.screen("visit")
    return visit


async def to_signing(rig: Rig) -> None:
    """By the states, to the pad of the person on site."""
    field = rig.field
    await field.findings.open()
    field.findings.choose(FIRE)
    await field.findings.write()
    dialog = field.findings.draft.dialog
    field.findings.answer(dialog.answer_gravity(Gravity.MINOR))
    field.findings.answer(field.findings.draft.dialog.answer_harm(Harm.NONE))
    field.findings.answer(field.findings.draft.dialog.answer_correction(Correction.ON_THE_SPOT))
    field.lettering.write("name", "张三")
    await field.lettering.read()
    await field.lettering.begin_signing()


async def entered(rig: Rig) -> bytes:
    publish(rig)
    await run_sync(rig.phone)
    visit = await inspection(rig.phone)
    await rig.field.visiting.open(visit)
    return visit


STROKES = "M100 100L300 180L500 120M200 60L210 300"
