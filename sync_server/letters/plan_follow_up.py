"""An enterprise that was spared gets a service visit, not an inspection (四.2). It needs no filing, so none is made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from shared_models.calendar import day_of
from shared_models.corrections import FollowUpPlanned
from shared_models.people import Person
from sync_server.county import County
from sync_server.errors import InvalidError, WrongStateError
from sync_server.letters.find_matter import find_matter
from sync_server.letters.matter_states import FollowUp
from sync_server.log.writing import writing

MAX_WHAT = 500
_FARTHEST_DAYS = 366


def plan_follow_up(county: County, account: str, record: bytes, on: date, people: Sequence[str], what: str) -> None:
    """Raises WrongStateError where none is due, InvalidError for a day that is gone, or people of another house."""
    if len(what) > MAX_WHAT or "\x00" in what:
        raise InvalidError("what", "too_long")
    wanted = tuple(dict.fromkeys(people))
    with writing(county) as tx:
        matter = find_matter(tx.connection, record)
        if matter.follow_up not in (FollowUp.DUE, FollowUp.PLANNED):
            raise WrongStateError("letter", record.hex(), matter.follow_up.value)
        today = day_of(tx.now)
        if not today <= on <= today + timedelta(days=_FARTHEST_DAYS):
            raise InvalidError("on", "out_of_range")
        tx.facts.prefetch("person", [one for one in wanted if "\x00" not in one])
        known = [fact.load(Person) for one in wanted if "\x00" not in one and (fact := tx.facts.get("person", one))]
        if not known or len(known) != len(wanted) or any(one.department != matter.department for one in known):
            raise InvalidError("people", "not_of_this_department")
        tx.append_act(account, FollowUpPlanned(record, on, wanted, what.strip()), visit=matter.visit)
