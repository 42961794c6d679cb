"""The second officer's own word: they scanned the first one's pass, and their own phone says that they were there."""

from __future__ import annotations

from collections.abc import Iterable

from field_app.enrolment.state import require_trust
from field_app.errors import AlreadyJoinedError, OwnPassError
from field_app.phone import Phone
from field_app.storage.database import Rows
from field_app.storage.records import Kept, records_of_kind
from field_app.storage.reference import held, items_of
from field_app.visits.journal import Entry, Written, append
from shared_models import codes
from shared_models.claims import instant_of
from shared_models.codes import OpenedPass, PassCode, open_pass_code, read_code
from shared_models.errors import UnknownFormatError
from shared_models.kinds import body_of
from shared_models.suite import kid_of
from shared_models.visit import Joined

_RECENT = 200


async def join_visit(phone: Phone, text: str, *, drop_drafts: tuple[str, ...] = ()) -> tuple[Written, OpenedPass]:
    """Raises what `open_pass_code` raises for a pass that is not good, OwnPassError and AlreadyJoinedError."""
    county = await phone.database.read(judged_by)
    code = read_code(text.strip(), county.host)
    if not isinstance(code, PassCode):
        raise UnknownFormatError
    opened = open_pass_code(code, county, phone.clock.now())
    if opened.credential.kid == phone.signer.kid:
        raise OwnPassError
    body = Joined(opened.visit_pass.record)

    def check(rows: Rows) -> None:
        if body.opening in joined_openings(records_of_kind(rows, ("joined",), _RECENT)):
            raise AlreadyJoinedError

    written = await append(phone, Entry("joined", body, drop_drafts=drop_drafts, check=check))
    phone.notices.wake()
    return written, opened


def judged_by(rows: Rows) -> codes.Trust:
    """What this phone knows of who may be trusted, as of its reference data."""
    trust, seen = require_trust(rows), held(rows)
    revoked = frozenset(kid_of(phone.public_key).hex() for phone in items_of(rows, "phone") if phone.revoked)
    issued_at = instant_of(0) if seen is None else instant_of(seen.issued_at)
    return codes.Trust(trust.root, trust.host, revoked, issued_at)


def joined_openings(kept: Iterable[Kept]) -> frozenset[bytes]:
    bodies = (body_of(one.record) for one in kept)
    return frozenset(body.opening for body in bodies if isinstance(body, Joined))
