"""The numbers that other systems gave a filing or an enterprise lead to it (rules 8)."""

from __future__ import annotations

from sqlalchemy import select

from sync_server.county import County
from sync_server.filings.filing_filter import FilingFilter
from sync_server.filings.list_filings import list_filings
from sync_server.filings.tables import filing_refs
from sync_server.log.rebuild_views import rebuild_views
from sync_server.registry.contacts import Contact, keep_contacts_in
from sync_server.registry.desk.enterprise_index import EnterpriseIndex
from sync_server.registry.desk.read_enterprises import list_enterprises
from sync_server.registry.desk.wish import ListWish
from sync_server.registry.refs import refs_in
from sync_server.storage.engine import migrate, reading, writing
from sync_server.supervision.enterprise_names import EnterpriseNames
from tests.server.releases import downgrade
from tests.server.towns import OTHER_USCC, USCC, file


def found(county: County, words: str, *within: str) -> list[str]:
    wish = FilingFilter(words=words)
    return [one.filing for one in list_filings(county, wish, EnterpriseNames(), within or None).filings]


def keep_contact(county: County, uscc: str, contact: Contact) -> None:
    with writing(county.engine) as connection:
        keep_contacts_in(connection, "office", 0, {uscc: contact})


def test_a_field_of_several_is_taken_apart() -> None:
    assert refs_in("XZ-1， 12345-77;ＸＺ-1\n无") == ("xz-1", "12345-77")
    assert refs_in("9" * 65 + " \x00 ") == ()


def test_a_filing_is_found_by_another_systems_number_however_it_is_typed(town: County) -> None:
    named = file(town, enterprises=(USCC,), external_refs=("XZXW-2026-001", "检查码 77A"))
    file(town, "fire", enterprises=(USCC,))
    assert found(town, "xzxw-2026-001") == found(town, " ＸＺＸＷ-2026-001") == found(town, "77a") == [named.filing]
    assert found(town, "XZXW-2026-002") == []
    assert found(town, "xzxw-2026-001", "fire") == []


def test_an_enterprises_number_leads_to_it_and_to_its_filings(town: County) -> None:
    file(town, enterprises=(OTHER_USCC,), days=(9, 10))
    of_it = file(town, enterprises=(USCC,))
    keep_contact(town, USCC, Contact(external_refs="BQY-9001；12345-8"))
    assert found(town, "bqy-9001") == [of_it.filing]
    rows = list_enterprises(town, ListWish("/x", q="12345-8"), EnterpriseIndex()).rows
    assert [one.uscc for one in rows] == [USCC]  # type: ignore[attr-defined]
    keep_contact(town, USCC, Contact())
    assert found(town, "bqy-9001") == []
    assert list_enterprises(town, ListWish("/x", q="12345-8"), EnterpriseIndex()).rows == ()


def test_a_county_of_the_release_before_is_searched_too(town: County) -> None:
    named = file(town, enterprises=(USCC,), external_refs=("XZXW-1",))
    keep_contact(town, OTHER_USCC, Contact(external_refs="BQY-2"))
    with writing(town.engine) as connection:
        downgrade(connection, "0012")
    migrate(town.engine)
    assert found(town, "xzxw-1") == [named.filing]
    assert list_enterprises(town, ListWish("/x", q="bqy-2"), EnterpriseIndex()).total == 1


def test_they_are_made_again_from_the_log(town: County) -> None:
    file(town, enterprises=(USCC,), external_refs=("XZXW-1",))
    assert rebuild_views(town).differences == {}
    with reading(town.engine) as connection:
        assert connection.execute(select(filing_refs.c.ref)).scalars().all() == ["xzxw-1"]
