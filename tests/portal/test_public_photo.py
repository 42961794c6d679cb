"""Photos from strangers' phones: only pictures, drawn anew, without what came along with them."""

from __future__ import annotations

import hashlib
import io
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from sync_server.county import County
from sync_server.portal.keep_public_photo import (
    MAX_SIDE,
    MAX_UPLOAD_BYTES,
    PhotoRefusedError,
    drawn_photo,
    keep_public_photo,
)
from tests.server.towns import open_town

_GPS, _ORIENTATION = 0x8825, 0x0112


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    county = open_town(tmp_path / "data")
    yield county
    county.engine.dispose()


def picture(size: tuple[int, int] = (640, 480), name: str = "JPEG", mode: str = "RGB", **how: object) -> bytes:
    made = Image.new(mode, size)
    ImageDraw.Draw(made).rectangle((0, 0, size[0] // 2, size[1]), fill=200 if mode in ("L", "P") else "#c33")
    out = io.BytesIO()
    made.save(out, name, **how)
    return out.getvalue()


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_kept_as_jpeg_under_its_own_hash(county: County, name: str) -> None:
    sha256 = keep_public_photo(county, picture(name=name))
    kept = county.blobs.get(sha256)
    assert hashlib.sha256(kept).digest() == sha256
    assert Image.open(io.BytesIO(kept)).format == "JPEG"


def test_the_same_photo_twice_is_one_photo(county: County) -> None:
    assert keep_public_photo(county, picture()) == keep_public_photo(county, picture())


def test_place_and_camera_are_left_behind_and_the_picture_stands_upright() -> None:
    exif = Image.Exif()
    exif[_ORIENTATION] = 6
    exif[0x0110] = "a camera"
    exif.get_ifd(_GPS)[2] = (27.0, 39.0, 40.0)
    drawn = Image.open(io.BytesIO(drawn_photo(picture((640, 480), exif=exif))))
    assert not dict(drawn.getexif())
    assert b"a camera" not in drawn_photo(picture(exif=exif))
    assert drawn.size == (480, 640)


def test_a_comment_is_left_behind() -> None:
    assert b"secret place" in picture(comment=b"secret place")
    assert b"secret place" not in drawn_photo(picture(comment=b"secret place"))


@pytest.mark.parametrize("tag", [0x00, 0x01, 0x11, 0x1A])
def test_metadata_that_make_no_sense_spoil_no_photo(tag: int) -> None:
    exif = Image.Exif()
    exif[_ORIENTATION], exif[0x010E] = 6, "x" * 50
    data = bytearray(picture(exif=exif))
    data[data.index(b"\x01\x0e\x00\x02") + 1] = tag  # a text where a number should be
    assert Image.open(io.BytesIO(drawn_photo(bytes(data)))).size == (480, 640)


def test_what_is_hidden_behind_a_picture_is_left_behind() -> None:
    drawn = drawn_photo(picture() + b"PK\x03\x04 <script>alert(1)</script>")
    assert b"script" not in drawn
    assert b"PK\x03\x04" not in drawn


def test_a_large_photo_is_made_smaller_and_a_small_one_is_not_made_larger() -> None:
    assert max(Image.open(io.BytesIO(drawn_photo(picture((6000, 4000))))).size) == MAX_SIDE
    assert Image.open(io.BytesIO(drawn_photo(picture((300, 200))))).size == (300, 200)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "CMYK"])
def test_every_kind_of_picture_can_be_drawn(mode: str) -> None:
    name = "JPEG" if mode in ("CMYK", "L") else "PNG"
    made = Image.new(mode, (200, 100))
    out = io.BytesIO()
    made.save(out, name)
    assert Image.open(io.BytesIO(drawn_photo(out.getvalue()))).mode == "RGB"


def test_transparent_parts_are_white_not_black() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (100, 100), (0, 0, 0, 0)).save(out, "PNG")
    corner = Image.open(io.BytesIO(drawn_photo(out.getvalue()))).getpixel((5, 5))
    assert corner == (255, 255, 255)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "empty"),
        (b"\xff\xd8\xff" + b"\x00" * MAX_UPLOAD_BYTES, "too_large"),
        (b"%PDF-1.7 ...", "not_a_picture"),
        (b"<html><script>alert(1)</script>", "not_a_picture"),
        (b"\xff\xd8\xff\xe0 not really", "not_a_picture"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "not_a_picture"),
        (b"\x00\x00\x00\x18ftypheic", "not_a_picture"),
        (picture(name="GIF", mode="P"), "not_a_picture"),
        (picture(name="TIFF"), "not_a_picture"),
        (picture((30, 400)), "too_small"),
        (picture((8000, 8001), mode="L"), "too_large"),
        (picture((8000, 4001), name="PNG", mode="L"), "too_large"),
    ],
)
def test_what_is_no_photo_is_refused_by_its_bytes(data: bytes, problem: str) -> None:
    with pytest.raises(PhotoRefusedError) as refused:
        drawn_photo(data)
    assert refused.value.problem == problem


def test_half_a_photo_is_refused() -> None:
    noise = Image.frombytes("RGB", (400, 300), random.Random(7).randbytes(400 * 300 * 3))
    out = io.BytesIO()
    noise.save(out, "JPEG")
    with pytest.raises(PhotoRefusedError):
        drawn_photo(out.getvalue()[: len(out.getvalue()) // 2])


def test_nothing_is_kept_of_what_is_refused(county: County) -> None:
    with pytest.raises(PhotoRefusedError):
        keep_public_photo(county, b"%PDF-1.7")
    assert [path for path in county.settings.blob_dir.rglob("*") if path.is_file()] == []
