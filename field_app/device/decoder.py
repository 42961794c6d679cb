"""Reads QR codes from pictures: with zxing-cpp where its wheel is, else with OpenCV (phones, ADR 0007)."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from typing import Any

from PIL import Image, ImageOps

from field_app.device.pictures import MAX_PIXELS
from field_app.ports import Decoder

MAX_SIDE = 1280
"""Larger pictures are read smaller first: faster, and sharper for a detector."""


class NoDecoder:
    """Neither library is there: every picture is one without a code; typing and searching remain."""

    async def decode(self, image: bytes) -> str | None:  # noqa: ARG002
        return None


class ThreadedDecoder:
    def __init__(self, read: Callable[[Image.Image], str | None]) -> None:
        self._read = read

    async def decode(self, image: bytes) -> str | None:
        return await asyncio.to_thread(self._decode, image)

    def _decode(self, image: bytes) -> str | None:
        try:
            with Image.open(io.BytesIO(image)) as opened:
                if opened.width * opened.height > MAX_PIXELS:
                    return None
                grey = ImageOps.exif_transpose(opened).convert("L")
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            return None
        small = grey.copy()
        small.thumbnail((MAX_SIDE, MAX_SIDE))
        found = self._read(small)
        if found is None and small.size != grey.size:
            found = self._read(grey)
        return found


def best_decoder() -> Decoder:
    for make in (zxing_decoder, opencv_decoder):
        try:
            return make()
        except ImportError:
            continue
    return NoDecoder()


def zxing_decoder() -> Decoder:
    import zxingcpp  # noqa: PLC0415 no wheel for phones

    def read(picture: Image.Image) -> str | None:
        found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
        return next((one.text for one in found if one.valid and one.text), None)

    return ThreadedDecoder(read)


def opencv_decoder() -> Decoder:
    import cv2  # noqa: PLC0415 only phones carry it
    import numpy as np  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415 comes with it

    def read(picture: Image.Image) -> str | None:
        detector: Any = cv2.QRCodeDetector()
        text, _points, _straight = detector.detectAndDecode(np.asarray(picture))
        return text or None

    return ThreadedDecoder(read)
