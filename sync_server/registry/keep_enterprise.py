"""An enterprise is registered, or changed."""

from __future__ import annotations

from dataclasses import replace

from shared_models.acts import EnterprisesRegistered
from shared_models.enterprise import Enterprise
from sync_server.clock import milliseconds
from sync_server.county import County
from sync_server.log.writing import writing
from sync_server.registry.contacts import Contact, judge_contact, keep_contacts_in
from sync_server.registry.judge import judge_enterprise, judge_newness, refuse


def keep_enterprise(
    county: County, account: str, enterprise: Enterprise, *, is_new: bool, contact: Contact | None = None
) -> None:
    """With its contact where one is given: both or neither. Raises RefusedFieldsError.

    Gates of one that is known have acts of their own and are kept.
    """
    with writing(county) as tx:
        fact = tx.facts.get("enterprise", enterprise.uscc)
        if fact is not None and not is_new:
            enterprise = replace(enterprise, gates=fact.load(Enterprise).gates)
        problems = judge_enterprise(enterprise) | (judge_contact(contact) if contact else {})
        judge_newness(problems, is_known=fact is not None, is_new=is_new, field="uscc")
        refuse(problems)
        tx.append_act(account, EnterprisesRegistered((enterprise,)))
        if contact is not None:
            keep_contacts_in(tx.connection, account, milliseconds(tx.now), {enterprise.uscc: contact})
