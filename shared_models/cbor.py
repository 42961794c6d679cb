"""Deterministic CBOR (RFC 8949, 4.2.1): one value has exactly one encoding, and nothing else is read.

Allowed are integers of 64 bits, bytes, text, lists, maps (keys integer or text), booleans and null. Everything
else that CBOR can say is refused, so that no two programs can read the same signed bytes differently.
"""

from __future__ import annotations

from typing import Any, NoReturn

import cbor2

from shared_models.errors import BadlyFormedError, TooLargeError

MAX_BYTES = 65_536
MAX_DEPTH = 16
MAX_ITEMS = 10_000
_MAX_INT = 2**63 - 1
_MIN_INT = -(2**63)
_SCALARS = frozenset({str, bytes, bool, type(None)})


def encode(value: Any) -> bytes:
    """The one encoding of a plain value; tuples are written as lists."""
    try:
        return bytes(cbor2.dumps(_ordered(value, 0)))
    except (cbor2.CBORError, ValueError, OverflowError) as err:  # a lone surrogate is a UnicodeEncodeError
        raise BadlyFormedError("", "cannot be encoded") from err


def decode(data: bytes, *, max_bytes: int = MAX_BYTES) -> Any:
    """The plain value of exactly one item; maps keep the (canonical) order of their keys."""
    if len(data) > max_bytes:
        raise TooLargeError(len(data), max_bytes)
    try:
        value = cbor2.loads(
            data,
            max_depth=MAX_DEPTH + 2,
            allow_indefinite=False,
            allow_duplicate_keys=False,
            semantic_decoders=_TAGS_REFUSED,
            tag_hook=_refuse_tag,
        )
        _inspect(value, 0)
        canonical = cbor2.dumps(value)
    except BadlyFormedError:
        raise
    # Whatever a codec throws at hostile bytes (it has thrown TypeError, OverflowError, MemoryError), it means this.
    except Exception as err:
        raise BadlyFormedError("", "not CBOR of the allowed kinds") from err
    if canonical != data:
        raise BadlyFormedError("", "not the canonical encoding")
    return value


def split_sequence(data: bytes, *, max_bytes: int, max_items: int = MAX_ITEMS) -> list[bytes]:
    """Of a CBOR sequence (RFC 8742) each item's bytes, tags included, unread: one bad item does not hide the others.

    Raises BadlyFormedError where the bytes cannot be cut into items at all.
    """
    if len(data) > max_bytes:
        raise TooLargeError(len(data), max_bytes)
    items: list[bytes] = []
    start = 0
    while start < len(data):
        if len(items) == max_items:
            raise BadlyFormedError("", "too many items")
        end = item_end(data, start)
        items.append(data[start:end])
        start = end
    return items


def item_end(data: bytes, start: int) -> int:
    """Where the item that begins at `start` ends; looks at heads and lengths only."""
    position, to_come = start, 1
    while to_come:
        to_come -= 1
        major, argument, position = read_head(data, position)
        if major in (_BYTES, _TEXT):
            position += argument
        elif major >= _LIST:
            to_come += {_LIST: argument, _MAP: 2 * argument, _TAG: 1}.get(major, 0)
        if position > len(data):
            raise BadlyFormedError("", "ends too early")
    return position


_BYTES, _TEXT, _LIST, _MAP, _TAG = 2, 3, 4, 5, 6
_ONE_BYTE, _EIGHT_BYTES = 24, 27


def read_head(data: bytes, position: int) -> tuple[int, int, int]:
    """Major type, argument and the position after the head; the argument's encoding may be longer than needed."""
    if position >= len(data):
        raise BadlyFormedError("", "ends too early")
    major, argument = data[position] >> 5, data[position] & 31
    position += 1
    if argument < _ONE_BYTE:
        return major, argument, position
    if argument > _EIGHT_BYTES:
        raise BadlyFormedError("", "indefinite length or reserved")
    end = position + (1 << (argument - _ONE_BYTE))
    if end > len(data):
        raise BadlyFormedError("", "ends too early")
    return major, int.from_bytes(data[position:end], "big"), end


def read_bytes(data: bytes, position: int) -> tuple[bytes, int]:
    """The canonical byte string at `position`, and the position after it."""
    major, length, start = read_head(data, position)
    if major != _BYTES or length < _LEAST[start - position]:
        raise BadlyFormedError("", "must be a byte string in canonical form")
    end = start + length
    if end > len(data):
        raise BadlyFormedError("", "ends too early")
    return data[start:end], end


_LEAST = {1: 0, 2: _ONE_BYTE, 3: 1 << 8, 5: 1 << 16, 9: 1 << 32}
"""The least argument that needs a head of this size."""


def bytes_head(length: int) -> bytes:
    """The head of a byte string of this length, to write one without a codec."""
    if length < _ONE_BYTE:
        return bytes((_BYTES << 5 | length,))
    if length < 1 << 8:
        return bytes((0x58, length))
    if length < 1 << 16:
        return b"\x59" + length.to_bytes(2, "big")
    return b"\x5a" + length.to_bytes(4, "big")


def _refuse_tag(*_: Any) -> NoReturn:
    raise BadlyFormedError("", "tags are not allowed")


# The codec acts on these tags itself (shared values can even build cycles) unless it is told not to.
_TAGS_REFUSED = dict.fromkeys(
    (*range(6), 25, 28, 29, 30, 35, 36, 37, 52, 54, 100, 256, 258, 260, 261, 1004, 43000, 55799), _refuse_tag
)


def _inspect(value: Any, depth: int) -> None:
    """Refuse every type but the allowed ones and every map whose keys are out of order."""
    kind = value.__class__
    if kind is dict:
        _check_order(value)
        children = value.values()
    elif kind is list:
        children = value
    elif kind in _SCALARS or (kind is int and _MIN_INT <= value <= _MAX_INT):
        return
    else:
        raise BadlyFormedError("", f"{kind.__name__} is not allowed, or an integer of more than 64 bits")
    if depth == MAX_DEPTH:
        raise BadlyFormedError("", "nested too deeply")
    for child in children:
        kind = child.__class__
        if kind not in _SCALARS and (kind is not int or not _MIN_INT <= child <= _MAX_INT):
            _inspect(child, depth + 1)


def _check_order(keys: dict[Any, Any]) -> None:
    last_size, last = -1, ""
    for key in keys:  # short names are the usual case; it is spared the cost of ranks
        if key.__class__ is not str or not key.isascii():
            _check_ranks([_rank(key) for key in keys])
            return
        size = len(key)
        if size <= last_size and (size < last_size or key <= last):
            raise BadlyFormedError("", "map keys out of order")
        last_size, last = size, key


def _check_ranks(ranks: list[tuple[int, int, Any]]) -> None:
    if ranks != sorted(ranks):  # the decoder has refused keys that stand twice
        raise BadlyFormedError("", "map keys out of order")


def _rank(key: Any) -> tuple[int, int, Any]:
    """Sorts keys as their encodings do: non-negative, negative, then text by length; UTF-8 sorts as code points."""
    if type(key) is str:
        return (3, len(key) if key.isascii() else len(key.encode()), key)
    if type(key) is int and _MIN_INT <= key <= _MAX_INT:
        return (0, 0, key) if key >= 0 else (1, 0, -key)
    raise BadlyFormedError("", "map keys must be integer or text")


def _sorted_keys(value: dict[Any, Any]) -> list[Any]:
    try:
        if "".join(value).isascii():  # names are the usual case; they are spared the cost of ranks
            return sorted(sorted(value), key=len)
    except TypeError:
        pass
    return sorted(value, key=_rank)


def _ordered(value: Any, depth: int) -> Any:
    kind = type(value)
    if kind in _SCALARS:
        return value
    if kind is int and _MIN_INT <= value <= _MAX_INT:
        return value
    if depth >= MAX_DEPTH:
        raise BadlyFormedError("", "nested too deeply")
    if kind is list or kind is tuple:
        return [child if type(child) in _SCALARS else _ordered(child, depth + 1) for child in value]
    if kind is dict:
        return {
            key: child if type(child := value[key]) in _SCALARS else _ordered(child, depth + 1)
            for key in _sorted_keys(value)
        }
    raise BadlyFormedError("", f"{kind.__name__} is not allowed")
