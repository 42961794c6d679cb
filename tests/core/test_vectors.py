"""Other people's test vectors, read from beside the repository and never copied into it."""

from __future__ import annotations

import hashlib
import json
import os
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

from shared_models import cose, log, suite
from shared_models.errors import (
    BadKeyError,
    NotSign1Error,
    ProofMismatchError,
    SignatureMismatchError,
    UnsupportedError,
    ZhuqiError,
)
from tests.core import rfc8032

VECTORS = Path(os.environ.get("ZHUQI_VECTORS") or Path(__file__).parents[3] / "shared" / "vectors")

pytestmark = [
    pytest.mark.vectors,
    pytest.mark.skipif(not VECTORS.is_dir(), reason="the public test vectors are not here (ZHUQI_VECTORS)"),
]


def files(pattern: str, count: int) -> list[Any]:
    paths = sorted(VECTORS.glob(pattern))
    assert len(paths) == count
    return [pytest.param(json.loads(path.read_text("utf-8")), id=path.stem) for path in paths]


def cases(pattern: str, count: int) -> list[Any]:
    return files(pattern, count) if VECTORS.is_dir() else []


def message_of(vector: dict[str, Any]) -> bytes:
    return bytes.fromhex(vector["output"]["cbor"])


def eddsa(name: str) -> dict[str, Any]:
    vector: dict[str, Any] = json.loads((VECTORS / "cose" / "eddsa-examples" / f"{name}.json").read_text("utf-8"))
    return vector


def key_of(vector: dict[str, Any]) -> bytes:
    return bytes.fromhex(vector["input"]["sign0"]["key"]["x_hex"])


def test_cose_eddsa_sig_01_verifies():
    vector = eddsa("eddsa-sig-01")
    sign1 = cose.parse(message_of(vector))
    to_be_signed = bytes.fromhex(vector["intermediates"]["ToBeSign_hex"])

    assert cose.to_be_signed(sign1.protected, sign1.payload, b"") == to_be_signed
    assert (sign1.kid, sign1.headers[cose.CONTENT_TYPE]) == (b"11", 0)
    cose.verify(sign1, key_of(vector), b"")
    with pytest.raises(SignatureMismatchError):
        cose.verify(sign1, key_of(vector), b"other external data")


def test_cose_eddsa_sig_01_is_refused_with_any_single_bit_changed():
    vector = eddsa("eddsa-sig-01")
    data, key = message_of(vector), key_of(vector)
    unprotected = data.index(b"\xa1\x04\x42") + 1
    unsigned = {unprotected, unprotected + 2, unprotected + 3}  # the label and the two bytes of kid
    for bit in range(len(data) * 8):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        if bit // 8 in unsigned:
            continue
        with pytest.raises(ZhuqiError):
            cose.verify(cose.parse(bytes(changed)), key, b"")


def test_cose_eddsa_01_is_refused_as_another_cose_message():
    with pytest.raises(NotSign1Error) as caught:
        cose.parse(message_of(eddsa("eddsa-01")))
    assert caught.value.tag == 98


def test_cose_eddsa_sig_02_is_refused_as_ed448():
    vector = eddsa("eddsa-sig-02")
    with pytest.raises(UnsupportedError):
        cose.verify(cose.parse(message_of(vector)), key_of(vector), b"")


@pytest.mark.parametrize("vector", cases("cose/sign1-tests/*.json", 9))
def test_cose_es256_is_refused_as_unsupported(vector):
    with pytest.raises(UnsupportedError):
        cose.parse(message_of(vector))


def b64(text: str | None) -> bytes:
    return b64decode(text or "")


def proof_of(vector: dict[str, Any]) -> list[bytes]:
    return [b64(part) for part in vector["proof"] or []]


@pytest.mark.parametrize("vector", cases("merkle/testdata/inclusion/**/*.json", 98))
def test_merkle_inclusion(vector):
    def verify() -> None:
        leaf, root = b64(vector["leafHash"]), b64(vector["root"])
        log.verify_inclusion(leaf, vector["leafIdx"], vector["treeSize"], proof_of(vector), root)

    if vector["wantErr"]:
        with pytest.raises(ProofMismatchError):
            verify()
    else:
        verify()


@pytest.mark.parametrize("vector", cases("merkle/testdata/consistency/**/*.json", 98))
def test_merkle_consistency(vector):
    def verify() -> None:
        root1, root2 = b64(vector["root1"]), b64(vector["root2"])
        log.verify_consistency(vector["size1"], vector["size2"], root1, root2, proof_of(vector))

    if vector["wantErr"]:
        with pytest.raises(ProofMismatchError):
            verify()
    else:
        verify()


PINNED = "77ffed2876b89ad630a52e94f453e0b330aaceff6299270d9a5ab617fe32cae1"
"""SHA-256 of the accepted numbers in decimal with spaces between; libsodium accepts the same 43."""


def accepted(vector: dict[str, Any]) -> bool:
    try:
        suite.verify(bytes.fromhex(vector["key"]), vector["msg"].encode(), bytes.fromhex(vector["sig"]))
    except (BadKeyError, SignatureMismatchError):
        return False
    return True


@pytest.fixture(scope="module")
def edge_cases() -> list[dict[str, Any]]:
    (path,) = (VECTORS / "ed25519").glob("*.json")
    vectors: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))
    assert len(vectors) == 914
    return vectors


def test_ed25519_accepts_the_pinned_set_of_edge_cases(edge_cases):
    numbers = [vector["number"] for vector in edge_cases if accepted(vector)]
    digest = hashlib.sha256(" ".join(map(str, numbers)).encode()).hexdigest()

    assert (len(numbers), digest) == (43, PINNED)


def test_ed25519_accepts_no_small_order_point_and_nothing_non_canonical(edge_cases):
    refused = {"low_order_A", "low_order_R", "non_canonical_A", "non_canonical_R"}
    flags = {flag for vector in edge_cases if accepted(vector) for flag in vector["flags"] or []}

    assert flags.isdisjoint(refused)


def test_ed25519_plain_integers_agree_on_every_edge_case_that_is_strict(edge_cases):
    differing = []
    for vector in edge_cases:
        key, signature = bytes.fromhex(vector["key"]), bytes.fromhex(vector["sig"])
        try:
            suite.check_public_key(key)
            suite.check_signature(signature)
        except (BadKeyError, SignatureMismatchError):
            continue
        if rfc8032.verifies(key, vector["msg"].encode(), signature) != accepted(vector):
            differing.append(vector["number"])

    assert differing == []
