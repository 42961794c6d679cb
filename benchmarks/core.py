"""What the core costs beside one bare Ed25519 verification in the same process.

Times are the best of several short rounds, bare and whole alternating, so that other work on the machine touches both.
"""

from __future__ import annotations

import timeit
from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchmarks.bench import Bench
from benchmarks.figures import Figure, Section
from shared_models import cbor, cose, log, record, suite

ROUNDS, CALLS = 25, 200
SEED = bytes([7]) * 32
MOST_FOR_OPENING = 1.35


def _opened_visit(author: bytes) -> record.Record:
    """The size of a real opening record: some 500 bytes."""
    reasons = [{"code": "reminder", "level": "info", "clause": "三.1", "about": ""} for _ in range(4)]
    body = {
        "enterprise": "91330326MA2AAAAA5T",
        "people": [{"id": f"p{n:03}", "department": "market", "licence": f"3303260{n:04}"} for n in range(2)],
        "purpose": "inspection",
        "verdict": {"verdict": "allow", "filing": "BA3303262026-00001", "reasons": reasons},
        "position": None,
    }
    seen = record.Seen(12_345, bytes(32), 1_762_738_200)
    return record.Record(1, "opened", author, 17, bytes(32), bytes(16), 1_762_738_260_000, seen, body)


def _best(calls: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Microseconds a call."""
    least = dict.fromkeys(calls, float("inf"))
    for _ in range(ROUNDS):
        for name, call in calls.items():
            least[name] = min(least[name], timeit.timeit(call, number=CALLS) / CALLS * 1e6)
    return least


def measure(_bench: Bench) -> Section:
    private = Ed25519PrivateKey.from_private_bytes(SEED)
    public, key = private.public_key(), private.public_key().public_bytes_raw()
    envelope = record.sign(_opened_visit(suite.kid_of(key)), private.sign)
    sign1 = cose.parse(envelope)
    message = cose.to_be_signed(sign1.protected, sign1.payload, cose.AAD_RECORD)
    leaf = log.Leaf(record.record_id(envelope), 1_762_738_260_500, log.ACCEPTED)
    times = _best(
        {
            "bare_verify": lambda: public.verify(sign1.signature, message),
            "open_record": lambda: record.open_record(envelope, key),
            "strict_verify": lambda: suite.verify(key, message, sign1.signature),
            "read_envelope": lambda: cose.parse_own(envelope),
            "read_payload": lambda: record.decode(sign1.payload),
            "decode_cbor": lambda: cbor.decode(sign1.payload),
            "leaf_hash": lambda: log.leaf_hash(log.leaf_data(leaf)),
        }
    )
    ratio = times["open_record"] / times["bare_verify"]
    return Section(
        "Opening a record, beside a bare Ed25519 verification",
        (
            *(Figure(name.replace("_", " "), taken, "µs") for name, taken in times.items()),
            Figure("open record against bare verify", ratio, "×", MOST_FOR_OPENING),
        ),
        {"envelope_bytes": len(envelope)},
    )
