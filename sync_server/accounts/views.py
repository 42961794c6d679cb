"""What the log says of accounts: who made them what, on whose behalf. The accounts themselves are no view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from shared_models.acts import AccountChanged
from sync_server.log.entries import Entry, fact_from
from sync_server.storage.facts import FactsWriter, facts_since


@dataclass(frozen=True, slots=True)
class AccountEntry:
    """`at` in milliseconds; `index` makes two like acts two."""

    index: int
    at: int
    by: str
    changed: AccountChanged


def _changed(facts: FactsWriter, entry: Entry, act: AccountChanged) -> None:
    made = AccountEntry(entry.index, entry.received_at, entry.body.account, act)
    facts.set(fact_from(entry, "account", act.name, made))


def history_of(connection: Connection, name: str) -> tuple[AccountEntry, ...]:
    """The newest first; an account of a release before has none."""
    found = [fact.load(AccountEntry) for fact in facts_since(connection, "account", [name], 0)]
    return tuple(sorted(found, key=lambda one: -one.index))


ACCOUNT_VIEWS: dict[str, Callable[[FactsWriter, Entry, Any], None]] = {"account_changed": _changed}
