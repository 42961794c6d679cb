"""An off-site check is no visit: the gate, the counts and the caps know nothing of it, and no week keeps it away."""

from __future__ import annotations

from datetime import timedelta

from shared_models.county import PublishedCalendar, VisitCount
from shared_models.facts import Decision
from shared_models.offsite import Outcome
from sync_server.county import County
from sync_server.offsite.register import CheckState
from sync_server.storage.engine import reading
from sync_server.storage.facts import current_facts_of, current_of_kind
from sync_server.sync.reference import REFERENCE_KINDS
from tests.offsite.hands import answered, entry_of, filed, reviewed
from tests.server.towns import TODAY, USCC, at_gate, enrolled, fetch, file, later, send


def test_any_number_of_off_site_checks_leaves_the_cap_as_it_was(town: County) -> None:
    """The market's cap is two inspections a year."""
    file(town)
    phone = enrolled(town)
    fetch(town, phone)
    before = at_gate(phone).verdict
    for _ in range(3):
        check = filed(town)
        answered(town, check)
        reviewed(town, check)
    fetch(town, phone)
    after = at_gate(phone).verdict
    assert before.verdict is after.verdict is Decision.ALLOW
    assert after == before
    with reading(town.engine) as connection:
        about = current_facts_of(connection, [USCC])
        counts = [fact.load(VisitCount) for fact in about if fact.kind == "count"]
        lines = [fact for fact in about if fact.kind == "line"]
    assert (counts, len(lines)) == ([], 1)


def test_a_visit_still_counts_once_beside_them(town: County) -> None:
    file(town)
    phone = enrolled(town)
    fetch(town, phone)
    check = filed(town)
    answered(town, check)
    send(town, phone.write("visit_opened", at_gate(phone), visit=bytes(16)))
    reviewed(town, check, Outcome.VISIT_NEEDED)
    with reading(town.engine) as connection:
        counts = [fact.load(VisitCount) for fact in current_of_kind(connection, "count")]
    assert [(one.department, one.entered) for one in counts] == [("market", 1)]


def test_it_is_filed_answered_and_due_within_the_service_week(town: County) -> None:
    with reading(town.engine) as connection:
        weeks = current_of_kind(connection, "calendar")[0].load(PublishedCalendar).weeks
    protected = next(week.days for week in weeks if week.days[0] > TODAY)
    later(town, days=(protected[0] - TODAY).days)
    check = filed(town, due=protected[0] + timedelta(days=3))
    answered(town, check)
    reviewed(town, check)
    entry = entry_of(town, check)
    assert entry.state is CheckState.IN_ORDER
    assert protected[0] < entry.due < protected[1]


def test_no_phone_is_told_of_it(town: County) -> None:
    phone = enrolled(town)
    fetch(town, phone)
    known = set(phone.items)
    filed(town)
    fetch(town, phone)
    assert set(phone.items) == known
    assert not {"offsite", "self_check_list"} & set(REFERENCE_KINDS)
