"""Paying a fine later or in parts (行政处罚法 66 ¶2): a schedule of due days, each paid, late or waived."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar

from shared_models.errors import BadlyFormedError, ZhuqiError

PAY_WITHIN_DAYS = 15
"""Calendar days from the receipt of the decision (行政处罚法 67)."""
MAX_INSTALMENTS = 36
LATEST_DAYS = 3 * 366


class Settling(StrEnum):
    PAID = "paid"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True)
class Instalment:
    """`amount` in fen, due up to and including the day `due`; `settled_on` the day of the payment or waiver."""

    amount: int
    due: date
    settled: Settling | None = None
    settled_on: date | None = None
    reference: str = ""
    """The receipt of the payment, or why it was waived."""

    def days_late(self, today: date) -> int:
        """0 where it is not late; a payment after its day stays known as one."""
        until = self.settled_on if self.settled is Settling.PAID else None if self.settled else today
        return max(0, (until - self.due).days) if until else 0

    def is_late(self, today: date) -> bool:
        return self.settled is None and today > self.due


@dataclass(eq=False)
class ScheduleError(ZhuqiError):
    """`problem` is a stable word, `number` the instalment that it is about, from 1; 0 for the whole."""

    code: ClassVar[str] = "schedule_refused"
    problem: str
    number: int = 0


def check_schedule(schedule: Sequence[Instalment], fine: int, today: date) -> None:
    """`fine` in fen is what is left to pay. Raises ScheduleError."""
    if not 1 <= len(schedule) <= MAX_INSTALMENTS:
        raise ScheduleError("how_many")
    before = today
    for number, one in enumerate(schedule, 1):
        if one.amount < 1:
            raise ScheduleError("amount", number)
        if one.due <= before:
            raise ScheduleError("not_rising" if number > 1 else "in_the_past", number)
        if one.due > today + timedelta(days=LATEST_DAYS):
            raise ScheduleError("too_late", number)
        before = one.due
    if sum(one.amount for one in schedule) != fine:
        raise ScheduleError("sum")


def whole_fine(fine: int, served_on: date) -> tuple[Instalment, ...]:
    """What is due where nothing else was granted."""
    return (Instalment(fine, served_on + timedelta(days=PAY_WITHIN_DAYS)),)


def left_to_pay(schedule: Sequence[Instalment]) -> int:
    return sum(one.amount for one in schedule if one.settled is None)


def regranted(before: Sequence[Instalment], schedule: Sequence[Instalment]) -> tuple[Instalment, ...]:
    """What was settled stays; the rest is due by the new schedule."""
    return (*(one for one in before if one.settled is not None), *schedule)


def settle(
    schedule: Sequence[Instalment], number: int, how: Settling, on: date, reference: str = ""
) -> tuple[Instalment, ...]:
    """`number` from 1. Raises BadlyFormedError for one that there is not, or that is settled."""
    if not 1 <= number <= len(schedule) or schedule[number - 1].settled is not None:
        raise BadlyFormedError("number", "is none that is open")
    one = schedule[number - 1]
    settled = Instalment(one.amount, one.due, how, on, reference)
    return (*schedule[: number - 1], settled, *schedule[number:])


def amount_of(text: str) -> int:
    """Fen of an amount typed in yuan, such as 12,345.60. Raises BadlyFormedError."""
    plain = text.strip().replace(",", "").replace("，", "").removeprefix("¥").removesuffix("元").strip()
    yuan, dot, fen = plain.partition(".")
    is_number = yuan.isascii() and yuan.isdigit() and len(yuan) <= _MOST_DIGITS
    if not is_number or (dot and not (fen.isascii() and fen.isdigit() and len(fen) <= _FEN_DIGITS)):
        raise BadlyFormedError("amount", "must be yuan such as 12345.60")
    return int(yuan) * 100 + int(fen.ljust(_FEN_DIGITS, "0") or "0")


def amount_text(fen: int) -> str:
    """Yuan with two digits and commas: 12,345.60."""
    return f"{fen // 100:,}.{fen % 100:02}"


_MOST_DIGITS, _FEN_DIGITS = 11, 2
