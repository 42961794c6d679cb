"""A draw as it is published: everything that is needed to repeat it, in one JSON text of which no byte may differ.

What it proves: both records are the county's, both stand in its log, the pool was there before the value was due, and
pool, rule and value give exactly this draw. It cannot prove that the source published this value: look there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from shared_models.credential import open_certificate
from shared_models.draw import FORMAT, DrawClosed, DrawOpened, Pool, draw, read_pool, seed_of
from shared_models.errors import BadlyFormedError, ProofMismatchError, ZhuqiError
from shared_models.kinds import CountyAct, body_of
from shared_models.log import ACCEPTED, Checkpoint, Receipt, open_checkpoint, verify_receipt
from shared_models.record import open_with, record_id
from shared_models.suite import kid_of

T = TypeVar("T")
MAX_FILE_BYTES = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class LoggedAct:
    """A record with its receipt: where it stands in the log, and the path to the checkpoint."""

    envelope: bytes
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class DrawFile:
    origin: str
    root: bytes
    certificates: tuple[bytes, ...]
    pool: bytes
    opened: LoggedAct
    closed: LoggedAct
    checkpoint: str


@dataclass(frozen=True, slots=True)
class VerifiedDraw:
    root: bytes
    pool: Pool
    opened: DrawOpened
    closed: DrawClosed
    opened_at: int
    closed_at: int
    """Milliseconds, of the receipts."""


def dump_draw(file: DrawFile) -> bytes:
    """Raises what `verify_draw` would: a file that does not verify is not written."""
    data = _canonical(_plain(file))
    verify_draw(data)
    return data


def verify_draw(data: bytes, root: bytes | None = None) -> VerifiedDraw:
    """`root`: the county's root key, where one does not want to believe the file's own. Raises one of the family."""
    file = _read(data)
    if root is not None and root != file.root:
        raise BadlyFormedError("root", "is another county's")
    keys = _keys(file)
    opened_act = _act(file.opened, keys, DrawOpened)
    closed_act = _act(file.closed, keys, DrawClosed)
    checkpoint = _checkpoint(file, keys)
    for one in (file.opened, file.closed):
        verify_receipt(one.receipt, record_id(one.envelope), checkpoint)
    opened_at, closed_at = file.opened.receipt.received_at, file.closed.receipt.received_at
    if not opened_at < opened_act.due <= closed_at or file.opened.receipt.index >= file.closed.receipt.index:
        raise BadlyFormedError("due", "the pool was not fixed before the value was known")
    if closed_act.opened != record_id(file.opened.envelope) or closed_act.draw != opened_act.draw:
        raise BadlyFormedError("closed.opened", "names another draw")
    if hashlib.sha256(file.pool).digest() != opened_act.pool:
        raise BadlyFormedError("pool", "is not the one that was fixed")
    pool = read_pool(file.pool)
    if draw(pool, seed_of(closed_act.opened, closed_act.value)) != closed_act.drawn:
        raise ProofMismatchError
    return VerifiedDraw(file.root, pool, opened_act, closed_act, opened_at, closed_at)


def _keys(file: DrawFile) -> dict[bytes, bytes]:
    keys = [open_certificate(one, file.root, None).public_key for one in file.certificates]
    return {kid_of(key): key for key in keys}


def _act(one: LoggedAct, keys: Mapping[bytes, bytes], cls: type[T]) -> T:
    record = open_with(one.envelope, keys.get)
    body = body_of(record)
    if not isinstance(body, CountyAct) or not isinstance(body.act, cls):
        raise BadlyFormedError("envelope", f"must be {cls.__name__}")
    return body.act


def _checkpoint(file: DrawFile, keys: Mapping[bytes, bytes]) -> Checkpoint:
    refused: ZhuqiError = BadlyFormedError("certificates", "must be there")
    for key in keys.values():
        try:
            return open_checkpoint(file.checkpoint, origin=file.origin, public_key=key)
        except ZhuqiError as err:
            refused = err
    raise refused


def _plain(file: DrawFile) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "origin": file.origin,
        "root": file.root.hex(),
        "certificates": [one.hex() for one in file.certificates],
        "pool": file.pool.hex(),
        "opened": _plain_act(file.opened),
        "closed": _plain_act(file.closed),
        "checkpoint": file.checkpoint,
    }


def _plain_act(one: LoggedAct) -> dict[str, Any]:
    receipt = one.receipt
    proof = [node.hex() for node in receipt.proof]
    return {
        "envelope": one.envelope.hex(),
        "index": receipt.index,
        "received_at": receipt.received_at,
        "proof": proof,
    }


def _canonical(plain: dict[str, Any]) -> bytes:
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"


def _read(data: bytes) -> DrawFile:
    if len(data) > MAX_FILE_BYTES:
        raise BadlyFormedError("file", f"must be at most {MAX_FILE_BYTES} bytes")
    try:
        plain = json.loads(data)
        if plain["format"] != FORMAT:
            raise BadlyFormedError("format", f"must be {FORMAT}")
        file = DrawFile(
            origin=_text(plain["origin"]),
            root=bytes.fromhex(plain["root"]),
            certificates=tuple(bytes.fromhex(one) for one in _list(plain["certificates"])),
            pool=bytes.fromhex(plain["pool"]),
            opened=_read_act(plain["opened"]),
            closed=_read_act(plain["closed"]),
            checkpoint=_text(plain["checkpoint"]),
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as err:
        raise BadlyFormedError("file", "must be a published draw") from err
    # one text for one draw: then a changed byte anywhere is seen, also one that no signature covers
    if _canonical(_plain(file)) != data:
        raise BadlyFormedError("file", "must be as it was published, byte for byte")
    return file


def _read_act(plain: Mapping[str, Any]) -> LoggedAct:
    envelope = bytes.fromhex(plain["envelope"])
    proof = tuple(bytes.fromhex(node) for node in _list(plain["proof"]))
    index, received_at = plain["index"], plain["received_at"]
    if type(index) is not int or type(received_at) is not int or index < 0:
        raise BadlyFormedError("index", "must be a whole number")
    return LoggedAct(envelope, Receipt(record_id(envelope), index, received_at, ACCEPTED, None, proof))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise BadlyFormedError("file", "must be a published draw")
    return value


def _list(value: Sequence[Any]) -> Sequence[Any]:
    if type(value) is not list:
        raise BadlyFormedError("file", "must be a published draw")
    return value
