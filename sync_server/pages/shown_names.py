"""Accounts and departments in the words that persons read: the log names both by short codes."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import select

from shared_models.people import Department
from sync_server.accounts.account import folded
from sync_server.accounts.tables import accounts
from sync_server.county import County
from sync_server.storage.engine import reading
from sync_server.storage.facts import current_facts
from sync_server.texts import Say


@dataclass(frozen=True, slots=True)
class ShownNames:
    """For one page; each name is looked up once, and is shown as it is where nobody has it (any more).

    An act of no account of its own bears the code of its department.
    """

    county: County
    say: Say
    _accounts: dict[str, str] = field(default_factory=dict)
    _departments: dict[str, str] = field(default_factory=dict)

    def account(self, name: str) -> str:
        word = self.say.term(name)
        if word != name:
            return word
        if name not in self._accounts:
            self._accounts[name] = self._account(name)
        return self._accounts[name]

    def department(self, code: str) -> str:
        if code not in self._departments:
            self._departments[code] = self._department(code)
        return self._departments[code]

    def _account(self, name: str) -> str:
        with reading(self.county.engine) as connection:
            found = connection.execute(select(accounts.c.display_name).where(accounts.c.name == folded(name)))
            shown = found.scalar_one_or_none()
        return bytes(shown).decode("utf-8", "replace") if shown else self.department(name)

    def _department(self, code: str) -> str:
        if not code or "\x00" in code:
            return code
        with reading(self.county.engine) as connection:
            fact = current_facts(connection, "department", [code]).get(code)
        return fact.load(Department).name if fact else code
