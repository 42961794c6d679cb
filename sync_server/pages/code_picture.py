"""A code as an SVG that stands in the page itself: no request, no style, sharp on paper."""

from __future__ import annotations

import qrcode
from markupsafe import Markup
from qrcode.constants import ERROR_CORRECT_M

_QUIET = 4


def code_picture(text: str) -> Markup:
    """Dark on light whatever the page's colours, for a reader needs that."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=_QUIET)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    path = "".join(f"M{x},{y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    size = len(rows)
    return Markup(  # noqa: S704 - numbers only
        f'<svg class="code" viewBox="0 0 {size} {size}" role="img" shape-rendering="crispEdges">'
        f'<rect width="{size}" height="{size}" fill="#fff"/><path d="{path}" fill="#000"/></svg>'
    )
