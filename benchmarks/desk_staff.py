"""Who works at a county's desks, and what lies on them: accounts of every role, drafts, draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from benchmarks.county import OFFICE
from benchmarks.desk_county import DEPARTMENTS, DeskCounty
from shared_models.calendar import day_of
from shared_models.draw import Candidate, Pool
from sync_server.accounts.account import Grant, Role
from sync_server.accounts.add_account import add_account
from sync_server.clock import FixedClock, milliseconds
from sync_server.county import County
from sync_server.draws.close_draw import close_draw
from sync_server.draws.open_draw import open_draw
from sync_server.filings.drafts import filing_drafts
from sync_server.filings.typed_filing import TypedFiling, TypedRow

PASSWORD = "plum rain over Aojiang"
FIRST, SECOND = DEPARTMENTS[0].id, DEPARTMENTS[1].id
ROLES: Mapping[str, tuple[Grant, ...]] = {
    "clerk": (Grant(Role.CLERK, FIRST),),
    "clerk-of-two": (Grant(Role.CLERK, FIRST), Grant(Role.CLERK, SECOND)),
    "head": (Grant(Role.DEPARTMENT_HEAD, FIRST),),
    "county-office": (Grant(Role.COUNTY_OFFICE),),
    "supervisor": (Grant(Role.SUPERVISOR),),
    "approver": (Grant(Role.APPROVER),),
    "administrator": (Grant(Role.ADMINISTRATOR),),
    "hotline": (Grant(Role.HOTLINE),),
}
_DRAWS, _POOL, _DRAFTS, _ROWS = 30, 300, 20, 10


@dataclass(frozen=True, slots=True)
class OnTheDesk:
    drafts: tuple[str, ...]
    draws: tuple[str, ...]


def staff_desks(desk: DeskCounty, county: County) -> OnTheDesk:
    for name, grants in ROLES.items():
        person = desk.people[-1].id if name == "approver" else None
        add_account(county, name, PASSWORD, grants, person=person)
    for department in DEPARTMENTS:
        add_account(county, f"clerk-{department.id}", PASSWORD, (Grant(Role.CLERK, department.id),))
    today = day_of(desk.now)
    active = [one.uscc for one in desk.enterprises if one.status == "active"]
    typed = TypedFiling(
        why_not_off_site="须现场查看",
        officers=(desk.people[0].id, desk.people[40].id),
        items="消防通道\n用电安全",
        basis="《安全生产法》第六十五条",
        first=(today + timedelta(days=3)).isoformat(),
        last=(today + timedelta(days=9)).isoformat(),
    )
    drafts = []
    for n in range(_DRAFTS):
        rows = tuple(TypedRow(uscc) for uscc in active[n * _ROWS : (n + 1) * _ROWS])
        drafts.append(filing_drafts.begin(county, "clerk", FIRST, replace(typed, rows=rows)).id)
    return OnTheDesk(tuple(drafts), _draws(desk, county, active))


def _draws(desk: DeskCounty, county: County, active: list[str]) -> tuple[str, ...]:
    clock = county.clock
    if not isinstance(clock, FixedClock):
        raise TypeError("the county's clock must be one that can be put")
    officers = tuple(Candidate(one.id) for one in desk.people if one.department == FIRST)
    made = []
    for n in range(_DRAWS):
        pool = Pool(tuple(Candidate(uscc) for uscc in active[n : n + _POOL]), officers, (), 10, 2)
        due = milliseconds(desk.now + timedelta(minutes=1))
        made.append(open_draw(county, OFFICE, f"第 {n + 1} 次抽查", FIRST, pool, "双色球当晚开奖号码", due))
    clock.instant = desk.now + timedelta(minutes=2)
    for key in made[: _DRAWS // 2]:
        close_draw(county, OFFICE, key, "03 11 17 22 28 31 + 09")
    return tuple(made)
