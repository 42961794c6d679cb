"""Checks that an owner's phone made without signal, and sends when there is some.

They witness no time: what the phone's clock said stands beside when they arrived.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from shared_models.acts import CheckAction
from shared_models.claims import instant_of
from shared_models.enterprise import is_uscc
from shared_models.errors import BadlyFormedError
from shared_models.shape import from_plain
from sync_server.check.gather_pass import gather_pass
from sync_server.check.judge_pass import PassFacts, judge_pass
from sync_server.check.record_check import check_of, record_check
from sync_server.clock import FixedClock
from sync_server.county import County
from sync_server.storage.engine import reading

MOST_AT_ONCE = 20
_LATEST_SECONDS = 253_402_300_799


@dataclass(frozen=True, slots=True)
class LateCheck:
    """`pass_text` as scanned, `at` in seconds by the owner's phone, `sheet` the enterprise of the own gate sheet."""

    pass_text: str
    action: CheckAction
    at: int
    sheet: str | None = None


def read_late_checks(body: bytes) -> tuple[LateCheck, ...]:
    """Raises BadlyFormedError."""
    try:
        plain = json.loads(body)
    except (ValueError, RecursionError) as err:
        raise BadlyFormedError("", "must be JSON") from err
    if type(plain) is not list or len(plain) > MOST_AT_ONCE:
        raise BadlyFormedError("", f"must be a list of at most {MOST_AT_ONCE}")
    checks = tuple(from_plain(LateCheck, one, f"[{i}]") for i, one in enumerate(plain))
    for check in checks:
        if not 0 <= check.at <= _LATEST_SECONDS:
            raise BadlyFormedError("at", "must be a time in seconds")
        if check.sheet is not None and not is_uscc(check.sheet):
            raise BadlyFormedError("sheet", "must be a unified social credit code")
    return checks


def keep_late_checks(county: County, checks: tuple[LateCheck, ...]) -> list[int | None]:
    """Log indexes; null for what was recorded before, or is no pass of this county's that was merely looked at."""
    return [_keep(county, check) for check in checks]


def _as_it_was(facts: PassFacts, at: int) -> PassFacts:
    """The visit has mostly ended before the check of its beginning arrives."""
    opening = facts.opening
    if opening is None or opening.closed_at is None or opening.closed_at // 1000 < at:
        return facts
    return replace(facts, opening=replace(opening, state="open"))


def _keep(county: County, late: LateCheck) -> int | None:
    """Judged by the pass's own time, since it is old by now; a revocation counts all the same."""
    with reading(county.engine) as connection:
        facts = gather_pass(county, connection, late.pass_text, late.sheet)
        genuine = facts.read.genuine
        if genuine is not None:
            then = replace(county, clock=FixedClock(instant_of(genuine.visit_pass.at)))
            facts = _as_it_was(gather_pass(then, connection, late.pass_text, late.sheet), late.at)
    check = replace(
        check_of(facts, judge_pass(facts)),
        action=late.action,
        offline_at=late.at,
        skew_seconds=late.at - genuine.visit_pass.at if genuine else None,
    )
    return record_check(county, check)
