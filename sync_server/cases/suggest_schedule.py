"""Three equal months, for the form to begin with; what is uneven goes into the last."""

from __future__ import annotations

from datetime import date, timedelta

from shared_models.instalments import amount_text

_PARTS = 3


def suggest_schedule(left: int, today: date) -> str:
    """A line an instalment, as the form reads it; blank where nothing is left."""
    if left < _PARTS:
        return ""
    each = left // _PARTS
    amounts = (*(each,) * (_PARTS - 1), left - each * (_PARTS - 1))
    day, lines = today, []
    for amount in amounts:
        day = _end_of_next_month(day)
        lines.append(f"{day.isoformat()} {amount_text(amount)}")
    return "\n".join(lines)


def _end_of_next_month(day: date) -> date:
    into_next = day.replace(day=1) + timedelta(days=32)
    return (into_next.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
