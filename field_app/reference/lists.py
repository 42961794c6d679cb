"""What the county publishes, as lists to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from field_app.enrolment.state import own_department
from field_app.phone import Phone
from field_app.storage.database import Rows
from field_app.storage.reference import held, is_app_too_old, items_of, read_item
from shared_models.acts import Snippet, SnippetKind, Theme
from shared_models.calendar import day_of
from shared_models.commitment import Provision
from shared_models.county import PublishedCalendar
from shared_models.enterprise import Enterprise
from shared_models.filing import FilingLine
from shared_models.merging import is_open
from shared_models.people import Department, Person
from shared_models.policy import PublishedPolicy


@dataclass(frozen=True, slots=True)
class FiledVisit:
    """One of this officer's filings for one enterprise; `enterprise` null where the registry does not list it."""

    line: FilingLine
    enterprise: Enterprise | None


@dataclass(frozen=True, slots=True)
class Freshness:
    """Which state of the log the phone holds, and how old it is by the phone's clock."""

    size: int
    issued_at: datetime
    age: timedelta
    is_app_too_old: bool
    """The county's policy or calendar is written as only a newer app can read it."""


async def list_people(phone: Phone) -> tuple[Person, ...]:
    """Of the own department first, then by department and name; without revoked ones."""

    def read(rows: Rows) -> tuple[Person, ...]:
        own = own_department(rows)
        people = (person for person in items_of(rows, "person") if not person.revoked)
        return tuple(sorted(people, key=lambda one: (one.department != own, one.department, one.name, one.id)))

    return await phone.database.read(read)


async def list_departments(phone: Phone) -> tuple[Department, ...]:
    return await phone.database.read(lambda rows: tuple(sorted(items_of(rows, "department"), key=lambda one: one.id)))


async def list_snippets(phone: Phone, kind: SnippetKind) -> tuple[Snippet, ...]:
    """Those for all and those of the own department, which come first."""

    def read(rows: Rows) -> tuple[Snippet, ...]:
        fitting = {"", own_department(rows)}
        snippets = (one for one in items_of(rows, "snippet") if one.kind is kind and one.department in fitting)
        return tuple(sorted(snippets, key=lambda one: (one.department == "", one.title, one.id)))

    return await phone.database.read(read)


async def list_provisions(phone: Phone) -> tuple[Provision, ...]:
    """Of the county's law library those of the own department first, then those for all."""

    def read(rows: Rows) -> tuple[Provision, ...]:
        fitting = {"", own_department(rows)}
        provisions = (one for one in items_of(rows, "provision") if one.department in fitting)
        return tuple(sorted(provisions, key=lambda one: (one.department == "", one.title, one.clause, one.id)))

    return await phone.database.read(read)


async def list_themes(phone: Phone, enterprise: str) -> tuple[Theme, ...]:
    """Those of this month; what names the enterprise comes first, then what the own department takes part in."""
    month = f"{day_of(phone.clock.now()):%Y-%m}"

    def read(rows: Rows) -> tuple[Theme, ...]:
        own = own_department(rows)

        def place(one: Theme) -> tuple[bool, bool, str]:
            return enterprise not in one.enterprises, own not in (one.lead, *one.departments), one.number

        return tuple(sorted((one for one in items_of(rows, "theme") if one.month == month), key=place))

    return await phone.database.read(read)


async def my_filings(phone: Phone, *, ahead_days: int = 60) -> tuple[FiledVisit, ...]:
    """Accepted filings that name this officer and are not over, with visits left; the next ending first."""
    today = day_of(phone.clock.now())

    def read(rows: Rows) -> tuple[FiledVisit, ...]:
        lines = [line for line in items_of(rows, "line", own=True) if _is_coming(line, today, ahead_days)]
        lines.sort(key=lambda line: (line.window[0] > today, line.window[1], line.number, line.enterprise))
        return tuple(FiledVisit(line, read_item(rows, "enterprise", line.enterprise)) for line in lines)

    return await phone.database.read(read)


async def read_policy(phone: Phone) -> PublishedPolicy | None:
    """With the approvers of exceptions and the reasons that the county lists."""
    policy: PublishedPolicy | None = await phone.database.read(lambda rows: read_item(rows, "policy", "policy"))
    return policy


async def list_approvers(phone: Phone) -> tuple[Person, ...]:
    """Who may approve an exception, in the order of the signed list; one whom nobody registered has an id only."""

    def read(rows: Rows) -> tuple[Person, ...]:
        policy: PublishedPolicy | None = read_item(rows, "policy", "policy")
        ids = () if policy is None else policy.approvers
        return tuple(read_item(rows, "person", one) or Person(id=one, department="", name=one) for one in ids)

    return await phone.database.read(read)


async def read_calendar(phone: Phone) -> PublishedCalendar | None:
    calendar: PublishedCalendar | None = await phone.database.read(lambda rows: read_item(rows, "calendar", "calendar"))
    return calendar


async def read_freshness(phone: Phone) -> Freshness | None:
    """Null before the first reference data came."""
    seen, too_old = await phone.database.read(lambda rows: (held(rows), is_app_too_old(rows)))
    if seen is None:
        return None
    issued_at = datetime.fromtimestamp(seen.issued_at, UTC)
    return Freshness(seen.size, issued_at, phone.clock.now() - issued_at, too_old)


def _is_coming(line: FilingLine, today: date, ahead_days: int) -> bool:
    first, last = line.window
    return is_open(line) and last >= today and first <= today + timedelta(days=ahead_days)
