"""Pictures that strangers' phones sent, served so that a browser takes them for nothing but pictures."""

from __future__ import annotations

from litestar import Response

_SIGNATURES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)


def picture_type(data: bytes) -> str | None:
    """JPEG, PNG or WebP by the first bytes; null for anything else."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for start, kind in _SIGNATURES if data.startswith(start)), None)


def picture_response(data: bytes, name: str) -> Response[bytes]:
    """As a picture where its first bytes are one's, else as a file to save."""
    media_type = picture_type(data)
    disposition = "inline" if media_type else "attachment"
    return Response(
        data,
        media_type=media_type or "application/octet-stream",
        headers={
            "Content-Disposition": f'{disposition}; filename="{name}"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "private, max-age=300",
        },
    )
