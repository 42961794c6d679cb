"""The county office publishes the policy: reasons, approvers, limits and caps."""

from __future__ import annotations

from datetime import date

from shared_models.acts import PolicyPublished
from shared_models.policy import PublishedPolicy
from shared_models.policy_limits import forbidden_in
from sync_server.county import County
from sync_server.errors import InvalidError
from sync_server.log.writing import writing
from sync_server.registry.checks import check_key


def publish_policy(county: County, account: str, policy: PublishedPolicy, *, effective_on: date | None = None) -> None:
    """In force at once, or announced for a later day.

    Raises InvalidError for what the plan forbids, or an approver or capped department that is not registered.
    """
    if forbidden := forbidden_in(policy):
        raise InvalidError(forbidden[0].field, forbidden[0].problem)
    with writing(county) as tx:
        tx.facts.prefetch("person", policy.approvers)
        for approver in policy.approvers:
            if tx.facts.get("person", approver) is None:
                raise InvalidError("approvers", "not_registered")
        for department, cap in policy.frequency_caps.items():
            check_key("frequency_caps", department)
            if tx.facts.get("department", department) is None or cap < 0:
                raise InvalidError("frequency_caps", "not_registered")
        tx.append_act(account, PolicyPublished(policy, effective_on))
