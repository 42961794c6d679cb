"""The registry at a glance: how much there is, and what waits for somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shared_models.calendar import day_of
from shared_models.people import Person
from sync_server.county import County
from sync_server.enrolment.pending import waiting_enrolments
from sync_server.registry.desk.enterprise_index import EnterpriseIndex
from sync_server.registry.desk.read_people import SOON, active_phones, approvers_of
from sync_server.storage.engine import reading
from sync_server.storage.kept_facts import kept_of_kind


@dataclass(frozen=True, slots=True)
class Overview:
    departments: int
    officers: int
    visitors: int
    expiring: int
    expired: int
    approvers: int
    phones: int
    waiting: int
    enterprises: int


def read_overview(county: County, index: EnterpriseIndex) -> Overview:
    today = day_of(county.clock.now())
    with reading(county.engine) as connection:
        people = [fact.load(Person) for fact in kept_of_kind(connection, "person")]
        departments = len(kept_of_kind(connection, "department"))
        enterprises = index.count(connection)
        phones = len(active_phones(connection))
        approvers = len(approvers_of(connection))
    officers = [one for one in people if one.licence is not None and not one.revoked]
    return Overview(
        departments=departments,
        officers=len(officers),
        visitors=sum(one.licence is None for one in people),
        expiring=sum(_ends_soon(one.valid_until, today) for one in officers),
        expired=sum(one.valid_until is not None and one.valid_until < today for one in officers),
        approvers=approvers,
        phones=phones,
        waiting=len(waiting_enrolments(county)),
        enterprises=enterprises,
    )


def _ends_soon(until: date | None, today: date) -> bool:
    return until is not None and today <= until <= today + SOON
