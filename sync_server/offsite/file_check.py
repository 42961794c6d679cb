"""File an off-site check: a record with a number of its own. No service week, no cap and no merge: nobody enters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from shared_models.calendar import day_of
from shared_models.enterprise import Enterprise, EnterpriseStatus
from shared_models.offsite import MAX_LONG_NOTE, MAX_TITLE, OffsiteCheckFiled
from shared_models.people import Person
from sync_server.county import County
from sync_server.errors import InvalidError, WrongStateError
from sync_server.log.writing import Writing, writing
from sync_server.offsite.publish_lists import check_items
from sync_server.offsite.register import LastCheckNumber, check_id
from sync_server.registry.checks import check_key

MAX_DUE_DAYS = 92
_MAX_A_YEAR = 99_999
_MOST_OFFICERS, _MOST_REFS, _LONGEST_REF = 12, 10, 100


def file_check(county: County, account: str, form: OffsiteCheckFiled) -> str:
    """The check's id; the number of `form` is given here. Raises InvalidError for what cannot be answered."""
    with writing(county) as tx:
        return file_in(tx, account, form)


def file_in(tx: Writing, account: str, form: OffsiteCheckFiled) -> str:
    check_form(tx, form)
    numbered = replace(form, number=_next_number(tx))
    return check_id(tx.append_act(account, numbered).record_id)


def check_form(tx: Writing, form: OffsiteCheckFiled) -> None:
    check_key("department", form.department)
    if tx.facts.get("department", form.department) is None:
        raise InvalidError("department", "not_registered")
    if not form.title.strip() or len(form.title) > MAX_TITLE:
        raise InvalidError("title", "too_long" if form.title.strip() else "is_missing")
    if len(form.note) > MAX_LONG_NOTE:
        raise InvalidError("note", "too_long")
    if len(form.external_refs) > _MOST_REFS or any(len(one) > _LONGEST_REF for one in form.external_refs):
        raise InvalidError("external_refs", "too_long")
    check_items(form.items)
    _check_officers(tx, form)
    check_due(day_of(tx.now), form.due)
    fact = tx.facts.get("enterprise", form.enterprise)
    if fact is None or fact.load(Enterprise).status is EnterpriseStatus.CLOSED:
        raise InvalidError(f"rows.{form.enterprise}", "is_closed" if fact else "not_registered")


def check_due(today: date, due: date) -> None:
    """Raises InvalidError: the enterprise has at least until the end of tomorrow."""
    if due <= today:
        raise InvalidError("due", "due_too_soon")
    if due > today + timedelta(days=MAX_DUE_DAYS):
        raise InvalidError("due", "due_too_late")


def _check_officers(tx: Writing, form: OffsiteCheckFiled) -> None:
    if not form.officers or len(form.officers) > _MOST_OFFICERS:
        raise InvalidError("officers", "is_missing" if not form.officers else "too_many_officers")
    tx.facts.prefetch("person", form.officers)
    for officer in form.officers:
        fact = tx.facts.get("person", officer)
        person = fact.load(Person) if fact else None
        if person is None or person.department != form.department:
            raise InvalidError("officers", "not_of_these_departments")
        if person.revoked or not person.licence:
            raise InvalidError("officers", "licence_revoked" if person.revoked else "not_an_officer")


def _next_number(tx: Writing) -> str:
    """`FX` + county + year + `-` + five digits, unique and never reused: the log's lock is held."""
    year = f"{day_of(tx.now).year:04}"
    fact = tx.facts.get("offsite_number", year)
    last = fact.load(LastCheckNumber).last if fact else 0
    if last >= _MAX_A_YEAR:
        raise WrongStateError("offsite_number", year, "used up")
    return f"FX{tx.county.settings.county_code}{year}-{last + 1:05}"
