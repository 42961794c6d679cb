"""A check becomes a record in the one log, once for each pass and what was done on it.

Only what a person did is one: pages are also opened by robots and by previews of a link.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import select

from shared_models import cbor
from shared_models.acts import CheckAction, CheckSource, PassChecked
from shared_models.errors import ZhuqiError
from shared_models.shape import from_plain, to_plain
from sync_server.check.judge_pass import Answer, PassFacts
from sync_server.check.secrets import open_token, seal_token
from sync_server.check.views import has_check
from sync_server.county import County
from sync_server.log.writing import writing
from sync_server.storage import engine
from sync_server.storage.tables import visits

PUBLIC = "public"
TOKEN_SECONDS = 30 * 60


@dataclass(frozen=True, slots=True)
class _Token:
    check: PassChecked
    expires_at: int


def check_of(facts: PassFacts, answer: Answer) -> PassChecked:
    """What was looked at and answered, nothing being done on it yet."""
    genuine = facts.read.genuine
    return PassChecked(
        digest=facts.read.digest,
        answer=facts.read.status,
        advice=answer.advice.value,
        action=CheckAction.LOOKED,
        source=CheckSource.DIRECT if facts.sheet is None else CheckSource.OWN_SHEET,
        opening=genuine.visit_pass.record if genuine else None,
        credential=genuine.credential.kid if genuine else None,
        pass_at=genuine.visit_pass.at if genuine else None,
        skew_seconds=facts.skew_seconds,
        enterprise=facts.sheet,
    )


def record_check(county: County, check: PassChecked, account: str = PUBLIC) -> int | None:
    """The log index, or null where this was recorded before.

    A look at what no phone of the county has signed is not recorded: anybody could fill the log with it. That somebody
    was refused with it is.
    """
    if check.action is CheckAction.LOOKED and check.credential is None:
        return None
    with engine.reading(county.engine) as connection:
        if has_check(connection, check.digest, check.action):
            return None
    with writing(county) as tx:
        if has_check(tx.connection, check.digest, check.action):
            return None
        opened = select(visits.c.visit).where(visits.c.record_id == check.opening)
        visit = tx.connection.execute(opened).scalar_one_or_none() if check.opening else None
        return tx.append_act(account, check, visit=bytes(visit) if visit else None).index


def action_token(county: County, check: PassChecked) -> str:
    """Lets whoever was shown the answer say what they did, for half an hour and without a login."""
    token = _Token(check, int(county.clock.now().timestamp()) + TOKEN_SECONDS)
    return seal_token(county.settings, cbor.encode(to_plain(token)))


def check_of_token(county: County, token: str, action: str) -> PassChecked | None:
    """The check with the action; null for a token that is not ours or over, and for an unknown action."""
    body = open_token(county.settings, token)
    if body is None or action not in set(CheckAction):
        return None
    try:
        opened = from_plain(_Token, cbor.decode(body))
    except ZhuqiError:
        return None
    if county.clock.now().timestamp() > opened.expires_at:
        return None
    return replace(opened.check, action=CheckAction(action))
