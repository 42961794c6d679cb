"""A frame to write in with a finger. What is drawn is a path in the letter's box, told at the end of each stroke."""

from __future__ import annotations

from collections.abc import Callable

import flet as ft
import flet.canvas as cv
from flet.components.hooks.use_ref import MutableRef

from field_app.widgets.basics import marked
from field_app.widgets.component import component
from field_app.widgets.ids import Id
from field_app.widgets.theme import RADIUS
from field_app.widgets.ui import Ui
from shared_models.signature import HEIGHT, WIDTH, Point, Stroke, path_of, strokes_of, thinned

PAD_HEIGHT = 240
_INTERVAL_MS = 16
_INK = "#10233F"
_PAPER = "#FFFFFF"
_NOTHING: Stroke = ()

Told = Callable[[str], None]


@component
def SignaturePad(ui: Ui, path: str, on_change: Told) -> ft.Control:
    """Shows `path`; only the stroke that is being drawn is its own."""
    width, set_width = ft.use_state(float(WIDTH))
    live, set_live = ft.use_state(_NOTHING)
    drawing: MutableRef[list[Point] | None] = ft.use_ref(None)
    strokes = strokes_of(path)

    def in_box(position: ft.Offset) -> Point:
        x, y = round(position.x * WIDTH / width), round(position.y * HEIGHT / PAD_HEIGHT)
        return min(max(x, 0), WIDTH), min(max(y, 0), HEIGHT)

    def start(event: ft.DragStartEvent[ft.GestureDetector]) -> None:
        drawing.current = [in_box(event.local_position)]

    def move(event: ft.DragUpdateEvent[ft.GestureDetector]) -> None:
        if drawing.current is not None:
            drawing.current.append(in_box(event.local_position))
            set_live(tuple(drawing.current))

    def end() -> None:
        points, drawing.current = drawing.current, None
        if points:
            on_change(path_of(thinned((*strokes, tuple(points)))))
        set_live(_NOTHING)

    def sized(event: cv.CanvasResizeEvent) -> None:
        set_width(max(event.width, 1.0))

    shown = (*strokes, live) if live else strokes
    pen = ft.Paint(color=_INK, stroke_width=3, style=ft.PaintingStyle.STROKE, stroke_cap=ft.StrokeCap.ROUND)
    canvas = cv.Canvas(
        shapes=[_drawn(stroke, width, pen) for stroke in shown],
        content=ft.GestureDetector(
            content=ft.Container(bgcolor=ft.Colors.TRANSPARENT, height=PAD_HEIGHT),
            on_pan_start=start,
            on_pan_update=move,
            on_pan_end=end,
            drag_interval=_INTERVAL_MS,
        ),
        on_resize=sized,
        height=PAD_HEIGHT,
    )
    return _framed(ui, canvas)


def _framed(ui: Ui, canvas: cv.Canvas) -> ft.Control:
    frame = ft.Container(
        canvas,
        height=PAD_HEIGHT,
        bgcolor=_PAPER,
        border=ft.Border.all(2, ui.c.accent),
        border_radius=RADIUS,
        clip_behavior=ft.ClipBehavior.ANTI_ALIAS,
    )
    return marked(Id.PAD, frame, label=ui.t("sign_here"))


def _drawn(stroke: Stroke, width: float, pen: ft.Paint) -> cv.Shape:
    points = [(x * width / WIDTH, y * PAD_HEIGHT / HEIGHT) for x, y in stroke]
    elements: list[cv.Path.PathElement] = [cv.Path.MoveTo(*points[0])]
    elements += [cv.Path.LineTo(x, y) for x, y in points[1:]]
    return cv.Path(elements=elements, paint=pen)
