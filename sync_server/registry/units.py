"""The units of a department as one types them."""

from __future__ import annotations

from collections.abc import Sequence


def units_of(text: str) -> tuple[tuple[str, str], ...]:
    """`food=食品科`, one a line or parted by `;`; a line without `=` is both id and name."""
    lines: Sequence[str] = text.replace("；", "\n").replace(";", "\n").splitlines()
    parts = [line.partition("=") for line in lines if line.strip()]
    return tuple((key.strip(), (name if mark else key).strip()) for key, mark, name in parts)
