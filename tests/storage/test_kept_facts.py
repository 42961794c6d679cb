"""What the process keeps of facts is what the database holds."""

from __future__ import annotations

from shared_models.acts import SnippetsPublished
from shared_models.people import Department
from sync_server.county import County
from sync_server.log.writing import writing
from sync_server.registry.register_departments import register_departments
from sync_server.storage.engine import reading
from sync_server.storage.facts import current_of_kind
from sync_server.storage.kept_facts import kept_of_kind
from tests.registry_desk.conftest import bare, engine_url

__all__ = ["bare", "engine_url"]


def same(county: County, kind: str = "department") -> list[str]:
    with reading(county.engine) as connection:
        kept = kept_of_kind(connection, kind)
        assert list(kept) == current_of_kind(connection, kind)
    return [fact.load(Department).name for fact in kept]


def test_what_is_new_changed_or_ended_is_seen_at_once(bare: County) -> None:
    assert same(bare) == []
    register_departments(bare, "clerk", [Department("a", "甲"), Department("b", "乙")])
    assert same(bare) == same(bare) == ["甲", "乙"]
    register_departments(bare, "clerk", [Department("a", "甲局")])
    assert same(bare) == ["甲局", "乙"]
    with writing(bare) as tx:
        entry = tx.append_act("clerk", SnippetsPublished(()))
        tx.facts.end("department", "b", entry.index)
        tx.facts.flush()
    assert same(bare) == ["甲局"]


def test_an_act_of_another_kind_leaves_what_is_kept(bare: County) -> None:
    register_departments(bare, "clerk", [Department("a", "甲")])
    with reading(bare.engine) as connection:
        before = kept_of_kind(connection, "department")
    with writing(bare) as tx:
        tx.append_act("clerk", SnippetsPublished(()))
    with reading(bare.engine) as connection:
        assert kept_of_kind(connection, "department") is before
