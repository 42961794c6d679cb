"""A code as an SVG that stands in the page itself: no request, no style, sharp on paper."""

from __future__ import annotations

import qrcode
from markupsafe import Markup
from qrcode.constants import ERROR_CORRECT_M

_QUIET = 4


def code_picture(text: str, label: str = "") -> Markup:
    """Dark on light whatever the page's colours, as a reader needs it. `label`: what it is, for who cannot see it."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=_QUIET)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    path = "".join(f"M{x},{y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    size = len(rows)
    named = Markup(' aria-label="{}"').format(label) if label else ""
    return Markup(  # noqa: S704 - numbers, and a label that is escaped
        f'<svg class="code" viewBox="0 0 {size} {size}" role="img"{named} shape-rendering="crispEdges">'
        f'<rect width="{size}" height="{size}" fill="#fff"/><path d="{path}" fill="#000"/></svg>'
    )
