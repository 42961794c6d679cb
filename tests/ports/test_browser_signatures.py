"""What the browser's verifier accepts is what the native one accepts, edge cases included."""

from __future__ import annotations

import hashlib
import json
import random

import pytest

from shared_models import ed25519
from tests.core.test_vectors import PINNED, VECTORS
from tests.ports.worker import Worker

pytestmark = pytest.mark.browser
ACCEPTED = "tests.ports.in_browser:accepted"


@pytest.mark.vectors
@pytest.mark.skipif(not VECTORS.is_dir(), reason="the public test vectors are not here (ZHUQI_VECTORS)")
def test_the_browser_accepts_the_pinned_set_of_edge_cases(lasting_worker: Worker) -> None:
    (path,) = (VECTORS / "ed25519").glob("*.json")
    vectors = json.loads(path.read_text("utf-8"))
    assert len(vectors) == 914
    cases = [[one["key"], one["msg"].encode().hex(), one["sig"]] for one in vectors]
    found = lasting_worker.call(ACCEPTED, cases)
    numbers = [one["number"] for one, is_accepted in zip(vectors, found, strict=True) if is_accepted]
    assert len(numbers) == 43
    assert hashlib.sha256(" ".join(map(str, numbers)).encode()).hexdigest() == PINNED


def test_what_is_signed_natively_is_accepted_whole_and_refused_with_one_bit_changed(lasting_worker: Worker) -> None:
    pick = random.Random(5)
    whole, changed = [], []
    for size in range(60):
        seed, message = pick.randbytes(32), pick.randbytes(size * 7)
        key, signature = ed25519.public_key(seed), bytearray(ed25519.sign(seed, message))
        whole.append([key.hex(), message.hex(), signature.hex()])
        signature[pick.randrange(63)] ^= 1 << pick.randrange(8)
        changed.append([key.hex(), message.hex(), signature.hex()])
    assert all(lasting_worker.call(ACCEPTED, whole))
    assert not any(lasting_worker.call(ACCEPTED, changed))
