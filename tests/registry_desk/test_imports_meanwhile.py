"""Between an import's preview and its keeping the registry goes on: what a table does not say stays as it is then."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import event, select, update

from shared_models import cbor
from shared_models.enterprise import Enterprise, EnterpriseStatus
from shared_models.people import Person
from sync_server.county import County
from sync_server.registry.contacts import Contact, contact_of
from sync_server.registry.keep_enterprise import keep_enterprise
from sync_server.registry.keep_person import keep_person
from sync_server.registry.revoke_person import revoke_person
from sync_server.registry.sheets.imports import DONE, prepare_import, read_import
from sync_server.registry.tables import imports
from sync_server.registry.void_gate import void_gate
from sync_server.storage.engine import reading, writing
from tests.pages.visitor import Visitor
from tests.registry_desk.desk_hands import current, keep, send, size
from tests.registry_desk.tables import HEADERS, csv, rows
from tests.server.towns import USCC

PEOPLE = [("工号", "姓名", "单位编号"), ("market1", "新名", "market")]


def contact(county: County, uscc: str = USCC) -> Contact:
    with reading(county.engine) as connection:
        return contact_of(connection, uscc)


def enterprise(county: County, uscc: str = USCC) -> Enterprise:
    found = current(county, "enterprise", uscc, Enterprise)
    assert isinstance(found, Enterprise)
    return found


def person(county: County) -> Person:
    found = current(county, "person", "market1", Person)
    assert isinstance(found, Person)
    return found


def test_a_licence_revoked_after_the_preview_stays_revoked(county: County) -> None:
    key = prepare_import(county, "office", "people", "a.csv", csv(PEOPLE))
    revoke_person(county, "office", "market1", "调离")
    keep(county, key)
    assert (person(county).name, person(county).revoked) == ("新名", True)


def test_a_person_transferred_by_hand_after_the_preview_stays_there(county: County) -> None:
    key = prepare_import(county, "office", "people", "a.csv", csv(PEOPLE))
    keep_person(county, "office", replace(person(county), department="fire"), is_new=False)
    keep(county, key)
    assert (person(county).name, person(county).department) == ("新名", "fire")


def test_a_gate_voided_and_an_enterprise_closed_after_the_preview_stay_so(county: County) -> None:
    table = [("uscc", "name", "gates"), (USCC, "新名", "1=东门;2=西门")]
    key = prepare_import(county, "office", "enterprises", "a.csv", csv(table))
    void_gate(county, "office", USCC, 1)
    keep_enterprise(county, "office", replace(enterprise(county), status=EnterpriseStatus.CLOSED), is_new=False)
    keep(county, key)
    found = enterprise(county)
    assert (found.name, found.status) == ("新名", EnterpriseStatus.CLOSED)
    assert [(gate.no, gate.void) for gate in found.gates] == [(1, True), (2, False)]


def test_a_contact_erased_after_the_preview_does_not_come_back(county: County) -> None:
    keep_enterprise(county, "office", enterprise(county), is_new=False, contact=Contact("李四", "111"))
    key = prepare_import(
        county, "office", "enterprises", "a.csv", csv([("uscc", "name", "risk"), (USCC, "新名", "低")])
    )
    keep_enterprise(county, "office", enterprise(county), is_new=False, contact=Contact())
    keep(county, key)
    assert contact(county) == Contact(risk="低")


def test_a_part_is_kept_with_its_contacts_or_not_at_all(county: County) -> None:
    (one, *_), *_ = table = rows(1)
    key = prepare_import(county, "office", "enterprises", "a.csv", csv([HEADERS, *table]))
    before = size(county)

    @event.listens_for(county.engine, "before_cursor_execute")
    def die(_c: object, _k: object, statement: str, *_: object) -> None:
        if "INSERT INTO enterprise_contacts" in statement:
            raise OSError("the server died")

    with pytest.raises(OSError, match="died"):
        keep(county, key)
    event.remove(county.engine, "before_cursor_execute", die)
    assert (size(county), read_import(county, key).done) == (before, 0)
    assert current(county, "enterprise", one, Enterprise) is None


def test_an_import_that_the_release_before_has_prepared_is_kept(county: County) -> None:
    (one, name, _, _, phone, *_), *_ = table = rows(1)
    key = prepare_import(county, "office", "enterprises", "a.csv", csv([HEADERS, *table]))
    with writing(county.engine) as connection:
        prepared = cbor.decode(connection.execute(select(imports.c.rows)).scalar_one())
        old = cbor.encode([[value, kept] for value, kept, _ in prepared])
        connection.execute(update(imports).values(rows=old))
    keep(county, key)
    assert (enterprise(county, one).name, contact(county, one).phone) == (name, phone)


def test_an_import_that_is_kept_forgets_its_rows(county: County) -> None:
    (one, _, _, _, phone, *_), *_ = table = rows(1)
    key = prepare_import(county, "office", "enterprises", "a.csv", csv([HEADERS, *table]))
    keep(county, key)
    assert (read_import(county, key).state, contact(county, one).phone) == (DONE, phone)
    with reading(county.engine) as connection:
        row = connection.execute(select(imports)).one()
    assert phone.encode() not in row.rows
    assert one.encode() not in row.rows


def test_an_enterprise_whose_contact_is_refused_is_not_registered_either(county: County, office: Visitor) -> None:
    (one, name, *_), *_ = rows(1)
    typed = {"uscc": one, "name": name, "status": "active", "phone": "1" * 101}
    refused = send(office, "/registry/new-enterprise", **typed)
    assert (refused.status_code, current(county, "enterprise", one, Enterprise)) == (422, None)
    assert send(office, "/registry/new-enterprise", **{**typed, "phone": "1"}).status_code == 303
    assert contact(county, one).phone == "1"
