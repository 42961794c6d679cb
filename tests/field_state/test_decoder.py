from __future__ import annotations

import io

import pytest
import qrcode
from PIL import Image

from field_app.device.decoder import NoDecoder, ThreadedDecoder, best_decoder, zxing_decoder
from field_app.device.pictures import scale
from field_app.errors import BadPictureError
from tests.field_state.rig import code_picture, photo

TEXT = "https://zhuqi.pingyang.example/e/91350100M000100Y43-1"


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _code(side: int) -> Image.Image:
    return qrcode.make(TEXT).convert("RGB").resize((side, side))


async def test_a_code_is_read() -> None:
    assert await best_decoder().decode(code_picture(TEXT)) == TEXT


@pytest.mark.parametrize("degrees", [7, 90, 180, 200])
async def test_a_turned_code_is_read(degrees: int) -> None:
    turned = _code(400).rotate(degrees, expand=True, fillcolor="white")
    assert await zxing_decoder().decode(_png(turned)) == TEXT


async def test_a_small_code_in_a_large_picture_is_read_at_full_size() -> None:
    wide = Image.new("RGB", (4000, 3000), "#889")
    wide.paste(_code(220), (2500, 1800))
    assert await zxing_decoder().decode(_png(wide)) == TEXT


@pytest.mark.parametrize("picture", [b"", b"no picture", code_picture(TEXT)[:200], photo(200, 200)])
async def test_what_holds_no_code_gives_none(picture: bytes) -> None:
    assert await best_decoder().decode(picture) is None


async def test_without_a_library_nothing_is_read_and_nothing_fails() -> None:
    assert await NoDecoder().decode(code_picture(TEXT)) is None


async def test_a_small_picture_is_tried_first_and_then_the_whole() -> None:
    sizes = []

    def read(picture: Image.Image) -> str | None:
        sizes.append(picture.size)
        return None

    await ThreadedDecoder(read).decode(photo(2560, 1920))
    assert sizes == [(1280, 960), (2560, 1920)]


async def test_a_picture_that_lies_on_its_side_is_put_upright() -> None:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (300, 200), "red").save(out, "JPEG", exif=exif)
    scaled = await scale(out.getvalue())
    assert (scaled.width, scaled.height) == (200, 300)


async def test_a_bomb_of_a_picture_is_refused() -> None:
    huge = Image.new("1", (20_000, 20_000))
    with pytest.raises(BadPictureError):
        await scale(_png(huge))
    assert await best_decoder().decode(_png(huge)) is None
