"""The published calendar and policy as the server's own rules ask for them."""

from __future__ import annotations

from shared_models.calendar import Calendar
from shared_models.county import PublishedCalendar
from shared_models.policy import Policy, PublishedPolicy
from sync_server.storage.facts import FactsWriter


def working_calendar(facts: FactsWriter) -> Calendar:
    """Monday to Friday where nothing is published yet."""
    fact = facts.get("calendar", "calendar")
    return fact.load(PublishedCalendar).as_calendar() if fact else Calendar()


def published_policy(facts: FactsWriter) -> PublishedPolicy:
    """What the rules say by themselves where nothing is published yet."""
    fact = facts.get("policy", "policy")
    return fact.load(PublishedPolicy) if fact else PublishedPolicy(Policy(), ())
