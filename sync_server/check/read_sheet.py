"""The gate sheet's page: whose gate, whether its sheet still counts, and which days are protected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shared_models.acts import ServiceWeek
from shared_models.calendar import day_of
from shared_models.code_texts import GateCode, read_code
from shared_models.county import PublishedCalendar
from shared_models.enterprise import Enterprise, EnterpriseStatus, Gate
from shared_models.errors import ZhuqiError
from sync_server.county import County
from sync_server.storage.engine import reading
from sync_server.storage.facts import current_facts


@dataclass(frozen=True, slots=True)
class GateSheet:
    """`state` is `good`, `void`, `closed` or `unknown`; `weeks` are this month's and the next's, where published."""

    state: str
    text: str
    enterprise: Enterprise | None = None
    gate: Gate | None = None
    weeks: tuple[ServiceWeek, ...] = ()
    today: date | None = None

    @property
    def is_protected_today(self) -> bool:
        return any(week.days[0] <= (self.today or date.min) <= week.days[1] for week in self.weeks)


def read_sheet(county: County, text: str) -> GateSheet:
    """`text` is what follows `/e/` in the code."""
    host = county.settings.public_host
    try:
        code = read_code(f"https://{host}/e/{text}", host)
    except ZhuqiError:
        return GateSheet("unknown", text)
    if not isinstance(code, GateCode):
        return GateSheet("unknown", text)
    today = day_of(county.clock.now())
    with reading(county.engine) as connection:
        known = current_facts(connection, "enterprise", [code.uscc]).get(code.uscc)
        published = current_facts(connection, "calendar", ["calendar"]).get("calendar")
    weeks = _weeks(published.load(PublishedCalendar), today) if published else ()
    enterprise = known.load(Enterprise) if known else None
    gate = next((one for one in enterprise.gates if one.no == code.gate_no), None) if enterprise else None
    if enterprise is None or gate is None:
        return GateSheet("unknown", text, weeks=weeks, today=today)
    state = "void" if gate.void else "closed" if enterprise.status is EnterpriseStatus.CLOSED else "good"
    return GateSheet(state, text, enterprise, gate, weeks, today)


def _weeks(calendar: PublishedCalendar, today: date) -> tuple[ServiceWeek, ...]:
    following = (today.year + today.month // 12, today.month % 12 + 1)
    months = {f"{today:%Y-%m}", f"{following[0]:04}-{following[1]:02}"}
    return tuple(sorted((week for week in calendar.weeks if week.month in months), key=lambda week: week.month))
