"""When each record of a visit was: by whose clock, between which of the county's, and so in which order."""

from __future__ import annotations

from shared_models.acts import PassChecked
from shared_models.kinds import CountyAct
from sync_server.supervision.check_records import LoggedRecord
from sync_server.supervision.gather_visit import Gathered


def in_order(gathered: Gathered) -> list[LoggedRecord]:
    """By time, but the records of one chain in its order, whatever its phone's clock said."""
    latest: dict[bytes, int] = {}
    keys: dict[int, tuple[int, int]] = {}
    for one in sorted(gathered.records, key=lambda one: (one.record.author, one.record.seq, one.index)):
        author = one.record.author
        own_clock = (
            at_of(gathered, one) if author in gathered.server_kids else max(latest.get(author, 0), one.record.at)
        )
        latest[author] = own_clock
        keys[one.index] = (own_clock, one.index)
    return sorted(gathered.records, key=lambda one: keys[one.index])


def late_check(gathered: Gathered, logged: LoggedRecord) -> PassChecked | None:
    body = gathered.bodies[logged.index]
    act = body.act if isinstance(body, CountyAct) else None
    return act if isinstance(act, PassChecked) and act.offline_at is not None else None


def at_of(gathered: Gathered, logged: LoggedRecord) -> int:
    """When it was. A check without signal: by the enterprise's phone, as far as what can be proven allows."""
    late = late_check(gathered, logged)
    if late is None or late.offline_at is None:
        return logged.record.at
    return min(max(late.offline_at * 1000, seen_at(gathered, logged) or 0), logged.received_at)


def seen_at(gathered: Gathered, logged: LoggedRecord) -> int | None:
    """A pass names its opening, so a check of it cannot be older than the checkpoint that the opening has seen."""
    opening = gathered.opening
    if late_check(gathered, logged) is not None:
        logged = opening[0] if opening else logged
    return logged.record.seen.issued_at * 1000 if logged.record.seen else None
