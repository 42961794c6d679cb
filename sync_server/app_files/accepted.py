"""Which compressed copy of a file a browser takes (RFC 9110, 12.5.3)."""

from __future__ import annotations

from collections.abc import Sequence


def best_encoding(header: str, offered: Sequence[str]) -> str:
    """The first of `offered` that the header accepts; blank for the file as it is."""
    accepted = dict(_weights(header))
    for encoding in offered:
        if accepted.get(encoding, accepted.get("*", 0.0)) > 0:
            return encoding
    return ""


def _weights(header: str) -> list[tuple[str, float]]:
    found = []
    for part in header.lower().split(","):
        coding, _, parameter = part.partition(";")
        name, _, value = parameter.strip().partition("=")
        try:
            weight = float(value) if name.strip() == "q" else 1.0
        except ValueError:
            weight = 0.0
        found.append((coding.strip(), weight))
    return found
