"""Passwords as Argon2id hashes (RFC 9106, the second recommended parameters), made and compared a few at a time."""

from __future__ import annotations

import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from sync_server.accounts.errors import PasswordTooWeakError

MIN_CHARACTERS = 10
MAX_CHARACTERS = 256
_FEWEST_DIFFERENT = 4
# each takes 64 MiB: a crowd at the login page must not take the machine
_AT_ONCE = threading.BoundedSemaphore(4)


class Passwords:
    """How dear a guess is. A county has what stands here; tests take a cheaper one, since they guess all day."""

    def __init__(self, *, time_cost: int = 3, memory_kib: int = 64 * 1024, parallelism: int = 4) -> None:
        self._hasher = PasswordHasher(time_cost=time_cost, memory_cost=memory_kib, parallelism=parallelism)
        self._nobodys: str | None = None

    def hash(self, account: str, password: str) -> str:
        """Raises PasswordTooWeakError."""
        text = _normal(password)
        weak = len(set(text)) < _FEWEST_DIFFERENT or account.casefold() in text.casefold()
        if weak or not MIN_CHARACTERS <= len(text) <= MAX_CHARACTERS:
            raise PasswordTooWeakError(MIN_CHARACTERS)
        with _AT_ONCE:
            return self._hasher.hash(text)

    def is_right(self, stored: str | None, password: str) -> bool:
        """Takes as long where there is no such account (`stored` null), so that names cannot be probed."""
        if len(password) > MAX_CHARACTERS:
            return False
        with _AT_ONCE:
            try:
                return self._hasher.verify(stored or self._nobodys_hash(), _normal(password)) and stored is not None
            except (VerificationError, InvalidHashError):
                return False

    def _nobodys_hash(self) -> str:
        if self._nobodys is None:
            self._nobodys = self._hasher.hash("nobody has this account")
        return self._nobodys


def _normal(password: str) -> str:
    # the same password typed by another input method is the same password
    return unicodedata.normalize("NFKC", password)
