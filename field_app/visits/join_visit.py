"""The second officer's own word: they scanned the first one's pass, and their own phone says that they were there."""

from __future__ import annotations

from dataclasses import dataclass

from field_app.enrolment.state import Trust, require_trust
from field_app.errors import MissingError
from field_app.phone import Phone
from field_app.storage.database import Rows
from field_app.storage.reference import held, items_of
from field_app.visits.journal import Entry, Written, append
from shared_models import codes
from shared_models.claims import instant_of
from shared_models.codes import OpenedPass, PassCode, open_pass_code, read_code
from shared_models.errors import UnknownFormatError
from shared_models.suite import kid_of
from shared_models.visit import Joined


@dataclass(frozen=True, slots=True)
class _County:
    trust: Trust
    judged_by: codes.Trust


async def join_visit(phone: Phone, text: str, *, drop_drafts: tuple[str, ...] = ()) -> tuple[Written, OpenedPass]:
    """Raises what `open_pass_code` raises for a pass that is not good, and MissingError for the phone's own."""
    county = await phone.database.read(_county)
    code = read_code(text.strip(), county.trust.host)
    if not isinstance(code, PassCode):
        raise UnknownFormatError
    opened = open_pass_code(code, county.judged_by, phone.clock.now())
    if opened.credential.kid == phone.signer.kid:
        raise MissingError("pass_of_another_phone")
    body = Joined(opened.visit_pass.record)
    written = await append(phone, Entry("joined", body, drop_drafts=drop_drafts))
    phone.notices.wake()
    return written, opened


def _county(rows: Rows) -> _County:
    trust, seen = require_trust(rows), held(rows)
    revoked = frozenset(kid_of(phone.public_key).hex() for phone in items_of(rows, "phone") if phone.revoked)
    issued_at = instant_of(0) if seen is None else instant_of(seen.issued_at)
    return _County(trust, codes.Trust(trust.root, trust.host, revoked, issued_at))
