"""`zhuqi admin calendar | policy | caps`."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import rich_click as click

from shared_models.acts import CalendarPublished, ServiceWeek
from shared_models.county import PublishedCalendar
from shared_models.policy import PublishedPolicy
from shared_models.shape import to_plain
from sync_server.admin.on_behalf import Desk, desk_command
from sync_server.admin.read_files import read_json
from sync_server.calendar.publish_calendar import publish_calendar
from sync_server.calendar.publish_policy import publish_policy
from sync_server.errors import NotFoundError
from sync_server.storage.engine import reading
from sync_server.storage.facts import current_facts

T = TypeVar("T")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def calendar() -> None:
    """执法助企服务周: protected weeks, days off, extra working days."""


@calendar.command("publish")
@click.argument("file", type=FILE, required=False)
@desk_command(acts=True)
def publish(desk: Desk, file: Path | None) -> None:
    """Publish a calendar: weeks, days_off, extra_workdays, covers_until of a JSON FILE; without one, the default weeks.

    Months that nobody published carry their second full week, at least twelve months ahead.
    """
    given = read_json(CalendarPublished, file) if file else CalendarPublished(())
    published = publish_calendar(
        desk.county,
        desk.account,
        weeks=given.weeks,
        days_off=given.days_off,
        extra_workdays=given.extra_workdays,
        covers_until=given.covers_until,
    )
    click.echo(f"{len(published.weeks)} weeks up to {published.covers_until}")


@calendar.command("move")
@click.argument("month")
@click.argument("first", type=DAY)
@click.argument("last", type=DAY)
@click.option("--note", required=True, help="Who moves the week, and why.")
@desk_command(acts=True)
def move(desk: Desk, month: str, first: datetime, last: datetime, note: str) -> None:
    """Move the protected week of a MONTH such as 2026-11."""
    week = ServiceWeek(month, (first.date(), last.date()), moved=True, note=note)
    publish_calendar(desk.county, desk.account, weeks=[week])
    click.echo(f"{month}: {first.date()} {last.date()}")


@calendar.command("show")
@desk_command(acts=False)
def show(desk: Desk) -> None:
    """The protected weeks as phones have them."""
    for week in _current(desk, "calendar", PublishedCalendar).weeks:
        click.echo(f"{week.month}\t{week.days[0]}\t{week.days[1]}\t{week.note if week.moved else ''}".rstrip())


@click.group()
def policy() -> None:
    """Reasons, approvers, limits: what the gate is set to."""


@policy.command("publish")
@click.argument("file", type=FILE)
@desk_command(acts=True)
def publish_new(desk: Desk, file: Path) -> None:
    """Publish the policy of a JSON file; what it leaves out takes its default. `show` prints one to start from."""
    publish_policy(desk.county, desk.account, read_json(PublishedPolicy, file))
    click.echo("published")


@policy.command("show")
@desk_command(acts=False)
def show_policy(desk: Desk) -> None:
    """The policy in force, as JSON."""
    plain = to_plain(_current(desk, "policy", PublishedPolicy))
    click.echo(json.dumps(plain, ensure_ascii=False, indent=2))


@click.group()
def caps() -> None:
    """频次上限: how many inspections a year a department makes at one enterprise at most."""


@caps.command("set")
@click.argument("department")
@click.argument("visits", type=click.IntRange(0, 1000))
@desk_command(acts=True)
def set_cap(desk: Desk, department: str, visits: int) -> None:
    """Publish a department's cap."""
    before = _current(desk, "policy", PublishedPolicy)
    published = replace(before, frequency_caps={**before.frequency_caps, department: visits})
    publish_policy(desk.county, desk.account, published)
    click.echo(f"{department}: {visits}")


@caps.command("remove")
@click.argument("department")
@desk_command(acts=True)
def remove_cap(desk: Desk, department: str) -> None:
    """Publish that a department has no cap."""
    before = _current(desk, "policy", PublishedPolicy)
    left = {name: cap for name, cap in before.frequency_caps.items() if name != department}
    publish_policy(desk.county, desk.account, replace(before, frequency_caps=left))
    click.echo(f"{department}: none")


def _current(desk: Desk, key: str, cls: type[T]) -> T:
    with reading(desk.county.engine) as connection:
        fact = current_facts(connection, key, [key]).get(key)
    if fact is None:
        raise NotFoundError(key, "nothing is published yet")
    return fact.load(cls)
