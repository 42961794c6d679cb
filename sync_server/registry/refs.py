"""Numbers of other systems (行政行为码, 检查码, orders of 12345 and 帮企云), folded so that any typing finds them."""

from __future__ import annotations

import re
import unicodedata

from sync_server.log.entries import NAME_LENGTH

_BETWEEN = re.compile(r"[\s,;，；、]+")


def folded_ref(text: str) -> str:
    """Blank for what cannot be a number of any system: too long, unprintable, without a digit."""
    folded = unicodedata.normalize("NFKC", text).casefold().strip()
    has_digit = any(one.isdigit() for one in folded)
    return folded if has_digit and folded.isprintable() and len(folded) <= NAME_LENGTH else ""


def refs_in(text: str) -> tuple[str, ...]:
    """Each once, out of a field that holds several."""
    return tuple(dict.fromkeys(ref for part in _BETWEEN.split(text) if (ref := folded_ref(part))))
