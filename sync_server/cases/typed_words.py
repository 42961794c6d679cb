"""Words that were typed on a case: there, printable, and not too long for one record."""

from __future__ import annotations

from collections.abc import Mapping

from sync_server.registry.judge import RefusedFieldsError

MOST, SHORT = 1_200, 120


def check_words(fields: Mapping[str, str], *, most: int = MOST) -> None:
    """Raises RefusedFieldsError, by field."""
    problems = {name: problem for name, text in fields.items() if (problem := _problem(text, most))}
    if problems:
        raise RefusedFieldsError(problems)


def _problem(text: str, most: int) -> str:
    if not text.strip():
        return "empty"
    if len(text) > most:
        return "too_long"
    return "" if all(line.isprintable() for line in text.splitlines()) else "not_a_text"
