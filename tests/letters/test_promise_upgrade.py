"""A county of the release before: its findings and letters stand on the desk as the log makes them."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select, update

from shared_models import cbor
from shared_models.filing import FilingPlan
from sync_server.county import County
from sync_server.letters.answer_letter import answer_letter
from sync_server.letters.tables import matters, offences
from sync_server.log.audit import audit_log
from sync_server.storage.engine import migrate, reading, writing
from sync_server.storage.tables import facts
from tests.letters.promises import BASIS_OF_SLIGHT, SLIGHT, find_something, promise
from tests.server.conftest import bare, engine_url
from tests.server.releases import downgrade
from tests.server.towns import enrolled, file, later, settle

__all__ = ["bare", "engine_url"]
NEW = ("correction_days", "follow_up_days")


@pytest.fixture
def town(bare: County) -> County:
    settle(bare)
    file(bare, days=(0, 60), planned_visits=9, plan=FilingPlan.QUARTER)
    return bare


def take_back(county: County) -> None:
    with writing(county.engine) as connection:
        downgrade(connection, "0009")
        for row in connection.execute(select(facts).where(facts.c.kind == "policy")).all():
            policy = cbor.decode(row.body, max_bytes=1 << 20)
            policy = {key: value for key, value in policy.items() if key not in NEW}
            place = (facts.c.kind == "policy", facts.c.key == row.key, facts.c.from_index == row.from_index)
            connection.execute(update(facts).where(*place).values(body=cbor.encode(policy)))


def test_the_desk_is_filled_by_the_upgrade_and_the_audit_finds_nothing(town: County) -> None:
    phone = enrolled(town)
    find_something(town, phone, 1)
    later(town, days=1)
    promise(town, phone, 2, leniency=SLIGHT, basis=BASIS_OF_SLIGHT)
    contested = promise(town, phone, 3, field="", due=date(2026, 12, 1))
    answer_letter(town, contested, confirmed=False, note="期限太短")

    def rows() -> list[list[object]]:
        with reading(town.engine) as connection:
            return [sorted(tuple(row) for row in connection.execute(select(one))) for one in (matters, offences)]

    before = rows()
    assert [len(one) for one in before] == [3, 2]
    take_back(town)
    migrate(town.engine)
    assert rows() == before
    assert audit_log(town).findings == ()
