"""How long doors still take this phone's codes: the office vouches for its key until the credential's end."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from field_app.enrolment.state import Standing
from shared_models.claims import instant_of
from shared_models.credential import Credential

WARNED_DAYS = 30


class CredentialEnd(StrEnum):
    FAR = "far"
    NEAR = "near"
    OVER = "over"


def credential_end(standing: Standing | None, now: datetime) -> CredentialEnd:
    me = None if standing is None else standing.me
    if me is None or not is_over(me, now + timedelta(days=WARNED_DAYS)):
        return CredentialEnd.FAR
    return CredentialEnd.OVER if is_over(me, now) else CredentialEnd.NEAR


def is_over(me: Credential, now: datetime) -> bool:
    return now >= instant_of(me.exp)
