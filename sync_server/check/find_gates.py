"""The gates that a sheet is printed for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shared_models.enterprise import Enterprise, EnterpriseStatus, Gate
from sync_server.county import County
from sync_server.errors import NotFoundError
from sync_server.storage.engine import reading
from sync_server.storage.facts import current_facts, current_of_kind


@dataclass(frozen=True, slots=True)
class PrintedGate:
    enterprise: Enterprise
    gate: Gate


def find_gates(county: County, usccs: Sequence[str] | None) -> tuple[PrintedGate, ...]:
    """In the register's order, or in the one asked for; void gates and closed enterprises are left out.

    Raises NotFoundError for an enterprise that is not registered.
    """
    with reading(county.engine) as connection:
        if usccs is None:
            known = {fact.key: fact.load(Enterprise) for fact in current_of_kind(connection, "enterprise")}
        else:
            found = current_facts(connection, "enterprise", usccs)
            known = {key: fact.load(Enterprise) for key, fact in found.items()}
    for uscc in usccs or ():
        if uscc not in known:
            raise NotFoundError("enterprise", uscc)
    return tuple(
        PrintedGate(known[uscc], gate)
        for uscc in dict.fromkeys(usccs or known)
        if known[uscc].status is EnterpriseStatus.ACTIVE
        for gate in known[uscc].gates
        if not gate.void
    )
