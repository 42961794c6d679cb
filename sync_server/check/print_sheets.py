"""Gate sheets as PDF, by typst: A5, one for each gate, with the code at level Q and a place for the county's seal."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal

import qrcode
import typst
from qrcode.constants import ERROR_CORRECT_Q
from qrcode.image.svg import SvgPathImage

from shared_models.code_texts import gate_text
from sync_server.check.find_gates import PrintedGate
from sync_server.pages.printed_text import font_folder, printed
from sync_server.settings import Settings
from sync_server.texts.gate_sheet import GATE_SHEET

_MOST_OF_NAME, _MOST_OF_PLACE = 160, 40
TEMPLATE = Path(__file__).parent / "sheet.typ"
_FONT = "Noto Sans CJK TC"
"""The wheel's only family; typst asks it for the mainland's forms by `region`."""


def print_sheets(settings: Settings, gates: Sequence[PrintedGate], today: date) -> bytes:
    return _compile(settings, gates, today, "pdf")[0]


def draw_sheets(settings: Settings, gates: Sequence[PrintedGate], today: date, *, dots_per_inch: int) -> list[bytes]:
    """The same as PNG, one a page."""
    return _compile(settings, gates, today, "png", dots_per_inch)


def _compile(
    settings: Settings,
    gates: Sequence[PrintedGate],
    today: date,
    kind: Literal["pdf", "png"],
    dots_per_inch: int = 144,
) -> list[bytes]:
    # a list of pages where there is more than one, which its stubs do not say
    made: Any = typst.compile(
        str(TEMPLATE),
        format=kind,
        ppi=dots_per_inch,
        font_paths=[str(font_folder())],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(_data(settings, gates, today), ensure_ascii=False)},
    )
    return list(made) if isinstance(made, list) else [made]


def _data(settings: Settings, gates: Sequence[PrintedGate], today: date) -> dict[str, object]:
    values = {"county": settings.county_name, "hotline": settings.hotline, "today": today.isoformat()}
    words = {key: text.format(**values) for key, text in GATE_SHEET.items() if not key.startswith("gate_")}
    return {"font": _FONT, **words, "gates": [_gate(settings, one) for one in gates]}


def _gate(settings: Settings, one: PrintedGate) -> dict[str, str]:
    enterprise, gate = one.enterprise, one.gate
    words = "gate_placed" if gate.place else "gate_plain"
    return {
        "name": printed(enterprise.name, _MOST_OF_NAME) or enterprise.uscc,
        "gate": GATE_SHEET[words].format(place=printed(gate.place, _MOST_OF_PLACE), no=gate.no),
        "typed": f"{enterprise.uscc}-{gate.no}",
        "code": _code(gate_text(settings.public_host, enterprise.uscc, gate.no)),
    }


def _code(text: str) -> str:
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_Q, border=2)
    code.add_data(text, optimize=0)
    out = io.BytesIO()
    code.make_image(image_factory=SvgPathImage).save(out)
    return out.getvalue().decode("utf-8")
