"""What the browser's camera sees: pictures of codes, as frames of a file that Chromium plays as a device."""

from __future__ import annotations

import io
from pathlib import Path

import qrcode
from PIL import Image

SIZE = (640, 480)


class FakeCamera:
    """Holds things before the camera. Chromium reads the file whenever a page opens the camera, not before."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.show_nothing()

    def show_nothing(self) -> None:
        self.show(Image.new("RGB", SIZE, "gray"))

    def show_code(self, text: str) -> None:
        """A QR code of this text, as large as the picture holds."""
        code = qrcode.QRCode(border=4, error_correction=qrcode.ERROR_CORRECT_L)
        code.add_data(text)
        side = SIZE[1] - 40
        drawn = code.make_image().convert("RGB").resize((side, side), Image.Resampling.NEAREST)
        picture = Image.new("RGB", SIZE, "white")
        picture.paste(drawn, ((SIZE[0] - side) // 2, 20))
        self.show(picture)

    def show(self, *pictures: Image.Image) -> None:
        frames = b"".join(_jpeg(picture) for picture in pictures)
        fresh = self.path.with_suffix(".part")
        fresh.write_bytes(frames * 4)
        fresh.replace(self.path)


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.convert("RGB").resize(SIZE).save(out, "JPEG", quality=92)
    return out.getvalue()
