"""Passwords as Argon2id hashes (RFC 9106, the second recommended parameters), made and compared a few at a time."""

from __future__ import annotations

import threading
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from sync_server.accounts.errors import PasswordTooWeakError

MIN_CHARACTERS = 10
MAX_CHARACTERS = 256
_FEWEST_DIFFERENT = 4
_HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=4)
# each takes 64 MiB: a crowd at the login page must not take the machine
_AT_ONCE = threading.BoundedSemaphore(4)


def hash_password(account: str, password: str) -> str:
    """Raises PasswordTooWeakError."""
    text = _normal(password)
    weak = len(set(text)) < _FEWEST_DIFFERENT or account.casefold() in text.casefold()
    if weak or not MIN_CHARACTERS <= len(text) <= MAX_CHARACTERS:
        raise PasswordTooWeakError(MIN_CHARACTERS)
    with _AT_ONCE:
        return _HASHER.hash(text)


def is_password(stored: str | None, password: str) -> bool:
    """Takes as long where there is no such account (`stored` null), so that names cannot be probed."""
    if len(password) > MAX_CHARACTERS:
        return False
    with _AT_ONCE:
        try:
            return _HASHER.verify(stored or _nobodys_hash(), _normal(password)) and stored is not None
        except (VerificationError, InvalidHashError):
            return False


def _normal(password: str) -> str:
    # the same password typed by another input method is the same password
    return unicodedata.normalize("NFKC", password)


@cache
def _nobodys_hash() -> str:
    return _HASHER.hash("nobody has this account")
