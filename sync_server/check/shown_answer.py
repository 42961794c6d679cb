"""The answer as its page shows it: people, filing and exception of the pass that was checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from shared_models.people import Department, Person
from sync_server.check.judge_pass import FRESH_SECONDS, Answer, PassFacts
from sync_server.check.portraits import SMALL_WIDTH, portrait_address
from sync_server.county import County
from sync_server.storage.facts import current_facts


@dataclass(frozen=True, slots=True)
class OtherPerson:
    """`presence` is `joined` or `named`; `portrait` an address, blank where there is none."""

    name: str
    department: str
    licence: str | None
    presence: str
    portrait: str


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    answer: Answer
    facts: PassFacts
    portrait: str
    others: tuple[OtherPerson, ...]
    filing: str | None
    window: tuple[date, date] | None
    items: tuple[str, ...]
    basis: str
    exception: tuple[str, str | None] | None
    """Reason and, where the opening has arrived, `stated`, `confirmed` or `denied`."""
    pass_at: datetime | None

    @property
    def skew_minutes(self) -> int:
        """For a sentence, 0 within a minute; positive where the pass is old or the phone's clock behind."""
        skew = self.facts.skew_seconds or 0
        return round(skew / 60) if abs(skew) > FRESH_SECONDS else 0


def shown_answer(county: County, connection: Connection, facts: PassFacts, answer: Answer) -> ShownAnswer:
    genuine, opened, opening, line = facts.read.genuine, facts.read.opened, facts.opening, facts.line
    slip = opened.slip if opened else None
    body = opening.body if opening and opening.fits else None
    return ShownAnswer(
        answer=answer,
        facts=facts,
        portrait=portrait_address(county, facts.person),
        others=_others(county, connection, facts) if opened else (),
        filing=line.number if line else slip.filing if slip else None,
        window=line.window if line else slip.window if slip else None,
        items=line.items if line else (),
        basis=line.basis if line else "",
        exception=_exception(facts, body.claim if body else None, slip.exception if slip else None),
        pass_at=datetime.fromtimestamp(genuine.visit_pass.at, facts.now.tzinfo) if genuine else None,
    )


def _others(county: County, connection: Connection, facts: PassFacts) -> tuple[OtherPerson, ...]:
    """Who else comes: as the opening names them, before it has arrived as the filing does."""
    me = facts.read.genuine.credential.officer if facts.read.genuine else ""
    opening = facts.opening
    if opening is not None and opening.fits:
        named = [(one.id, one.name, one.department, one.licence, one.listed) for one in opening.body.people]
    else:
        named = [(officer, officer, "", None, True) for officer in (facts.line.officers if facts.line else ())]
    named = [one for one in named if one[0] != me]
    people = current_facts(connection, "person", [one[0] for one in named if "\x00" not in one[0]])
    known = {key: fact.load(Person) for key, fact in people.items()}
    ids = {known[one[0]].department if one[4] and one[0] in known else one[2] for one in named}
    departments = current_facts(connection, "department", [one for one in ids if one and "\x00" not in one])
    shown = []
    for key, name, department, licence, listed in named:
        person = known.get(key) if listed else None
        home = departments.get(person.department if person else department)
        is_joined = opening is not None and key in opening.joined
        shown.append(
            OtherPerson(
                name=person.name if person else name,
                department=home.load(Department).name if home else department,
                licence=person.licence if person else licence,
                presence="joined" if is_joined else "named",
                portrait=portrait_address(county, person, SMALL_WIDTH),
            )
        )
    return tuple(shown)


def _exception(facts: PassFacts, claim: Any, by_slip: str | None) -> tuple[str, str | None] | None:
    if claim is not None and facts.opening is not None:
        return claim.reason, facts.opening.exception_state
    line = facts.line
    reason = line.exception.reason if line and line.exception else by_slip
    return (reason, None) if reason else None
