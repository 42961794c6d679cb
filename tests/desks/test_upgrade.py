"""A county that was started by the release before: its register is carried over as the log would make it."""

from __future__ import annotations

from sqlalchemy import select, update

from shared_models import cbor
from shared_models.filing import FilingException
from sync_server.county import County
from sync_server.filings.accept_filing import accept_filing
from sync_server.filings.filing_filter import FilingFilter
from sync_server.filings.list_filings import list_filings
from sync_server.filings.merge_filings import merge_filings
from sync_server.log.audit import audit_log
from sync_server.storage.engine import migrate, writing
from sync_server.storage.tables import facts
from sync_server.supervision.enterprise_names import EnterpriseNames
from tests.server.releases import downgrade
from tests.server.towns import OTHER_USCC, USCC, file

NEW = ("category", "method", "unit", "approved_at", "why_afterwards", "replaces", "joint_with")


def take_back(county: County) -> None:
    """The database as the release before had left it."""
    with writing(county.engine) as connection:
        downgrade(connection, "0004")
        for row in connection.execute(select(facts).where(facts.c.kind == "filing")).all():
            entry = cbor.decode(row.body, max_bytes=1 << 20)
            entry["form"] = {key: value for key, value in entry["form"].items() if key not in NEW}
            place = (facts.c.kind == "filing", facts.c.key == row.key, facts.c.from_index == row.from_index)
            connection.execute(update(facts).where(*place).values(body=cbor.encode(entry)))


def test_the_register_is_listed_after_the_upgrade_and_the_audit_finds_nothing(town: County) -> None:
    part = file(town, "fire", enterprises=(USCC,))
    claim = FilingException("complaint", "x", "1", "culture1")
    file(town, enterprises=(USCC, OTHER_USCC), days=(6, 7), exception=claim, opened_by_visit=bytes(16))
    joint = file(town, departments=("culture", "fire"), officers=("culture1", "fire1"), days=(1, 2))
    accept_filing(town, "office", joint.filing)
    merge_filings(town, "office", joint.filing, [part.filing])
    before = list_filings(town, FilingFilter(), EnterpriseNames(), None)
    take_back(town)
    migrate(town.engine)
    assert list_filings(town, FilingFilter(), EnterpriseNames(), None) == before
    assert len(before.filings) == 3
    assert audit_log(town).findings == ()
