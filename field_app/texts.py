"""Every word on the screens, Chinese and English; the one place where codes become sentences (style 10)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from field_app.texts_door import DOOR
from field_app.texts_errors import ERRORS
from field_app.texts_reasons import CLAUSES, ENTRIES, EXCEPTIONS, GROUNDS, IDENTIFIED, PURPOSES, REASONS, VERDICTS
from field_app.texts_screens import SCREENS as FIRST_SCREENS
from shared_models.calendar import SHANGHAI
from shared_models.facts import Reason, Verdict

MINUTE, HOUR, DAY = 60, 3600, 86400
SCREENS = FIRST_SCREENS | DOOR


class Language(StrEnum):
    ZH = "zh"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Texts:
    language: Language = Language.ZH

    def __call__(self, key: str, /, **values: object) -> str:
        text = self._of(SCREENS[key])
        return text.format(**values) if values else text

    def error(self, code: str, /, **values: object) -> str:
        """A code without words of its own is shown as it is, so that it can be told on the telephone."""
        keys = (f"{code}_{values.get('what')}", str(values.get("problem") or ""), code, "error")
        pair = next(ERRORS[key] for key in keys if key in ERRORS)
        return self._of(pair).format_map({"seconds": "", **values, "code": values.get("code", code)})

    def set_aside(self, code: str) -> str:
        """Why the county did not accept a record; where the code is a phone's as well, of the record."""
        aside = f"{code}_aside"
        return self.error(aside if aside in ERRORS else code)

    def reason(self, reason: Reason, about: str | None) -> str:
        text = REASONS.get(reason.code)
        return reason.code if text is None else self._of(text[0]).format(about=about or reason.about or "").strip()

    def what_next(self, reason: Reason) -> str:
        text = REASONS.get(reason.code)
        return "" if text is None else self._of(text[1])

    def clause(self, clause: str | None) -> str:
        return "" if clause is None else self._of(CLAUSES.get(clause, (clause, clause)))

    def verdict(self, verdict: Verdict) -> tuple[str, str]:
        word, line = VERDICTS[verdict.verdict]
        due = "" if verdict.post_filing_due is None else self.day(verdict.post_filing_due)
        return self._of(word), self._of(line).format(due=due)

    def exception(self, reason: str) -> str:
        return self._of(EXCEPTIONS.get(reason, (reason, reason)))

    def purpose(self, purpose: str) -> str:
        return self._of(PURPOSES.get(purpose, (purpose, purpose)))

    def ground(self, ground: str) -> str:
        return self._of(GROUNDS.get(ground, (ground, ground)))

    def entry(self, entry: str) -> str:
        return self._of(ENTRIES.get(entry, (entry, entry)))

    def identified(self, identified: str) -> str:
        return self._of(IDENTIFIED.get(identified, (identified, identified)))

    def names(self, names: Iterable[str]) -> str:
        return ("、" if self.language is Language.ZH else ", ").join(names)

    def day(self, day: date) -> str:
        if self.language is Language.ZH:
            return f"{day.month}月{day.day}日"
        return f"{day.day} {_MONTHS[day.month - 1]}"

    def span(self, first: date, last: date) -> str:
        """Both days; the month is said once where it is the same."""
        if (first.year, first.month) != (last.year, last.month):
            return f"{self.day(first)}–{self.day(last)}"
        if self.language is Language.ZH:
            return f"{first.month}月{first.day}–{last.day}日"
        return f"{first.day}–{last.day} {_MONTHS[first.month - 1]}"

    def weekday(self, day: date) -> str:
        return ("一二三四五六日" if self.language is Language.ZH else "MTWTFSS")[day.weekday()]

    def kind(self, kind: str) -> str:
        pair = SCREENS.get(f"kind_{kind}")
        return kind if pair is None else self._of(pair)

    def date_of(self, seconds: int) -> str:
        return datetime.fromtimestamp(seconds, SHANGHAI).date().isoformat()

    def day_and_weekday(self, day: date) -> str:
        if self.language is Language.ZH:
            return f"{self.day(day)} 周{self.weekday(day)}"
        return f"{_WEEKDAYS[day.weekday()]} {self.day(day)}"

    def months(self, first: date, last: date) -> str:
        """Those that both days lie in; the year is said once where it is the same."""
        if self.language is Language.ZH:
            said = [f"{day.year}年{day.month}月" for day in (first, last)]
        else:
            said = [f"{_MONTHS[day.month - 1]} {day.year}" for day in (first, last)]
        if said[0] == said[1]:
            return said[0]
        if first.year != last.year:
            return "–".join(said)
        if self.language is Language.ZH:
            return f"{first.year}年{first.month}–{last.month}月"
        return f"{_MONTHS[first.month - 1]}–{said[1]}"

    def clock(self, instant: datetime) -> str:
        return instant.astimezone(SHANGHAI).strftime("%H:%M")

    def instant(self, instant: datetime) -> str:
        return f"{self.day(instant.astimezone(SHANGHAI).date())} {self.clock(instant)}"

    def age(self, age: timedelta) -> str:
        seconds = max(0, int(age.total_seconds()))
        if seconds < MINUTE:
            return self("age_now")
        if seconds < HOUR:
            return self("age_minutes", n=seconds // MINUTE)
        if seconds < 2 * DAY:
            return self("age_hours", n=seconds // HOUR)
        return self("age_days", n=seconds // DAY)

    def _of(self, pair: tuple[str, str]) -> str:
        return pair[0] if self.language is Language.ZH else pair[1]


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
