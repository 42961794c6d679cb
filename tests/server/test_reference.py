"""The reference data: snapshot, changes, scope, pages, freshness."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from stdnum.cn import uscc

from shared_models.acts import ServiceWeek
from shared_models.calendar import second_full_week
from shared_models.credential import open_slip
from shared_models.enterprise import Enterprise, EnterpriseStatus
from shared_models.errors import BadlyFormedError
from shared_models.filing import FilingException, FilingState
from shared_models.log import verify_consistency
from shared_models.people import Person
from shared_models.policy import Policy, PublishedPolicy
from shared_models.sync import dump_message
from sync_server.calendar.publish_calendar import publish_calendar
from sync_server.calendar.publish_policy import publish_policy
from sync_server.county import County
from sync_server.errors import AheadOfLogError
from sync_server.filings.accept_filing import accept_filing
from sync_server.filings.merge_filings import merge_filings
from sync_server.filings.withdraw_filing import withdraw_filing
from sync_server.registry.register_enterprises import register_enterprises
from sync_server.registry.register_people import register_people
from sync_server.registry.revoke_person import revoke_person
from sync_server.sync import reference
from sync_server.sync.reference import reference_page
from tests.server.towns import (
    NOON,
    TODAY,
    USCC,
    PhoneInHand,
    at_gate,
    checkpoint_in,
    enrolled,
    fetch,
    file,
    later,
    of_kind,
    page_of,
    send,
)


def changed(county: County, phone: PhoneInHand) -> dict[tuple[str, str], dict | None]:
    """What the next page says, and the phone takes in."""
    page = page_of(county, phone, phone.seen.size)
    fetch(county, phone)
    return {(item.kind, item.key): item.body for item in page.items}


def test_a_new_phone_gets_all_that_is_published(town: County, phone: PhoneInHand) -> None:
    kinds = {kind for kind, _ in phone.items}
    assert kinds == {"enterprise", "person", "department", "calendar", "policy", "snippet", "phone"}
    assert len(of_kind(phone, "person")) == 6


def test_a_page_written_without_a_codec_is_the_message(town: County, phone: PhoneInHand) -> None:
    file(town)
    page = page_of(town, phone)
    raw = reference_page(town, phone.known, 0)
    assert reference._dump(raw) == dump_message(page)
    assert reference._dump(replace(raw, items=(), next="line/x", cursor="a")) == dump_message(
        replace(page, items=(), next="line/x", cursor="a")
    )


def test_only_what_changed_is_told_next_time(town: County, phone: PhoneInHand) -> None:
    assert changed(town, phone) == {}
    revoke_person(town, "office", "fire1", "left")
    assert set(changed(town, phone)) == {("person", "fire1")}
    register_people(town, "office", [Person("fire1", "fire", "F9")])
    register_people(town, "office", [Person("fire1", "fire", "fire-1", revoked=True, name="fire1")])
    assert changed(town, phone) == {}, "changed there and back: the phone holds it already"


def test_changes_lead_from_the_phones_tree_to_the_new_one(town: County, phone: PhoneInHand) -> None:
    before = phone.seen
    revoke_person(town, "office", "fire1", "left")
    page = page_of(town, phone, before.size)
    after = checkpoint_in(town, page.checkpoint)
    verify_consistency(before.size, after.size, before.root, after.root, page.consistency)
    assert page.to == after.size == before.size + 1


def test_an_unchanged_county_still_gives_a_fresh_checkpoint(town: County, phone: PhoneInHand) -> None:
    before = phone.seen
    later(town, days=2)
    fetch(town, phone)
    assert phone.seen.size == before.size
    assert phone.seen.issued_at == before.issued_at + 2 * 86_400


def test_an_older_state_is_not_passed_off_as_fresh(town: County, phone: PhoneInHand) -> None:
    """A phone that keeps asking for an old size gets the time when it was last the log's."""
    old = phone.seen
    later(town, hours=1)
    revoke_person(town, "office", "fire1", "left")
    later(town, days=3)
    page = page_of(town, phone, 0, old.size)
    assert checkpoint_in(town, page.checkpoint).issued_at == old.issued_at + 3600
    assert all(item.body["revoked"] is False for item in page.items if item.key == "fire1")


def test_own_filings_come_in_full_with_a_slip_for_the_officers_on_it(town: County, phone: PhoneInHand) -> None:
    filed = file(town, exception=None)
    fetch(town, phone)
    (line,) = of_kind(phone, "line").values()
    assert (line.number, line.officers, line.basis) == (filed.number, ("market1", "market2"), "办法第三条")
    slip = open_slip(line.slip, town.keys.service_public, NOON)
    assert (slip.filing, slip.enterprise, slip.officers) == (filed.number, USCC, ("market1", "market2"))
    assert page_of(town, phone).items == page_of(town, phone).items, "the same slip every time"


def test_a_colleague_not_on_the_filing_sees_it_without_a_slip(town: County) -> None:
    file(town, officers=("market1",))
    colleague = enrolled(town, "market2")
    fetch(town, colleague)
    (line,) = of_kind(colleague, "line").values()
    assert line.slip is None
    assert line.officers == ("market1",)


def test_of_other_departments_filings_a_phone_sees_the_least(town: County, phone: PhoneInHand) -> None:
    filed = file(town, "fire")
    fetch(town, phone)
    (line,) = of_kind(phone, "line").values()
    assert line.number == filed.number
    assert line.departments == ("fire",)
    assert (line.officers, line.items, line.basis, line.slip, line.exception) == ((), (), "", None, None)


def test_of_other_departments_only_open_filings_are_seen(town: County, phone: PhoneInHand) -> None:
    waiting = file(town, "fire", approved_by="")
    assert waiting.number is None
    assert changed(town, phone) == {}, "not even that something was filed"
    accept_filing(town, "office", waiting.filing)
    key = ("line", f"{waiting.filing}/{USCC}")
    assert set(changed(town, phone)) == {key}
    withdraw_filing(town, "fire-desk", waiting.filing)
    assert changed(town, phone) == {key: None}


def test_own_filings_are_seen_in_every_state(town: County, phone: PhoneInHand) -> None:
    waiting = file(town, approved_by="")
    fetch(town, phone)
    (line,) = of_kind(phone, "line").values()
    assert (line.state, line.number) == (FilingState.SUBMITTED, "")
    withdraw_filing(town, "market-desk", waiting.filing)
    fetch(town, phone)
    assert [line.state for line in of_kind(phone, "line").values()] == [FilingState.WITHDRAWN]


def test_a_merged_filing_names_its_joint_visit(town: County, phone: PhoneInHand) -> None:
    part = file(town)
    joint = file(town, departments=("market", "fire"), officers=("market1", "fire1"))
    assert joint.for_office[0] == "joint_visit"
    number = accept_filing(town, "office", joint.filing)
    merge_filings(town, "office", joint.filing, [part.filing])
    fetch(town, phone)
    lines = {line.number: line for line in of_kind(phone, "line").values()}
    assert lines[part.number].merged_into == number
    other = enrolled(town, "fire2")
    fetch(town, other)
    assert [line.number for line in of_kind(other, "line").values()] == [number]


def test_an_officer_who_changes_departments_sees_what_the_new_one_sees(town: County, phone: PhoneInHand) -> None:
    mine, theirs = file(town), file(town, "fire")
    fetch(town, phone)
    register_people(town, "office", [Person("market1", "fire", "market-1")])
    news = changed(town, phone)
    assert news["line", f"{mine.filing}/{USCC}"]["basis"] == ""
    assert news["line", f"{theirs.filing}/{USCC}"]["basis"] == "办法第三条"


def test_counts_are_told_for_departments_with_a_cap(town: County, phone: PhoneInHand) -> None:
    file(town)
    file(town, "fire")
    fire = enrolled(town, "fire1")
    fetch(town, phone)
    fetch(town, fire)
    send(town, phone.write("visit_opened", at_gate(phone), visit=bytes(16)))
    send(town, fire.write("visit_opened", at_gate(fire), visit=b"\x01" * 16))
    fetch(town, phone)
    assert {key: count.entered for key, count in of_kind(phone, "count").items()} == {f"{USCC}/2026/market": 1}
    publish_policy(town, "office", PublishedPolicy(Policy(), ("culture1",), {"fire": 1}))
    fetch(town, phone)
    assert {key: count.entered for key, count in of_kind(phone, "count").items()} == {f"{USCC}/2026/fire": 1}


def test_the_calendar_is_complete_a_year_ahead(town: County, phone: PhoneInHand) -> None:
    moved = ServiceWeek("2026-12", (date(2026, 12, 21), date(2026, 12, 27)), moved=True, note="office: year's end")
    publish_calendar(town, "office", weeks=[moved], days_off=[date(2027, 1, 1)])
    fetch(town, phone)
    calendar = phone.items["calendar", "calendar"]
    assert calendar.covers_until >= date(2027, 11, 3)
    weeks = {week.month: week for week in calendar.weeks}
    assert weeks["2026-12"] == moved
    assert weeks["2027-02"] == ServiceWeek("2027-02", second_full_week(2027, 2), moved=False, note="")
    assert set(weeks) >= {f"2026-{month:02}" for month in range(1, 13)} | {f"2027-{month:02}" for month in range(1, 12)}
    publish_calendar(town, "office", days_off=[date(2026, 12, 31)])
    fetch(town, phone)
    again = phone.items["calendar", "calendar"]
    assert moved in again.weeks
    assert again.days_off == (date(2026, 12, 31), date(2027, 1, 1))


def test_pages_hold_one_state_whatever_is_appended_meanwhile(town: County, phone: PhoneInHand) -> None:
    names = [Enterprise(code, EnterpriseStatus.ACTIVE, f"名{code}") for code in _usccs(9000)]
    register_enterprises(town, "office", names)
    first = page_of(town, phone)
    assert first.next is not None
    register_enterprises(town, "office", [Enterprise(one.uscc, EnterpriseStatus.CLOSED, one.name) for one in names])
    revoke_person(town, "office", "fire1", "left")
    pages = [first]
    while pages[-1].next is not None:
        pages.append(page_of(town, phone, 0, first.to, pages[-1].next))
    items = [(item.kind, item.key) for page in pages for item in page.items]
    assert len(pages) == 3
    assert len(items) == len(set(items))
    assert sum(kind == "enterprise" for kind, _ in items) == 9003
    bodies = [item.body for page in pages for item in page.items if item.kind == "enterprise"]
    assert {body["status"] for body in bodies} == {"active"}
    assert all(not item.body["revoked"] for page in pages for item in page.items if item.kind == "person")
    changes = page_of(town, phone, first.to)
    keys = [item.key for item in changes.items]
    while changes.next is not None:
        changes = page_of(town, phone, changes.after, changes.to, changes.next)
        keys += [item.key for item in changes.items]
    assert len(keys) == len(set(keys)) == 9001


def _usccs(count: int) -> list[str]:
    bases = (f"91330326{number:09}" for number in range(count))
    return [base + uscc.calc_check_digit(base) for base in bases]


def test_a_size_that_the_log_has_not_reached_is_refused(town: County, phone: PhoneInHand) -> None:
    for after, to in ((phone.seen.size + 1, None), (0, phone.seen.size + 1), (5, 3), (-1, None)):
        with pytest.raises(AheadOfLogError):
            page_of(town, phone, after, to)


@pytest.mark.parametrize("cursor", ["x", "nobody/1", "filing/x", "line/\x00"])
def test_a_cursor_of_another_hand_is_refused(town: County, phone: PhoneInHand, cursor: str) -> None:
    with pytest.raises(BadlyFormedError):
        page_of(town, phone, 0, None, cursor)


def test_a_filing_in_the_protected_week_waits_for_a_person(town: County) -> None:
    monday = (date(2026, 11, 9) - TODAY) // timedelta(days=1)
    filed = file(town, days=(monday, monday + 2), exception=FilingException("complaint", "烟", "12345-1", "culture1"))
    assert (filed.number, filed.for_office) == (None, ("protected_days",))
    assert accept_filing(town, "office", filed.filing) == "BA3303262026-00001"
