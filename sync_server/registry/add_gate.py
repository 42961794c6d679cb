"""An enterprise gets one more gate."""

from __future__ import annotations

from dataclasses import replace

from shared_models.acts import EnterprisesRegistered
from shared_models.enterprise import Enterprise, Gate
from sync_server.county import County
from sync_server.errors import NotFoundError
from sync_server.log.writing import writing
from sync_server.registry.judge import judge_enterprise, refuse

FIRST_GATE = 1


def add_gate(county: County, account: str, uscc: str, place: str) -> Gate:
    """The next number, which none had before. Raises NotFoundError or RefusedFieldsError."""
    with writing(county) as tx:
        fact = tx.facts.get("enterprise", uscc)
        if fact is None:
            raise NotFoundError("enterprise", uscc)
        enterprise = fact.load(Enterprise)
        gate = Gate(max((one.no for one in enterprise.gates), default=FIRST_GATE - 1) + 1, place)
        changed = replace(enterprise, gates=(*enterprise.gates, gate))
        problems = judge_enterprise(changed)
        refuse({"place": problems["gates"]} if "gates" in problems else {})
        tx.append_act(account, EnterprisesRegistered((changed,)))
    return gate
