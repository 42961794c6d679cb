"""A gate sheet is lost, stolen or worn: its code is void from now on, and the gate may get a new one."""

from __future__ import annotations

from dataclasses import replace

from shared_models.acts import EnterprisesRegistered
from shared_models.enterprise import Enterprise, Gate
from sync_server.county import County
from sync_server.errors import NotFoundError, WrongStateError
from sync_server.log.writing import writing


def void_gate(county: County, account: str, uscc: str, gate_no: int, *, renew: bool = False) -> Gate | None:
    """The gate that stands in its place, where `renew` asks for one: a number is never given twice.

    Raises NotFoundError, or WrongStateError where the gate is void already.
    """
    with writing(county) as tx:
        fact = tx.facts.get("enterprise", uscc)
        enterprise = fact.load(Enterprise) if fact else None
        gate = next((one for one in enterprise.gates if one.no == gate_no), None) if enterprise else None
        if enterprise is None or gate is None:
            raise NotFoundError("gate", f"{uscc}-{gate_no}")
        if gate.void:
            raise WrongStateError("gate", f"{uscc}-{gate_no}", "void")
        gates = tuple(replace(one, void=True) if one.no == gate_no else one for one in enterprise.gates)
        fresh = Gate(max(one.no for one in gates) + 1, gate.place) if renew else None
        changed = replace(enterprise, gates=(*gates, fresh) if fresh else gates)
        tx.append_act(account, EnterprisesRegistered((changed,)))
    return fresh
