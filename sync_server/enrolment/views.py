"""What enrolment changes: whose key may write records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from shared_models import acts
from shared_models.county import PhoneTrust
from sync_server.log.entries import Entry, fact_from
from sync_server.storage.facts import FactsWriter


def _enrolled(facts: FactsWriter, entry: Entry, act: acts.PhoneEnrolled) -> None:
    trust = PhoneTrust(act.officer, act.public_key, revoked=False)
    facts.set(fact_from(entry, "phone", act.kid.hex(), trust))


def _revoked(facts: FactsWriter, entry: Entry, act: acts.PhoneRevoked) -> None:
    before = facts.get("phone", act.kid.hex())
    if before is not None:
        facts.set(fact_from(entry, "phone", act.kid.hex(), replace(before.load(PhoneTrust), revoked=True)))


ENROLMENT_VIEWS: dict[str, Callable[[FactsWriter, Entry, Any], None]] = {
    "phone_enrolled": _enrolled,
    "phone_revoked": _revoked,
}
