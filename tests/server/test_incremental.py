"""Whatever happens in the county, a phone that follows the changes holds what a new phone would be given."""

from __future__ import annotations

import contextlib
import random
import tempfile
from pathlib import Path

import pytest

from shared_models.enterprise import Enterprise, EnterpriseStatus
from shared_models.people import Person
from shared_models.policy import Policy, PublishedPolicy
from sync_server.calendar.publish_policy import publish_policy
from sync_server.county import County
from sync_server.errors import InvalidError, WrongStateError
from sync_server.filings.accept_filing import accept_filing
from sync_server.filings.withdraw_filing import withdraw_filing
from sync_server.log.rebuild_views import rebuild_views
from sync_server.registry.register_enterprises import register_enterprises
from sync_server.registry.register_people import register_people
from sync_server.registry.revoke_person import revoke_person
from sync_server.registry.teach_code import teach_code
from tests.server.towns import (
    OTHER_USCC,
    USCC,
    PhoneInHand,
    at_gate,
    enrolled,
    fetch,
    file,
    send,
    settled_town,
)


class Year:
    """A county in which chance acts."""

    def __init__(self, county: County, seed: int) -> None:
        self.county, self.chance = county, random.Random(seed)
        self.phones = [enrolled(county, officer) for officer in ("market1", "fire1")]
        self.filings: list[str] = []
        self.visits = 0

    def act(self) -> None:
        acts = (self.file, self.file, self.accept, self.withdraw, self.person, self.enterprise, self.policy)
        self.chance.choice((*acts, self.code, self.visit, self.visit, self.visit))()

    def file(self) -> None:
        more = {"approved_by": self.chance.choice(("局长", "")), "planned_visits": self.chance.randint(1, 2)}
        department, start = self.chance.choice(("market", "fire")), self.chance.randint(0, 60)
        try:
            filed = file(self.county, department, days=(start, start + 5), enterprises=(USCC, OTHER_USCC), **more)
            self.filings.append(filed.filing)
        except InvalidError:
            pass  # an enterprise was closed or an officer moved meanwhile

    def accept(self) -> None:
        if self.filings:
            with contextlib.suppress(WrongStateError):
                accept_filing(self.county, "office", self.chance.choice(self.filings))

    def withdraw(self) -> None:
        if self.filings:
            with contextlib.suppress(WrongStateError):
                withdraw_filing(self.county, "desk", self.chance.choice(self.filings))

    def person(self) -> None:
        who = self.chance.choice(("market1", "market2", "fire1", "fire2"))
        if self.chance.random() < 0.3:
            revoke_person(self.county, "office", who, "x")
        else:
            register_people(self.county, "office", [Person(who, self.chance.choice(("market", "fire")), who)])

    def enterprise(self) -> None:
        status = self.chance.choice(tuple(EnterpriseStatus))
        register_enterprises(self.county, "office", [Enterprise(self.chance.choice((USCC, OTHER_USCC)), status)])

    def policy(self) -> None:
        caps = {key: self.chance.randint(0, 3) for key in ("market", "fire") if self.chance.random() < 0.5}
        publish_policy(self.county, "office", PublishedPolicy(Policy(), ("culture1",), caps))

    def code(self) -> None:
        text = f"企业码{self.chance.randint(1, 2)}"
        teach_code(self.county, "office", text, self.chance.choice((USCC, OTHER_USCC)))

    def visit(self) -> None:
        phone = self.chance.choice(self.phones)
        if phone.seen is None or self.chance.random() < 0.5:
            self.follow(phone)
        body = at_gate(phone, uscc=self.chance.choice((USCC, OTHER_USCC)))
        kind = "visit_opened" if body.verdict.verdict.may_enter else "visit_refused"
        self.visits += 1
        send(self.county, phone.write(kind, body, visit=self.visits.to_bytes(16, "big")))

    def follow(self, phone: PhoneInHand) -> None:
        fetch(self.county, phone)
        fresh = PhoneInHand(phone.officer, phone.seed)
        fetch(self.county, fresh)
        held = {place: value for place, value in phone.items.items() if value is not None}
        assert held == fresh.items


@pytest.mark.parametrize("seed", range(8))
def test_following_the_changes_leads_to_the_snapshot(seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        county = settled_town(Path(folder))
        year = Year(county, seed)
        for number in range(60):
            year.act()
            if number % 5 == 0:
                year.follow(year.chance.choice(year.phones))
        for phone in year.phones:
            year.follow(phone)
        assert rebuild_views(county).differences == {}
        county.engine.dispose()
