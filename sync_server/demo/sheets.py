"""Pictures to hold before a phone's camera."""

from __future__ import annotations

import io

import qrcode
from qrcode.constants import ERROR_CORRECT_L, ERROR_CORRECT_Q

from shared_models.codes import gate_text


def gate_sheet_picture(host: str, uscc: str, gate_no: int) -> bytes:
    """The code of a gate sheet as PNG, at level Q as printed."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_Q, box_size=8, border=6)
    code.add_data(gate_text(host, uscc, gate_no), optimize=0)
    return _png(code)


def code_picture(text: str) -> bytes:
    """What stands on another phone's screen, as its camera would have it."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_L, box_size=8, border=6)
    code.add_data(text, optimize=20)
    return _png(code)


def _png(code: qrcode.QRCode) -> bytes:
    out = io.BytesIO()
    code.make_image().save(out)
    return out.getvalue()
