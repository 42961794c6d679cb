"""What the policy in force and the registry say to a form that is being typed."""

from __future__ import annotations

from datetime import datetime

from shared_models.calendar import day_of
from shared_models.filing import FilingPlan
from shared_models.people import Person
from sync_server.calendar.published import published_policy
from sync_server.filings.typed_filing import Limits, TypedFiling
from sync_server.storage.facts import FactsWriter


def limits_of(facts: FactsWriter, department: str, typed: TypedFiling, now: datetime) -> Limits:
    published = published_policy(facts)
    facts.prefetch("person", typed.officers)
    found = (facts.get("person", officer) for officer in typed.officers)
    people = frozenset(fact.key for fact in found if fact and fact.load(Person).department == department)
    return Limits(
        today=day_of(now),
        max_days={
            FilingPlan.MONTH: published.max_window_days_month,
            FilingPlan.QUARTER: published.max_window_days_quarter,
        },
        proof_required=published.policy.proof_required,
        listed_reasons=published.policy.listed_reasons,
        approvers=published.approvers,
        people=people,
    )
