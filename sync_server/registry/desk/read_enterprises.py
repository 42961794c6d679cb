"""Enterprises as the desk lists them: fifty at a time, by code or by name."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from shared_models.county import TaughtCode
from shared_models.enterprise import Enterprise, EnterpriseStatus
from sync_server.county import County
from sync_server.errors import NotFoundError
from sync_server.registry.contacts import Contact, contact_of, enterprises_of_ref
from sync_server.registry.desk.enterprise_index import Codes, EnterpriseIndex, fold
from sync_server.registry.desk.wish import PAGE_SIZE, Found, ListWish
from sync_server.registry.refs import folded_ref
from sync_server.storage.engine import reading
from sync_server.storage.facts import current_facts, fact_of
from sync_server.storage.tables import CURRENT, facts

FLAGS = ("active", "closed", "no_gate")
ORDERS = ("code", "name")


@dataclass(frozen=True, slots=True)
class EnterprisePage:
    enterprise: Enterprise
    codes: tuple[str, ...]
    contact: Contact

    @property
    def has_sheets(self) -> bool:
        """Whether a gate of it has a sheet to print."""
        is_active = self.enterprise.status is EnterpriseStatus.ACTIVE
        return is_active and any(not gate.void for gate in self.enterprise.gates)


def list_enterprises(county: County, wish: ListWish, index: EnterpriseIndex) -> Found:
    with reading(county.engine) as connection:
        by_ref = enterprises_of_ref(connection, folded_ref(wish.q))
        codes = (
            Codes(by_ref, len(by_ref))
            if by_ref
            else index.part(
                connection,
                words=fold(wish.q).split(),
                flag=wish.flag,
                order=wish.order,
                start=wish.start,
                count=PAGE_SIZE,
            )
        )
        found = current_facts(connection, "enterprise", codes.shown)
    rows = tuple(found[uscc].load(Enterprise) for uscc in codes.shown if uscc in found)
    return Found(rows, codes.total, wish, codes.is_counted)


def read_enterprise(county: County, uscc: str) -> EnterprisePage:
    """Raises NotFoundError."""
    if "\x00" in uscc:
        raise NotFoundError("enterprise", "")
    with reading(county.engine) as connection:
        fact = current_facts(connection, "enterprise", [uscc]).get(uscc)
        if fact is None:
            raise NotFoundError("enterprise", uscc)
        taught = select(facts).where(facts.c.kind == "code", facts.c.uscc == uscc, facts.c.to_index == CURRENT)
        codes = [fact_of(row) for row in connection.execute(taught)]
        contact = contact_of(connection, uscc)
    texts = tuple(sorted(code.key for code in codes if code.load(TaughtCode).enterprise == uscc))
    return EnterprisePage(fact.load(Enterprise), texts, contact)
