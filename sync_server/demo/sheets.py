"""Pictures to hold before a phone's camera."""

from __future__ import annotations

import io

import qrcode
from qrcode.constants import ERROR_CORRECT_Q

from shared_models.codes import gate_text


def gate_sheet_picture(host: str, uscc: str, gate_no: int) -> bytes:
    """The code of a gate sheet as PNG, at level Q as printed."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_Q, box_size=8, border=6)
    code.add_data(gate_text(host, uscc, gate_no), optimize=0)
    out = io.BytesIO()
    code.make_image().save(out)
    return out.getvalue()
