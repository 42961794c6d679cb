"""Somebody may approve exceptions, or may no longer."""

from __future__ import annotations

from dataclasses import replace

from shared_models.acts import PolicyPublished
from sync_server.calendar.published import published_policy
from sync_server.county import County
from sync_server.errors import NotFoundError
from sync_server.log.writing import writing


def set_approver(county: County, account: str, person: str, *, may_approve: bool) -> None:
    """The signed list of those who may approve exceptions is a part of the policy. Raises NotFoundError."""
    with writing(county) as tx:
        if tx.facts.get("person", person) is None:
            raise NotFoundError("person", person)
        policy = published_policy(tx.facts)
        others = tuple(one for one in policy.approvers if one != person)
        approvers = (*others, person) if may_approve else others
        if set(approvers) != set(policy.approvers):
            tx.append_act(account, PolicyPublished(replace(policy, approvers=approvers)))
