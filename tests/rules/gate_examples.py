"""Builders: an inspection that may enter on 2026-11-17, a Tuesday after the service week of 9-15 November."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from shared_models.calendar import SHANGHAI, Calendar
from shared_models.enterprise import Enterprise, EnterpriseStatus
from shared_models.facts import ExceptionClaim, Facts, Level, ProposedVisit
from shared_models.filing import Filing, FilingException, FilingState, Purpose
from shared_models.gate import decide
from shared_models.people import Person
from shared_models.policy import Policy

USCC = "91330326MA2ABCDE1X"
P1 = Person(id="p1", department="market", licence="A1")
P2 = Person(id="p2", department="market", licence="A2")
FILING = Filing(
    number="F-1",
    departments=("market",),
    purpose=Purpose.INSPECTION,
    enterprises=(USCC,),
    window=(date(2026, 11, 9), date(2026, 11, 20)),
    state=FilingState.ACCEPTED,
)
CALENDAR = Calendar(protected=((date(2026, 11, 9), date(2026, 11, 15)),))
SERVICE_WEEK = datetime(2026, 11, 10, 9, 30, tzinfo=SHANGHAI)
COMPLAINT = ExceptionClaim("complaint", "smell of gas", "12345-881", "p9")


def day(text):
    return date.fromisoformat(text)


def filing(number="F-1", window="2026-11-09 2026-11-20", carrying=None, **changes):
    first, last = window.split()
    exception = FilingException(carrying) if carrying else None
    return replace(FILING, number=number, window=(day(first), day(last)), exception=exception, **changes)


def facts(purpose="inspection", *, ground=None, claim=None, at="2026-11-17", **changes):
    now = datetime.combine(day(at), datetime.min.time(), SHANGHAI) + timedelta(hours=9, minutes=30)
    purpose = Purpose(purpose)
    base = Facts(
        now=now,
        reference_issued_at=now - timedelta(hours=2),
        people=(P1, P2),
        visit=ProposedVisit(purpose, ground, claim),
        calendar=CALENDAR,
        policy=Policy(),
        enterprise=Enterprise(USCC, EnterpriseStatus.ACTIVE),
        filings=(replace(FILING, purpose=purpose),),
    )
    return replace(base, **changes)


def said(verdict):
    """The codes with their levels, short: {"service_week": "deny"}."""
    return {reason.code: reason.level.value for reason in verdict.reasons}


def answer(purpose="inspection", **changes):
    return decide(facts(purpose, **changes))


def about(verdict, code):
    (reason,) = [reason for reason in verdict.reasons if reason.code == code]
    return reason.about


def denied(verdict):
    return [reason.code for reason in verdict.reasons if reason.level is Level.DENY]
