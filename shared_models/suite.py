"""The algorithm profiles. Nothing outside this file (and the profile's own module) knows an algorithm.

What is accepted is defined here and not by a library: before any verification A and R are canonical, neither is
of small order, and S < L. With that check the libraries agree on all edge cases of C2SP; without it they do not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from shared_models import ed25519
from shared_models.errors import BadKeyError, BadlyFormedError, SignatureMismatchError, UnsupportedError

KID_BYTES = 8


@dataclass(frozen=True, slots=True)
class Profile:
    """One algorithm: `alg` is its COSE number, `key_type` and `curve` stand in a COSE_Key (RFC 9053, 7)."""

    name: str
    alg: int
    key_type: int
    curve: int
    key_bytes: int
    signature_bytes: int
    check_public_key: Callable[[bytes], None]
    check_signature: Callable[[bytes], None]
    verify: Callable[[bytes, bytes, bytes], None]
    note_type: int
    cosignature_type: int
    """Signature types of C2SP's signed-note and tlog-cosignature."""
    siblings: frozenset[int] = frozenset()
    """Sizes of keys and signatures of other curves under the same `alg`: unsupported rather than malformed."""


@lru_cache(maxsize=1024)
def kid_of(public_key: bytes) -> bytes:
    """Eight bytes that hint at a key; never a reason to trust it."""
    return fingerprint(public_key)[:KID_BYTES]


def fingerprint(public_key: bytes) -> bytes:
    return hashlib.sha256(public_key).digest()


def profile_of(alg: Any) -> Profile:
    """Raises UnsupportedError; takes whatever a foreign header holds."""
    profile = _PROFILES.get(alg) if type(alg) is int else None
    if profile is None:
        raise UnsupportedError(f"algorithm {alg!r:.40}")
    return profile


def check_public_key(key: bytes, alg: int | None = None) -> None:
    """Raises BadKeyError for a key that must not be enrolled or trusted."""
    profile = profile_of(ED25519.alg if alg is None else alg)
    _check_size("key", key, profile, profile.key_bytes)
    profile.check_public_key(key)


def check_signature(signature: bytes, alg: int | None = None) -> None:
    """Raises SignatureMismatchError for a signature that no key can have made properly."""
    profile = profile_of(ED25519.alg if alg is None else alg)
    _check_size("signature", signature, profile, profile.signature_bytes)
    profile.check_signature(signature)


def verify(key: bytes, message: bytes, signature: bytes, alg: int | None = None) -> None:
    """Raises BadKeyError, SignatureMismatchError, UnsupportedError or BadlyFormedError (sizes)."""
    profile = profile_of(ED25519.alg if alg is None else alg)
    if len(signature) != profile.signature_bytes or len(key) != profile.key_bytes:
        _check_size("signature", signature, profile, profile.signature_bytes)
        _check_size("key", key, profile, profile.key_bytes)
    profile.check_public_key(key)
    profile.check_signature(signature)
    profile.verify(key, message, signature)


def cose_key(public_key: bytes, alg: int | None = None) -> dict[int, int | bytes]:
    """The COSE_Key map (RFC 9052, 7) as it stands in a credential's `cnf`."""
    profile = profile_of(ED25519.alg if alg is None else alg)
    return {1: profile.key_type, -1: profile.curve, -2: public_key}


def public_key_of(key: Any) -> bytes:
    """The public key of a COSE_Key map of a known profile, checked."""
    if type(key) is not dict or set(key) != {1, -1, -2}:
        raise BadlyFormedError("cnf", "must be a COSE_Key")
    for profile in _PROFILES.values():
        if (key[1], key[-1]) == (profile.key_type, profile.curve):
            if type(key[-2]) is not bytes:
                raise BadlyFormedError("cnf", "must hold the key's bytes")
            check_public_key(key[-2], profile.alg)
            return key[-2]
    raise UnsupportedError("key type")


@contextmanager
def registered(profile: Profile) -> Iterator[None]:
    """Know one more profile for a while."""
    if profile.alg in _PROFILES:
        raise UnsupportedError(f"algorithm {profile.alg} is already known")
    _PROFILES[profile.alg] = profile
    try:
        yield
    finally:
        del _PROFILES[profile.alg]


def _check_size(what: str, value: bytes, profile: Profile, size: int) -> None:
    if len(value) != size:
        if len(value) in profile.siblings:
            raise UnsupportedError(f"{what} of {len(value)} bytes")
        raise BadlyFormedError(what, f"must be {size} bytes")


_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_Y = 2**255 - 1
"""The low 255 bits are y; the topmost is the sign of x."""
# y of the eight points of small order: of order 1 and 2 (x = 0), of order 4, and of order 8 twice
_SMALL_ORDER = frozenset(
    {
        1,
        _P - 1,
        0,
        int.from_bytes(bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little"),
        int.from_bytes(bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"), "little"),
    }
)


def _is_strict_point(encoded: bytes) -> bool:
    """Canonical and not of small order; where x = 0 with either sign, y is of small order too."""
    y = int.from_bytes(encoded, "little") & _Y
    return y < _P and y not in _SMALL_ORDER


@lru_cache(maxsize=1024)
def _check_ed25519_key(key: bytes) -> None:
    if not _is_strict_point(key):
        raise BadKeyError


def _check_ed25519_signature(signature: bytes) -> None:
    if not _is_strict_point(signature[:32]) or int.from_bytes(signature[32:], "little") >= _L:
        raise SignatureMismatchError


ED25519 = Profile(
    name="ed25519",
    alg=-8,
    key_type=1,
    curve=6,
    key_bytes=32,
    signature_bytes=64,
    check_public_key=_check_ed25519_key,
    check_signature=_check_ed25519_signature,
    verify=ed25519.verify,
    note_type=0x01,
    cosignature_type=0x04,
    siblings=frozenset({57, 114}),  # Ed448
)
_PROFILES: dict[int, Profile] = {ED25519.alg: ED25519}
