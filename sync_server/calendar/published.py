"""The published calendar as the server's own rules ask for it."""

from __future__ import annotations

from shared_models.calendar import Calendar
from shared_models.county import PublishedCalendar
from sync_server.storage.facts import FactsWriter


def working_calendar(facts: FactsWriter) -> Calendar:
    """Monday to Friday where nothing is published yet."""
    fact = facts.get("calendar", "calendar")
    return fact.load(PublishedCalendar).as_calendar() if fact else Calendar()
