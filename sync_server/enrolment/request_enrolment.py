"""A phone shows the office's code and its own new key, and waits for the clerk."""

from __future__ import annotations

from contextlib import suppress

from sqlalchemy import select

from shared_models import suite
from shared_models.credential import KEYSTORES
from shared_models.sync import EnrolmentReply, EnrolmentRequest
from shared_models.words import four_words
from sync_server.accounts.errors import LoginThrottledError
from sync_server.accounts.throttle import Tried, blocked_seconds, count_attempt, tried_key
from sync_server.clock import milliseconds
from sync_server.county import County
from sync_server.enrolment.issue_code import secret_hash
from sync_server.enrolment.pending import ISSUED, WAITING, set_enrolment
from sync_server.errors import EnrolmentCodeError, EnrolmentThrottledError
from sync_server.registry.certify_server import certificates
from sync_server.storage import engine
from sync_server.storage.tables import enrolments

WAIT_FOR_CLERK_MS = 60 * 60 * 1000
_FREE_WRONG_CODES = 60
"""An hour, from one address: an office shares one, and a code of forty bits is not guessed in so few."""


def request_enrolment(county: County, request: EnrolmentRequest, address: str = "") -> EnrolmentReply:
    """The same phone may ask again with the same code, since its answer may have been lost; another may not.

    Raises EnrolmentCodeError, EnrolmentThrottledError after too many of them from one address, and what the suite
    says of the key and its proof.
    """
    attempts = (Tried(tried_key("enrolment", address), _FREE_WRONG_CODES),)
    with engine.reading(county.engine) as connection:
        if seconds := blocked_seconds(connection, attempts, milliseconds(county.clock.now())):
            raise EnrolmentThrottledError(seconds)
    try:
        return _request(county, request)
    except EnrolmentCodeError:
        with engine.writing(county.engine) as connection, suppress(LoginThrottledError):
            count_attempt(connection, attempts, milliseconds(county.clock.now()))
        raise


def _request(county: County, request: EnrolmentRequest) -> EnrolmentReply:
    KEYSTORES.number(request.keystore)
    suite.check_public_key(request.public_key)
    suite.verify(request.public_key, request.secret, request.proof)
    now = milliseconds(county.clock.now())
    with engine.writing(county.engine) as connection:
        row = connection.execute(
            select(enrolments).where(enrolments.c.secret_hash == secret_hash(request.secret)).with_for_update()
        ).one_or_none()
        is_again = row is not None and row.state != ISSUED and row.public_key == request.public_key
        if row is None or row.expires_at < now or not (row.state == ISSUED or is_again):
            raise EnrolmentCodeError
        if not is_again:
            set_enrolment(
                connection,
                row.id,
                state=WAITING,
                requested_at=now,
                public_key=request.public_key,
                keystore=request.keystore,
                expires_at=now + WAIT_FOR_CLERK_MS,
            )
    return EnrolmentReply(
        id=row.id,
        root=county.keys.root_public,
        certificates=certificates(county),
        words=tuple(four_words(request.public_key)),
        host=county.settings.public_host,
    )
