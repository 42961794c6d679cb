"""Ed25519 (RFC 8032) by the `cryptography` package; the only file that knows it. In a browser another one verifies.

What is accepted is decided before, in `shared_models.suite`; ask that, not this file.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from shared_models.errors import SignatureMismatchError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

# The package is imported where it is used: in a browser there is none, and the rest of the core must still load.
_others: list[Callable[[bytes, bytes, bytes], bool]] = []


def verify_by(other: Callable[[bytes, bytes, bytes], bool]) -> None:
    """From now on `other` says whether a signature fits (key, message, signature): where there is no such package."""
    _others[:] = [other]


def public_key(seed: bytes) -> bytes:
    """The 32 bytes of the public key of a 32-byte seed."""
    return bytes(_private(seed).public_key().public_bytes_raw())


def sign(seed: bytes, message: bytes) -> bytes:
    return bytes(_private(seed).sign(message))


def verify(key: bytes, message: bytes, signature: bytes) -> None:
    """Raises SignatureMismatchError."""
    if _others:
        if not _others[0](key, message, signature):
            raise SignatureMismatchError
        return
    try:
        _public(key).verify(signature, message)
    # InvalidSignature, or ValueError for bytes that the library cannot load
    except Exception as err:
        raise SignatureMismatchError from err


@lru_cache(maxsize=16)
def _private(seed: bytes) -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415

    return Ed25519PrivateKey.from_private_bytes(seed)


@lru_cache(maxsize=1024)
def _public(key: bytes) -> Ed25519PublicKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415

    return Ed25519PublicKey.from_public_bytes(key)
