"""One run of the plan: records first, then the county's data, photos last. What failed is simply still to be done."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from field_app.clock import milliseconds
from field_app.enrolment.enrol import check_enrolment
from field_app.enrolment.state import EnrolmentState, read_enrolment, stop
from field_app.errors import DiskFullError, NotEnrolledError, OfflineError, ServerRefusedError, StorageBrokenError
from field_app.phone import Phone
from field_app.storage.blobs import unconfirmed
from field_app.storage.database import Rows
from field_app.storage.drafts import save_unsaved_drafts
from field_app.storage.records import ChainHead, chain_head, waiting_ids
from field_app.sync.fetch_head import fetch_head, read_local
from field_app.sync.fetch_portrait import fetch_portrait
from field_app.sync.fetch_reference import fetch_reference
from field_app.sync.send_blobs import send_blobs
from field_app.sync.send_records import send_records
from field_app.visits.journal import Entry, append
from shared_models.errors import ZhuqiError
from shared_models.sync import MAX_BATCH, FetchReference, Head, Resume, SendBlobs, SendRecords, Step, Stop, plan
from shared_models.visit import Resumed

_MAX_ROUNDS = 8
_END_A_RUN = (OfflineError, DiskFullError, StorageBrokenError)


@dataclass(slots=True)
class SyncReport:
    """`errors` are codes, in the order in which they were met. `is_complete`: all receipted, confirmed and fresh."""

    sent: int = 0
    receipted: int = 0
    set_aside: int = 0
    refused: int = 0
    photos_confirmed: int = 0
    reference_size: int | None = None
    resumed: bool = False
    stopped: str = ""
    errors: list[str] = field(default_factory=list)
    is_complete: bool = False

    @property
    def unanswered(self) -> int:
        """Records that were sent, and of which nothing is known since."""
        return self.sent - self.receipted - self.refused

    def note(self, error: ZhuqiError) -> None:
        code = (error.problem or error.code) if isinstance(error, ServerRefusedError) else error.code
        if code not in self.errors:
            self.errors.append(code)


async def run_sync(phone: Phone, *, again: bool = False) -> SyncReport:
    """One at a time; a second call waits for the first. `again` (a person asked) also sends what was refused before.

    Raises nothing of the family: what went wrong is in the report, and in `sync_status` for the screens.
    """
    async with phone.syncing:
        phone.notices.tell("sync")
        report = SyncReport()
        try:
            await _run(phone, report, again=again)
            with suppress(ZhuqiError):  # a pass without a portrait is a pass; it is asked for again
                await fetch_portrait(phone)
            report.is_complete = not report.errors and await phone.database.read(_nothing_waits)
        except ZhuqiError as err:
            report.note(err)
        await _remember(phone, report)
    phone.notices.tell("sync")
    return report


async def _run(phone: Phone, report: SyncReport, *, again: bool) -> None:
    try:
        await save_unsaved_drafts(phone)
    except DiskFullError as err:
        report.note(err)  # what can still leave the phone is safer at the county
    enrolment = await phone.database.read(read_enrolment)
    if enrolment.state is EnrolmentState.WAITING:
        enrolment_state = (await check_enrolment(phone)).state
    else:
        enrolment_state = enrolment.state
    if enrolment_state not in (EnrolmentState.ENROLLED, EnrolmentState.STOPPED):
        raise NotEnrolledError
    attempted: set[bytes] = set()
    for _ in range(_MAX_ROUNDS):
        if await _round(phone, report, attempted, again=again):
            return


async def _round(phone: Phone, report: SyncReport, attempted: set[bytes], *, again: bool) -> bool:
    """Whether the run is over; else there is news (records sent or written meanwhile) and the plan is made anew."""
    try:
        head = await fetch_head(phone)
    except _END_A_RUN:
        raise
    except ZhuqiError as err:
        report.note(err)
        await _send_without_plan(phone, report, again=again)
        return True
    local = await phone.database.read(lambda rows: read_local(rows, head, again=again, without=frozenset(attempted)))
    steps = plan(local, head)
    doubtful = report.unanswered
    for step in steps:
        if isinstance(step, Resume | Stop) and any(isinstance(one, SendRecords) for one in steps):
            return False  # what was sent may have moved the head
        if isinstance(step, FetchReference) and report.unanswered > doubtful:
            return False  # what was sent may have arrived though its receipt did not: only a new head tells
        if isinstance(step, Resume):
            return not await _resume(phone, report, head)
        await _carry_out(phone, report, step, head, attempted)
    waiting = await phone.database.read(waiting_ids)
    return bool(report.stopped) or attempted.issuperset(waiting)


async def _carry_out(phone: Phone, report: SyncReport, step: Step, head: Head, attempted: set[bytes]) -> None:
    match step:
        case SendRecords(ids):
            attempted.update(ids)
            await _send(phone, report, ids)
        case Stop(code):
            await phone.database.write(partial(stop, why=code))
            report.stopped = code
            phone.notices.tell("enrolment")
        case FetchReference():
            await _fetch(phone, report, head)
        case SendBlobs(hashes):
            photos = await send_blobs(phone, hashes)
            report.photos_confirmed += photos.confirmed
            for error in photos.errors:
                report.note(error)


async def _send(phone: Phone, report: SyncReport, ids: tuple[bytes, ...]) -> None:
    sent = await send_records(phone, ids)
    report.sent += sent.attempted
    report.receipted += sent.receipted
    report.set_aside += sent.set_aside
    report.refused += sent.refused
    for error in sent.errors:
        report.note(error)


async def _send_without_plan(phone: Phone, report: SyncReport, *, again: bool) -> None:
    """The head could not be had, but records are signed and need no other leave: they go out all the same."""
    waiting = await phone.database.read(lambda rows: waiting_ids(rows, also_refused=again))
    for start in range(0, len(waiting), MAX_BATCH):
        await _send(phone, report, waiting[start : start + MAX_BATCH])


async def _fetch(phone: Phone, report: SyncReport, head: Head) -> None:
    try:
        report.reference_size = (await fetch_reference(phone, 0 if head.missing else head.seq)).size
    except _END_A_RUN:
        raise
    except ZhuqiError as err:
        report.note(err)


async def _resume(phone: Phone, report: SyncReport, head: Head) -> bool:
    """Go on from the server's head: this phone was restored from a backup. False where it writes nothing any more."""
    enrolment = await phone.database.read(read_enrolment)
    if enrolment.state is EnrolmentState.STOPPED or head.id is None:
        report.stopped = enrolment.why_stopped
        return False
    local: ChainHead = await phone.database.read(chain_head)
    body = Resumed(server_seq=head.seq, server_head=head.id, local_seq=local.seq)
    await append(phone, Entry("resumed", body, follows=ChainHead(head.seq, head.id)))
    report.resumed = True
    return True


def _nothing_waits(rows: Rows) -> bool:
    return not waiting_ids(rows) and not unconfirmed(rows)


async def _remember(phone: Phone, report: SyncReport) -> None:
    at = milliseconds(phone.clock.now())

    def put(rows: Rows) -> None:
        before = rows.get_meta("last_run") or {}
        complete_at = at if report.is_complete else before.get("complete_at")
        rows.put_meta(
            "last_run", {"at": at, "complete_at": complete_at, "error": report.errors[0] if report.errors else ""}
        )

    try:
        await phone.database.write(put)
    except ZhuqiError as err:
        report.note(err)
