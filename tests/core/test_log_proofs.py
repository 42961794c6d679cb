"""The log: growth of the tree, proofs against a plain reading of RFC 6962, checkpoints and receipts."""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared_models import log
from shared_models.errors import (
    BadlyFormedError,
    ProofMismatchError,
    SignatureMismatchError,
    TooLargeError,
    UnknownKeyError,
    ZhuqiError,
)
from tests.core.county_keys import AT, HOST, SERVER, STRANGER, flipped

MOST = 130
LEAVES = [log.leaf_hash(bytes([n])) for n in range(MOST)]
ORIGIN = f"{HOST}/log"


@cache
def plain_root(begin: int, end: int) -> bytes:
    """RFC 6962, 2.1, word by word."""
    if begin == end:
        return hashlib.sha256(b"").digest()
    if end - begin == 1:
        return LEAVES[begin]
    half = 1
    while half * 2 < end - begin:
        half *= 2
    return log.node_hash(plain_root(begin, begin + half), plain_root(begin + half, end))


def stored(size: int) -> dict[tuple[int, int], bytes]:
    nodes: dict[tuple[int, int], bytes] = {}
    for level, index, digest in log.new_nodes(0, LEAVES[:size], lambda level, index: nodes[level, index]):
        nodes[level, index] = digest
    return nodes


NODES = stored(MOST)
SIZES = st.integers(1, MOST)


def read_node(level: int, index: int) -> bytes:
    return NODES[level, index]


@given(st.integers(0, MOST), st.integers(0, MOST))
def test_growing_in_two_steps_stores_the_same_nodes(first, second):
    low, high = sorted((first, second))
    nodes = stored(low)
    asked: set[tuple[int, int]] = set()

    def read(level: int, index: int) -> bytes:
        asked.add((level, index))
        return nodes[level, index]

    fresh = {(level, index): digest for level, index, digest in log.new_nodes(low, LEAVES[low:high], read)}
    assert nodes | fresh == stored(high)
    assert asked <= set(log.nodes_for_append(low))
    assert fresh.keys().isdisjoint(nodes)


@given(st.integers(0, MOST))
def test_the_root_is_that_of_the_rfc(size):
    assert log.root(size, read_node) == plain_root(0, size)


@given(SIZES, st.data())
def test_inclusion_is_proved_from_the_nodes_that_were_named(size, data):
    index = data.draw(st.integers(0, size - 1))
    named = {node: NODES[node] for node in log.nodes_for_inclusion(index, size)}
    proof = log.inclusion_proof(index, size, lambda level, at: named[level, at])
    log.verify_inclusion(LEAVES[index], index, size, proof, plain_root(0, size))


@given(SIZES, st.data())
def test_consistency_is_proved_from_the_nodes_that_were_named(size, data):
    old = data.draw(st.integers(1, size))
    named = {node: NODES[node] for node in log.nodes_for_consistency(old, size)}
    proof = log.consistency_proof(old, size, lambda level, at: named[level, at])
    log.verify_consistency(old, size, plain_root(0, old), plain_root(0, size), proof)


@given(st.integers(2, MOST), st.data())
def test_a_proof_for_another_leaf_size_or_root_is_refused(size, data):
    index = data.draw(st.integers(0, size - 1))
    proof = log.inclusion_proof(index, size, read_node)
    root = plain_root(0, size)
    other = data.draw(st.integers(0, size - 1).filter(lambda n: n != index))
    for leaf, at, of, parts, to in (
        (LEAVES[other], index, size, proof, root),
        (LEAVES[index], other, size, proof, root),
        (LEAVES[index], index, size, proof[:-1], root),
        (LEAVES[index], index, size, (*proof, root), root),
        (LEAVES[index], index, size, proof, plain_root(0, size - 1)),
        (LEAVES[index], size, size, proof, root),
        (LEAVES[index], -1, size, proof, root),
    ):
        with pytest.raises(ProofMismatchError):
            log.verify_inclusion(leaf, at, of, parts, to)


def test_what_is_no_leaf_and_no_earlier_size_has_no_proof():
    for index, size in ((0, 0), (3, 3), (-1, 3)):
        with pytest.raises(BadlyFormedError):
            log.inclusion_proof(index, size, read_node)
    with pytest.raises(BadlyFormedError):
        log.consistency_proof(4, 3, read_node)
    assert log.consistency_proof(0, 3, read_node) == log.consistency_proof(3, 3, read_node) == ()


CHECKPOINT = log.Checkpoint(ORIGIN, 21, plain_root(0, 21), AT)
NOTE = log.sign_checkpoint(CHECKPOINT, SERVER.public, SERVER.sign)


def opened(text: str) -> log.Checkpoint:
    return log.open_checkpoint(text, origin=ORIGIN, public_key=SERVER.public)


@given(st.integers(0, 2**63 - 1), st.binary(min_size=32, max_size=32), st.integers(0, 2**63 - 1))
def test_a_checkpoint_opens_as_it_was_signed(size, root, issued_at):
    checkpoint = log.Checkpoint(ORIGIN, size, root, issued_at)
    assert opened(log.sign_checkpoint(checkpoint, SERVER.public, SERVER.sign)) == checkpoint
    assert log.peek_checkpoint(NOTE) == (ORIGIN, 21, CHECKPOINT.root)


def test_a_checkpoint_is_a_c2sp_note():
    origin, size, root, blank, note, timed, end = NOTE.split("\n")
    assert (origin, size, b64decode(root), blank, end) == (ORIGIN, "21", CHECKPOINT.root, "", "")
    for line, kind in ((note, b"\x01"), (timed, b"\x04")):
        dash, name, signature = line.split(" ")
        key_id = hashlib.sha256(ORIGIN.encode() + b"\n" + kind + SERVER.public).digest()[:4]
        assert (dash, name, b64decode(signature)[:4]) == ("\N{EM DASH}", ORIGIN, key_id)
    assert b64decode(timed.split(" ")[2])[4:12] == AT.to_bytes(8, "big")
    name, key_id, key = log.verifier_key(ORIGIN, SERVER.public).split("+", 2)
    assert (name, key_id) == (ORIGIN, b64decode(note.split(" ")[2])[:4].hex())
    assert b64decode(key) == b"\x01" + SERVER.public


def test_a_checkpoint_with_any_single_bit_changed_is_refused():
    raw = NOTE.encode()
    for bit in range(len(raw) * 8):
        changed = flipped(raw, bit).decode("utf-8", "surrogateescape")
        with pytest.raises(ZhuqiError):
            opened(changed)


def test_a_checkpoint_of_another_key_or_log_is_refused():
    with pytest.raises(UnknownKeyError):
        log.open_checkpoint(NOTE, origin=ORIGIN, public_key=STRANGER.public)
    with pytest.raises(UnknownKeyError):
        log.open_checkpoint(NOTE, origin="other.example/log", public_key=SERVER.public)
    other = replace(CHECKPOINT, origin="other.example/log")
    text = log.sign_checkpoint(other, SERVER.public, SERVER.sign).replace(
        "\N{EM DASH} other.example", f"\N{EM DASH} {HOST}"
    )
    with pytest.raises(ZhuqiError):
        opened(text)


def test_one_of_the_two_signatures_alone_is_not_enough():
    lines = NOTE.splitlines(keepends=True)
    for missing in (4, 5):
        with pytest.raises(UnknownKeyError):
            opened("".join(line for number, line in enumerate(lines) if number != missing))


def test_a_bad_signature_of_the_known_key_rejects_the_note():
    lines = NOTE.splitlines(keepends=True)
    for at in (4, 5):
        name, signature = lines[at].rstrip("\n").rsplit(" ", 1)
        raw = bytearray(b64decode(signature))
        raw[-1] ^= 1
        bad = [*lines[:at], f"{name} {b64encode(raw).decode()}\n", *lines[at + 1 :]]
        with pytest.raises(SignatureMismatchError):
            opened("".join(bad))
    with pytest.raises(BadlyFormedError):
        opened(NOTE + lines[4])


def test_sixteen_lines_of_other_signers_are_passed_over_and_more_refused():
    witness = "\N{EM DASH} witness.example " + b64encode(b"wxyz" + bytes(72)).decode() + "\n"
    assert opened(NOTE + witness * 16) == CHECKPOINT
    with pytest.raises(BadlyFormedError):
        opened(NOTE + witness * 17)
    with pytest.raises(TooLargeError):
        opened(NOTE + witness * 1_000)


@pytest.mark.parametrize(
    "change",
    [
        ("\n21\n", "\n021\n"),
        ("\n21\n", "\n+21\n"),
        ("\n21\n", "\n２１\n"),
        ("\n21\n", "\n21\nextension\n"),
        ("\n21\n", "\n" + "9" * 30 + "\n"),
        ("\n21\n", "\n21\r\n"),
        ("\n\n", "\n"),
        ("=\n\n", "\n\n"),
    ],
)
def test_a_body_in_another_spelling_is_refused(change):
    text = NOTE.replace(*change, 1)
    assert text != NOTE
    with pytest.raises(ZhuqiError):
        opened(text)
    with pytest.raises(BadlyFormedError):
        log.peek_checkpoint(text)


@given(st.text(max_size=200))
def test_arbitrary_texts_are_refused_with_our_error(text):
    for whole in (text, f"{ORIGIN}\n1\n{text}\n\n{text}\n", NOTE + text + "\n"):
        with pytest.raises(ZhuqiError):
            opened(whole)


@pytest.mark.parametrize(
    "changes", [{"origin": "a b"}, {"origin": "a+b"}, {"origin": ""}, {"size": -1}, {"root": b""}, {"issued_at": -1}]
)
def test_a_checkpoint_that_could_not_be_read_is_not_signed(changes):
    with pytest.raises(BadlyFormedError):
        log.sign_checkpoint(replace(CHECKPOINT, **changes), SERVER.public, SERVER.sign)


def test_a_receipt_holds_and_with_any_single_bit_changed_is_refused():
    record_id = hashlib.sha256(b"an envelope").digest()
    leaf = log.Leaf(record_id, 1_700_000_000_123, log.SET_ASIDE, "chain_gap")
    hashes = [*LEAVES[:20], log.leaf_hash(log.leaf_data(leaf))]
    nodes: dict[tuple[int, int], bytes] = {}
    nodes |= {(level, at): digest for level, at, digest in log.new_nodes(0, hashes, lambda *node: nodes[node])}
    checkpoint = log.Checkpoint(ORIGIN, 21, log.root(21, lambda *node: nodes[node]), AT)
    proof = log.inclusion_proof(20, 21, lambda *node: nodes[node])
    receipt = log.Receipt(record_id, 20, leaf.received_at, leaf.status, leaf.code, proof)

    log.verify_receipt(receipt, record_id, checkpoint)
    assert log.read_leaf(log.leaf_data(leaf)) == leaf
    changed = [
        *(replace(receipt, id=flipped(record_id, bit)) for bit in range(256)),
        *(replace(receipt, index=receipt.index ^ 1 << bit) for bit in range(63)),
        *(replace(receipt, received_at=receipt.received_at ^ 1 << bit) for bit in range(62)),
        *(
            replace(receipt, proof=(*proof[:part], flipped(proof[part], bit), *proof[part + 1 :]))
            for part in range(len(proof))
            for bit in range(256)
        ),
        replace(receipt, status=log.ACCEPTED),
        replace(receipt, status="lost"),
        replace(receipt, code=None),
        replace(receipt, code="chain_gaq"),
        replace(receipt, proof=proof[1:]),
        replace(receipt, proof=()),
    ]
    for other in changed:
        with pytest.raises(ZhuqiError):
            log.verify_receipt(other, record_id, checkpoint)
    with pytest.raises(ProofMismatchError):
        log.verify_receipt(receipt, flipped(record_id, 0), checkpoint)


@given(st.binary(max_size=80))
def test_arbitrary_leaves_are_refused_with_our_error(data):
    with pytest.raises(ZhuqiError):
        log.read_leaf(data)
