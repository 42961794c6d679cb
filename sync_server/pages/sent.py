"""What a form sends, as it was typed: texts that every database takes, and nothing refused."""

from __future__ import annotations

from litestar.datastructures import FormMultiDict

_LONGEST_TYPED = 10_000
"""Far more than any field takes: so that a text that is too long can be mended."""
_MOST_CHOSEN = 60


def text_of(form: FormMultiDict, name: str, most: int = _LONGEST_TYPED) -> str:
    value = form.get(name)
    text = value.replace("\x00", "").replace("\r\n", "\n") if isinstance(value, str) else ""
    return text[:most].encode("utf-8", "replace").decode("utf-8")


def texts_of(form: FormMultiDict, name: str) -> tuple[str, ...]:
    """What is ticked, each once."""
    values = (value for value in form.getall(name, []) if isinstance(value, str))
    found = (value[:64].replace("\x00", "") for value in values)
    return tuple(dict.fromkeys(value for value in found if value))[:_MOST_CHOSEN]


def number_of(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0  # noqa: PLR2004
