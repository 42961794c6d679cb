"""How often one address may ask. Many owners share a mobile network's address, so it is generous, and says when."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import delete, text

from shared_models.errors import ZhuqiError
from sync_server.accounts.tables import login_attempts
from sync_server.clock import milliseconds
from sync_server.county import County
from sync_server.storage.engine import writing

WINDOW_MS = 60_000
CHECKS_A_WINDOW = 60
_FORGOTTEN_AFTER_MS = 60 * 60 * 1000


@dataclass(eq=False)
class CheckThrottledError(ZhuqiError):
    code: ClassVar[str] = "check_throttled"
    retry_after_seconds: int


def count_check(county: County, address: str, most: int = CHECKS_A_WINDOW) -> None:
    """Raises CheckThrottledError. The table keeps a hash of address and minute, and forgets it within the hour."""
    now = milliseconds(county.clock.now())
    window = now // WINDOW_MS
    key = hashlib.sha256(f"check\0{address}\0{window}".encode("utf-8", "surrogatepass")).hexdigest()
    with writing(county.engine) as connection:
        connection.execute(delete(login_attempts).where(login_attempts.c.last_at < now - _FORGOTTEN_AFTER_MS))
        count: int = connection.execute(_COUNT, {"key": key, "now": now}).scalar_one()
    if count > most:
        raise CheckThrottledError(-(-((window + 1) * WINDOW_MS - now) // 1000))


_COUNT = text(
    "INSERT INTO login_attempts (key, failures, last_at, blocked_until) VALUES (:key, 1, :now, 0) "
    "ON CONFLICT (key) DO UPDATE SET failures = login_attempts.failures + 1 RETURNING failures"
)
