"""Enterprises and their gates enter the registry, or are changed in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from shared_models.acts import EnterprisesRegistered
from shared_models.enterprise import Enterprise, is_uscc
from sync_server.county import County
from sync_server.errors import InvalidError
from sync_server.log.writing import writing
from sync_server.registry.checks import MAX_GATE_NO, in_parts
from sync_server.storage.facts import Fact


def register_enterprises(county: County, account: str, enterprises: Sequence[Enterprise]) -> None:
    """A gate that was voided stays so: sheets of it may be anywhere.

    Raises InvalidError for a code that is no 统一社会信用代码 (rules 8), or gates that no sheet could tell apart.
    """
    for enterprise in enterprises:
        if not is_uscc(enterprise.uscc):
            raise InvalidError("enterprise.uscc", "not_a_uscc")
        numbers = [gate.no for gate in enterprise.gates]
        if len(set(numbers)) < len(numbers) or not all(1 <= no <= MAX_GATE_NO for no in numbers):
            raise InvalidError("enterprise.gates", "not_numbered")
    with writing(county) as tx:
        tx.facts.prefetch("enterprise", [one.uscc for one in enterprises])
        for part in in_parts([_kept(one, tx.facts.get("enterprise", one.uscc)) for one in enterprises]):
            tx.append_act(account, EnterprisesRegistered(part))


def _kept(enterprise: Enterprise, fact: Fact | None) -> Enterprise:
    void = {gate.no for gate in fact.load(Enterprise).gates if gate.void} if fact else set()
    gates = tuple(replace(gate, void=gate.void or gate.no in void) for gate in enterprise.gates)
    return replace(enterprise, gates=gates)
