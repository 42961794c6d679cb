"""A QR code as PNG, one module a few pixels: written by hand, so that showing a code needs no picture library."""

from __future__ import annotations

import struct
import zlib

from qrcode.constants import ERROR_CORRECT_L
from qrcode.main import QRCode

_MASK = 2  # any of the eight is valid; trying all of them takes a phone's second
_QUIET = 4
_PIXELS = 6


def qr_picture(text: str) -> bytes:
    """Level L, because the codes of ours are shown on a screen and not on a wall."""
    code = QRCode(error_correction=ERROR_CORRECT_L, border=_QUIET, mask_pattern=_MASK)
    code.add_data(text)
    code.make(fit=True)
    matrix = code.get_matrix()
    side = len(matrix) * _PIXELS
    lines = []
    for row in matrix:
        bits = "".join(("0" if dark else "1") * _PIXELS for dark in row)
        padded = bits.ljust(-(-side // 8) * 8, "1")
        line = b"\0" + int(padded, 2).to_bytes(len(padded) // 8, "big")
        lines.append(line * _PIXELS)
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)  # one bit a pixel, grey
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(b"".join(lines), 6))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
