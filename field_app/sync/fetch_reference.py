"""The county's data, page by page: staged aside, then one transaction leads to the checkpoint whose state they are.

Killed anywhere in between, the phone has the old state whole and goes on from the page where it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote

from field_app.enrolment.state import Trust, require_me
from field_app.errors import AnswerUnreadableError, ServerRefusedError
from field_app.phone import Phone
from field_app.storage.database import Rows
from field_app.storage.reference import READS, clear_staged, held, is_read_whole, stage, switch
from field_app.sync.asking import ask_signed
from field_app.sync.county_answers import (
    believed,
    check_not_behind,
    check_valid_at,
    newest_seen,
    open_county_checkpoint,
    open_signed,
    put_newest,
)
from shared_models import cose
from shared_models.checkpoint import Checkpoint
from shared_models.errors import ProofMismatchError
from shared_models.log import verify_consistency
from shared_models.record import Seen
from shared_models.shape import from_plain, to_plain
from shared_models.sync import ReferencePage

_CURSOR_GONE = frozenset({400, 404, 409, 410, 422})


@dataclass(frozen=True, slots=True)
class Staging:
    """How far an unfinished fetch has come. `through` and `reads` as in `storage.reference`."""

    after: int
    to: int
    root: bytes
    cursor: str
    through: int = 0
    reads: bytes = b""


async def fetch_reference(phone: Phone, through: int = 0) -> Seen:
    """The state that the phone now holds. Where an answer is not believed it raises, and the old state is whole.

    `through`: the place that the phone's chain had reached in the log before this was called.
    """
    before, staging = await phone.database.read(lambda rows: (_before(rows), _staging(rows)))
    after = 0 if before is None else before.size
    if staging is not None and staging.after != after:
        staging = None
    resumed = staging is not None
    while True:
        try:
            page, checkpoint = await _fetch_page(phone, before, after, staging)
        except ServerRefusedError as err:
            if not resumed or err.status not in _CURSOR_GONE:
                raise
            resumed, staging = False, None  # the server no longer knows where we were: from the start
            continue
        if staging is None:
            await _check_one_log(phone, before, checkpoint)
        if staging is not None:
            through = staging.through
        keep = partial(_keep, page=page, checkpoint=checkpoint, fresh=staging is None, through=through)
        staging = await phone.database.write(keep)
        if staging is None:
            phone.notices.tell("reference")
            return Seen(checkpoint.size, checkpoint.root, checkpoint.issued_at)


async def _fetch_page(
    phone: Phone, before: Seen | None, after: int, staging: Staging | None
) -> tuple[ReferencePage, Checkpoint]:
    path = f"/api/sync/reference?after={after}"
    if staging is not None:
        path += f"&to={staging.to}&cursor={quote(staging.cursor, safe='')}"
    data = await ask_signed(phone, "GET", path)
    newest = await phone.database.read(newest_seen)

    def check(trust: Trust) -> tuple[ReferencePage, Checkpoint]:
        page, certificate = open_signed(trust, data, cose.AAD_REFERENCE, ReferencePage)
        checkpoint = open_county_checkpoint(trust, page.checkpoint)
        check_valid_at(certificate, checkpoint.issued_at)
        if (page.after, page.cursor, page.to) != (after, _cursor(staging), checkpoint.size):
            raise AnswerUnreadableError  # a true page, but not the one that was asked for
        if staging is None:
            check_not_behind(newest, checkpoint)
        elif (staging.to, staging.root) != (checkpoint.size, checkpoint.root):
            raise ProofMismatchError
        if before is not None:
            _check_follows(before, checkpoint, page.consistency)
        return page, checkpoint

    return await believed(phone, check)


async def _check_one_log(phone: Phone, before: Seen | None, checkpoint: Checkpoint) -> None:
    """The log that gave the receipts must be a beginning of the one that gives the data, or the county shows two."""
    newest = await phone.database.read(newest_seen)
    if newest is None or newest == before or newest.size >= checkpoint.size:  # of one size: compared already
        return
    data = await ask_signed(phone, "GET", f"/api/sync/reference?after={newest.size}&to={checkpoint.size}")

    def check(trust: Trust) -> None:
        page, _ = open_signed(trust, data, cose.AAD_REFERENCE, ReferencePage)
        _check_follows(newest, checkpoint, page.consistency)

    await believed(phone, check)


def _cursor(staging: Staging | None) -> str:
    return "" if staging is None else staging.cursor


def _check_follows(before: Seen, checkpoint: Checkpoint, proof: tuple[bytes, ...]) -> None:
    """The log that the phone has seen is a beginning of the one shown now."""
    verify_consistency(before.size, checkpoint.size, before.root, checkpoint.root, proof)


def _keep(rows: Rows, *, page: ReferencePage, checkpoint: Checkpoint, fresh: bool, through: int) -> Staging | None:
    if fresh:
        clear_staged(rows)
    officer = require_me(rows).officer
    stage(rows, officer, ((item.kind, item.key, item.body) for item in page.items))
    known = newest_seen(rows)
    if known is None or checkpoint.size >= known.size:
        put_newest(rows, checkpoint)
    if page.next is not None:
        staging = Staging(page.after, page.to, checkpoint.root, page.next, through, READS)
        rows.put_meta("staging", to_plain(staging))
        return staging
    seen = Seen(checkpoint.size, checkpoint.root, checkpoint.issued_at)
    switch(rows, seen, is_snapshot=page.after == 0, through=through)
    return None


def _before(rows: Rows) -> Seen | None:
    """The state to go on from: none where an update of the app would read more of it than the old one kept."""
    return held(rows) if is_read_whole(rows) else None


def _staging(rows: Rows) -> Staging | None:
    plain: Any = rows.get_meta("staging")
    staging = None if plain is None else from_plain(Staging, plain)
    return staging if staging and staging.reads == READS else None
