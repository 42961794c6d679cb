"""A department keeps its self-check lists: what an off-site check begins from."""

from __future__ import annotations

from collections.abc import Sequence

from shared_models.offsite import (
    MAX_ITEM_TEXT,
    MAX_ITEMS,
    MAX_PROVISION,
    MAX_TITLE,
    ListItem,
    SelfCheckList,
    SelfCheckListsPublished,
)
from sync_server.county import County
from sync_server.errors import InvalidError
from sync_server.log.writing import writing
from sync_server.registry.checks import check_key, in_parts


def publish_lists(county: County, account: str, lists: Sequence[SelfCheckList]) -> None:
    """A list of a known id replaces it. Raises InvalidError for what no enterprise could answer."""
    for one in lists:
        check_key("list.id", one.id)
        if not one.title.strip() or len(one.title) > MAX_TITLE:
            raise InvalidError("title", "is_missing" if not one.title.strip() else "too_long")
        check_items(one.items)
    with writing(county) as tx:
        for one in lists:
            if tx.facts.get("department", one.department) is None:
                raise InvalidError("department", "not_registered")
        for part in in_parts(lists):
            tx.append_act(account, SelfCheckListsPublished(part))


def check_items(items: Sequence[ListItem]) -> None:
    """Raises InvalidError."""
    if not items:
        raise InvalidError("items", "is_missing")
    if len(items) > MAX_ITEMS:
        raise InvalidError("items", "too_many_items")
    for number, item in enumerate(items):
        if not item.text.strip():
            raise InvalidError(f"items.{number}", "is_missing")
        if len(item.text) > MAX_ITEM_TEXT or len(item.provision) > MAX_PROVISION:
            raise InvalidError(f"items.{number}", "too_long")
