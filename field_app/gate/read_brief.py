"""Before ringing: what this phone and the county's data know of the enterprise, as one look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from field_app.phone import Phone
from field_app.storage.database import Rows
from field_app.storage.records import openings_at
from field_app.storage.reference import items_about, read_item
from field_app.visits.read_answers import read_promise
from field_app.visits.visit_page import VisitPage, page_of
from shared_models.calendar import day_of
from shared_models.commitment import LetterRefused, LetterSigned
from shared_models.county import Answer, Offence, VisitCount
from shared_models.filing import FilingLine, FilingState
from shared_models.people import Department
from shared_models.policy import PublishedPolicy
from shared_models.visit import Guidance, Need

COMING_DAYS = 14
_LAST_VISITS, _LAST_WORDS = 3, 2
_OVER = frozenset({"kept", "broken", "unfounded"})


@dataclass(frozen=True, slots=True)
class Coming:
    department: str
    window: tuple[date, date]


@dataclass(frozen=True, slots=True)
class CapUsed:
    department: str
    entered: int
    cap: int


@dataclass(frozen=True, slots=True)
class PromisedLetter:
    number: str
    due: date


@dataclass(frozen=True, slots=True)
class Brief:
    """The newest first. `letters` are those of this phone that are not at their end and whose day has not passed."""

    last_at: datetime | None
    guided: tuple[str, ...]
    needs: tuple[str, ...]
    letters: tuple[PromisedLetter, ...]
    offences: tuple[Offence, ...]
    coming: tuple[Coming, ...]
    caps: tuple[CapUsed, ...]


async def read_brief(phone: Phone, uscc: str) -> Brief:
    today = day_of(phone.clock.now())
    return await phone.database.read(lambda rows: _brief(rows, uscc, today))


def _brief(rows: Rows, uscc: str, today: date) -> Brief:
    visits = [one.record.visit for one in openings_at(rows, uscc, _LAST_VISITS)]
    pages = [page_of(rows, visit) for visit in visits if visit is not None]
    return Brief(
        last_at=pages[0].summary.at if pages else None,
        guided=_texts(pages, Guidance),
        needs=_texts(pages, Need),
        letters=_letters(rows, pages, today),
        offences=tuple(sorted(items_about(rows, "offence", uscc), key=lambda one: (one.on, one.field), reverse=True)),
        coming=_coming(rows, uscc, today),
        caps=_caps(rows, uscc, today.year),
    )


def _texts(pages: list[VisitPage], kind: type[Guidance | Need]) -> tuple[str, ...]:
    bodies = (entry.body for page in pages for entry in reversed(page.entries))
    return tuple(body.text for body in bodies if isinstance(body, kind))[:_LAST_WORDS]


def _letters(rows: Rows, pages: list[VisitPage], today: date) -> tuple[PromisedLetter, ...]:
    entries = (entry for page in pages for entry in reversed(page.entries))
    return tuple(
        PromisedLetter(entry.body.letter.number, entry.body.letter.due)
        for entry in entries
        if isinstance(entry.body, LetterSigned | LetterRefused)
        and entry.body.letter.due >= today
        and not _is_over(read_promise(rows, entry.id))
    )


def _is_over(answer: Answer | None) -> bool:
    return answer is not None and answer.state in _OVER


def _coming(rows: Rows, uscc: str, today: date) -> tuple[Coming, ...]:
    """Other departments' accepted filings that begin or run soon: reason enough to ask for a joint visit (三.4)."""
    lines: tuple[FilingLine, ...] = items_about(rows, "line", uscc)
    soon = today + timedelta(days=COMING_DAYS)
    near = [
        one
        for one in lines
        if one.state is FilingState.ACCEPTED
        and one.merged_into is None
        and one.window[1] >= today
        and one.window[0] <= soon
    ]
    near.sort(key=lambda one: (one.window, one.filing))
    return tuple(
        Coming(_name(rows, one.departments[0]), one.window) for one in near if one.departments and not one.officers
    )


def _caps(rows: Rows, uscc: str, year: int) -> tuple[CapUsed, ...]:
    policy: PublishedPolicy | None = read_item(rows, "policy", "policy")
    counts: tuple[VisitCount, ...] = items_about(rows, "count", uscc)
    caps = {} if policy is None else policy.frequency_caps
    used = [one for one in counts if one.year == year and one.department in caps]
    return tuple(CapUsed(_name(rows, one.department), one.entered, caps[one.department]) for one in used)


def _name(rows: Rows, department: str) -> str:
    known: Department | None = read_item(rows, "department", department)
    return department if known is None else known.name
