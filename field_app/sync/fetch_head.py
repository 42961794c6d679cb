"""The server's head of this phone's own chain, and what the phone knows of it."""

from __future__ import annotations

from field_app.enrolment.state import Trust
from field_app.errors import AnswerUnreadableError
from field_app.phone import Phone
from field_app.storage import blobs, records
from field_app.storage.database import Rows
from field_app.sync.asking import ask_signed
from field_app.sync.county_answers import believed, check_valid_at, open_signed
from shared_models import cose
from shared_models.sync import Head, Local


async def fetch_head(phone: Phone) -> Head:
    data = await ask_signed(phone, "GET", "/api/sync/head")

    def check(trust: Trust) -> Head:
        head, certificate = open_signed(trust, data, cose.AAD_HEAD, Head)
        check_valid_at(certificate, head.server_time)
        if head.author != phone.signer.kid:
            raise AnswerUnreadableError
        return head  # type: ignore[no-any-return]

    return await believed(phone, check)


def read_local(rows: Rows, head: Head, *, again: bool = False, without: frozenset[bytes] = frozenset()) -> Local:
    """What the phone holds, looked up against the head; `again` also takes what was refused before."""
    return Local(
        shared_seq=records.shared_seq(rows),
        unreceipted=tuple(one for one in records.waiting_ids(rows, also_refused=again) if one not in without),
        blobs_unconfirmed=blobs.unconfirmed(rows, also_refused=again),
        knows_head=_knows(rows, head.id),
        knows_resumed=_knows(rows, head.resumed_id),
    )


def _knows(rows: Rows, record_id: bytes | None) -> bool:
    if record_id is None:
        return True
    return rows.execute("SELECT 1 FROM records WHERE id = ?", (record_id,)).fetchone() is not None
