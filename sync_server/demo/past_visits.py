"""The inspection that a story of the demo county begins with: its day, two officers, and what makes it lawful."""

from __future__ import annotations

from datetime import date, timedelta

from shared_models.calendar import second_full_week
from shared_models.enterprise import EnterpriseStatus
from shared_models.filing import FilingForm, FilingPlan, FilingState, Purpose
from sync_server.demo.county import DemoCounty
from sync_server.demo.filings import PlannedFiling
from sync_server.demo.names import ITEMS

_FILED_BEFORE, _WINDOW_DAYS, _SATURDAY = 5, 10, 5


def two_officers(demo: DemoCounty, department: str, number: int) -> tuple[str, str]:
    """Never the cockpit's inspectors: their phones are the visitor's."""
    ours = {demo.cast.inspector, demo.cast.colleague, demo.cast.other_inspector}
    own = [one.id for one in demo.people if one.department == department and one.id not in ours]
    first = number % (len(own) - 1)
    return own[first], own[first + 1]


def enterprise_from_the_end(demo: DemoCounty, place: int) -> str:
    """The code of the active enterprise at this place, counted from the registry's end."""
    return [one.uscc for one in demo.enterprises if one.status is EnterpriseStatus.ACTIVE][-place]


def filing_of_visit(
    demo: DemoCounty, department: str, day: date, uscc: str, officers: tuple[str, str]
) -> PlannedFiling:
    item, basis = ITEMS[department]
    form = FilingForm(
        departments=(department,),
        purpose=Purpose.INSPECTION,
        enterprises=(uscc,),
        window=(day - timedelta(days=1), day + timedelta(days=_WINDOW_DAYS)),
        officers=officers,
        items=(item,),
        basis=basis,
        plan=FilingPlan.MONTH,
        why_not_off_site="须核对现场设备和台账",
        approved_by="分管负责人",
    )
    return PlannedFiling(form, FilingState.ACCEPTED, (demo.day - day).days + _FILED_BEFORE)


def quiet_day(day: date) -> date:
    """The last weekday up to `day` that lies in no default service week."""
    while day.weekday() >= _SATURDAY or _is_protected(day):
        day -= timedelta(days=1)
    return day


def _is_protected(day: date) -> bool:
    first, last = second_full_week(day.year, day.month)
    return first <= day <= last
