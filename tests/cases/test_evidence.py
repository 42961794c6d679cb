"""What is kept of a picture that shows hardship."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from sync_server.cases.keep_evidence import keep_evidence
from sync_server.county import County
from sync_server.registry.judge import RefusedFieldsError
from tests.server.conftest import town

__all__ = ["town"]


def scan(side: int) -> bytes:
    """Black writing on a ground that is not there."""
    drawn = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    drawn.paste((0, 0, 0, 255), (0, 0, side // 3, side // 3))
    out = io.BytesIO()
    drawn.save(out, "PNG")
    return out.getvalue()


def test_a_scan_with_a_clear_ground_is_dark_on_white(town: County) -> None:
    kept = Image.open(io.BytesIO(town.blobs.get(keep_evidence(town, scan(300))))).convert("L")
    assert kept.getpixel((280, 280)) > 240  # type: ignore[operator]
    assert kept.getpixel((50, 50)) < 40  # type: ignore[operator]


def test_a_page_stays_legible_and_what_shows_nothing_is_refused(town: County) -> None:
    assert Image.open(io.BytesIO(town.blobs.get(keep_evidence(town, scan(3_000))))).size == (2_400, 2_400)
    for data in (scan(20), b"MZ not a picture"):
        with pytest.raises(RefusedFieldsError) as refused:
            keep_evidence(town, data)
        assert refused.value.problems == {"file": "not_a_file"}
