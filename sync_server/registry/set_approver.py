"""Somebody may approve exceptions, or may no longer."""

from __future__ import annotations

from dataclasses import replace

from shared_models.acts import PolicyPublished
from sync_server.calendar.published import published_policy
from sync_server.calendar.views import PLANNED
from sync_server.county import County
from sync_server.errors import NotFoundError
from sync_server.log.writing import writing
from sync_server.storage.facts import current_of_kind


def set_approver(county: County, account: str, person: str, *, may_approve: bool) -> None:
    """The signed list of those who may approve exceptions is a part of the policy. Raises NotFoundError.

    A policy that is announced for a later day follows: else it would bring back who was taken off the list.
    """
    with writing(county) as tx:
        if tx.facts.get("person", person) is None:
            raise NotFoundError("person", person)
        announced = [fact.load(PolicyPublished) for fact in current_of_kind(tx.connection, PLANNED)]
        for act in (PolicyPublished(published_policy(tx.facts)), *announced):
            others = tuple(one for one in act.policy.approvers if one != person)
            approvers = (*others, person) if may_approve else others
            if set(approvers) != set(act.policy.approvers):
                tx.append_act(account, replace(act, policy=replace(act.policy, approvers=approvers)))
