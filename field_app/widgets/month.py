"""The month as a strip of weeks: today ringed, protected days on their own ground and named, days off dimmed."""

from __future__ import annotations

from datetime import date, timedelta

import flet as ft

from field_app.state.today import is_protected
from field_app.widgets.basics import BOLD, body, card, marked, muted
from field_app.widgets.ids import Id
from field_app.widgets.theme import LABEL
from field_app.widgets.ui import Ui
from shared_models.county import PublishedCalendar

WEEK, MOST_WEEKS = 7, 6


def month(ui: Ui, today: date, calendar: PublishedCalendar | None) -> ft.Control:
    """From this week to the end of the month, and to the end of the next protected week if that is near."""
    first = today - timedelta(days=today.weekday())
    last_of_month = (today.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    coming = _coming(today, calendar)
    last = max(last_of_month, coming[1] if coming else last_of_month)
    weeks = min(max(3, -(-((last - first).days + 1) // WEEK)), MOST_WEEKS)
    rows: list[ft.Control] = [_heads(ui, first)]
    for week in range(weeks):
        monday = first + timedelta(days=WEEK * week)
        rows.append(_week(ui, [monday + timedelta(days=i) for i in range(WEEK)], today, calendar))
    heading = body(ui, ui.t.months(today, first + timedelta(days=WEEK * weeks - 1)), bold=True)
    return marked(Id.MONTH, card(ui, heading, ft.Column(rows, spacing=4), _legend(ui, today, calendar)))


def _coming(today: date, calendar: PublishedCalendar | None) -> tuple[date, date] | None:
    weeks = () if calendar is None else calendar.weeks
    return min((week.days for week in weeks if week.days[1] >= today), default=None)


def _legend(ui: Ui, today: date, calendar: PublishedCalendar | None) -> ft.Control:
    coming = _coming(today, calendar)
    if coming is None:
        return muted(ui, ui.t("week_unknown"))
    text = ui.t("week_days", days=ui.t.span(*coming))
    return ft.Row(
        [ft.Container(width=16, height=16, bgcolor=ui.c.then_file.ground, border_radius=4), muted(ui, text, size=15)],
        spacing=6,
        tight=True,
    )


def _heads(ui: Ui, monday: date) -> ft.Control:
    return ft.Row(
        [
            ft.Container(
                muted(ui, ui.t.weekday(monday + timedelta(days=i)), size=LABEL - 2),
                expand=True,
                alignment=ft.Alignment.CENTER,
            )
            for i in range(WEEK)
        ],
        spacing=0,
    )


def _week(ui: Ui, days: list[date], today: date, calendar: PublishedCalendar | None) -> ft.Control:
    cells: list[ft.Control] = []
    for day in days:
        protected = is_protected(calendar, day)
        before, after = (is_protected(calendar, day + timedelta(days=n)) for n in (-1, 1))
        ink = ui.c.then_file.ink if protected else ui.c.muted if _is_off(calendar, day) or day < today else ui.c.ink
        left = 8 if protected and (not before or day.weekday() == 0) else 0
        right = 8 if protected and (not after or day.weekday() == WEEK - 1) else 0
        label = ft.Text(str(day.day), size=LABEL + 1, color=ink, weight=BOLD if day == today or protected else None)
        ring = ft.Container(
            label,
            width=38,
            height=36,
            alignment=ft.Alignment.CENTER,
            border=ft.Border.all(2.5, ink if protected else ui.c.accent) if day == today else None,
            border_radius=10,
        )
        cells.append(
            ft.Container(
                ring,
                expand=True,
                height=40,
                alignment=ft.Alignment.CENTER,
                bgcolor=ui.c.then_file.ground if protected else None,
                border_radius=ft.BorderRadius(left, right, left, right),
            )
        )
    return ft.Row(cells, spacing=0)


def _is_off(calendar: PublishedCalendar | None, day: date) -> bool:
    if calendar is None:
        return False
    return day in calendar.days_off or (day.weekday() > 4 and day not in calendar.extra_workdays)  # noqa: PLR2004
