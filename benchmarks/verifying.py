"""The measure beside which the server's work is put: bare Ed25519 verifications by the library alone."""

from __future__ import annotations

import time
from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_MESSAGE_BYTES = 500
"""What a record's signature covers, on average."""


def bare_verify() -> Callable[[], None]:
    private = Ed25519PrivateKey.from_private_bytes(bytes([7]) * 32)
    public, message = private.public_key(), bytes(_MESSAGE_BYTES)
    signature = private.sign(message)
    return lambda: public.verify(signature, message)


def time_verifies(verify: Callable[[], None], calls: int) -> tuple[float, float]:
    """Seconds a call: by the clock, and of CPU."""
    began, cpu = time.perf_counter(), time.process_time()
    for _ in range(calls):
        verify()
    return (time.perf_counter() - began) / calls, (time.process_time() - cpu) / calls
