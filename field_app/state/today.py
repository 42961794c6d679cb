"""What the first screen shows: my filings, the month with its protected week, the visit in progress, the sync line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import flet as ft

from field_app.gate.find_enterprise import find_enterprise
from field_app.reference.lists import FiledVisit, Freshness, my_filings, read_calendar, read_freshness
from field_app.state.app import App
from field_app.state.boundary import Boundary, act
from field_app.state.gate import Gate
from field_app.sync.run_sync import run_sync
from field_app.sync.status import Outbox, SyncStatus, read_outbox, sync_status
from field_app.visits.read_visit import list_visits, visit_in_progress
from field_app.visits.visit_page import VisitSummary
from shared_models.calendar import day_of
from shared_models.county import PublishedCalendar
from shared_models.visit import Identified


@ft.observable
@dataclass(eq=False)
class Today:
    app: App
    gate: Gate
    today: date | None = None
    filed: tuple[FiledVisit, ...] = ()
    calendar: PublishedCalendar | None = None
    freshness: Freshness | None = None
    current: VisitSummary | None = None
    status: SyncStatus | None = None
    is_syncing: bool = False
    outbox: Outbox | None = None
    visits: tuple[VisitSummary, ...] = ()

    @property
    def boundary(self) -> Boundary:
        return self.app.boundary

    async def refresh(self) -> None:
        phone = self.app.phone
        self.today = day_of(self.app.now())
        self.status = await sync_status(phone)
        self.current = await visit_in_progress(phone)
        self.calendar = await read_calendar(phone)
        self.filed = await my_filings(phone)
        self.freshness = await read_freshness(phone)

    async def refresh_outbox(self) -> None:
        self.outbox = await read_outbox(self.app.phone)
        self.status = await sync_status(self.app.phone)

    async def refresh_history(self) -> None:
        self.visits = await list_visits(self.app.phone)

    @act
    async def synchronise(self) -> None:
        self.is_syncing = True
        try:
            report = await run_sync(self.app.phone, again=True)
        finally:
            self.is_syncing = False
        await self.refresh()
        if report.errors:
            self.app.tell_error(report.errors[0])
        else:
            self.app.say("sync_done")

    @act
    async def open_filed(self, uscc: str) -> None:
        """To the gate card straight from a filing: found by name, as it were."""
        await self.gate.open(await find_enterprise(self.app.phone, uscc, Identified.SEARCH))


def is_protected(calendar: PublishedCalendar | None, day: date) -> bool:
    return calendar is not None and any(week.days[0] <= day <= week.days[1] for week in calendar.weeks)
