"""Dataclasses to plain values and back, strictly: what a record's body and the command line's JSON have in common.

Plain values are what deterministic CBOR and JSON share: text, integers, booleans, null, lists, maps with text keys
(and bytes, in CBOR). A day is `2026-11-09`; an instant is text with an offset. Unknown keys, missing keys and wrong
types are refused with the path of the key; only in what a newer release may have written are unknown keys passed over.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin

from shared_models.errors import BadlyFormedError

T = TypeVar("T")
Loader = Callable[[Any], Any]
"""Raises BadlyFormedError that says where inside the value it is wrong; whoever calls says where the value is."""


def to_plain(value: Any) -> Any:
    """The plain value of a dataclass (or of anything inside one)."""
    kind: Any = type(value)
    dump = _dumper(kind)
    return value if dump is None else dump(value)


def from_plain(cls: type[T], plain: Any, where: str = "", *, may_be_newer: bool = False) -> T:
    """Raises BadlyFormedError, which names the key, for anything that is not exactly a `cls`.

    `may_be_newer`: keys that no field has are passed over, at every depth.
    """
    kind: Any = cls
    try:
        result: T = _loader(kind, may_be_newer)(plain)
    except BadlyFormedError as err:
        raise _within(where, err) from err
    return result


def outline(cls: Any) -> Any:
    """What `from_plain` reads, as a plain value: another outline means that another release reads it differently."""
    if isinstance(cls, type) and issubclass(cls, StrEnum):
        return [member.value for member in cls]
    if isinstance(cls, type) and is_dataclass(cls):
        hints = typing.get_type_hints(cls)
        return {f.name: outline(hints[f.name]) for f in fields(cls)}
    args = get_args(cls)
    return [str(get_origin(cls)), *(outline(arg) for arg in args)] if args else str(cls)


def instant_text(instant: datetime) -> str:
    """UTC with milliseconds and a Z, so that texts sort as the instants do."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{instant.microsecond // 1000:03d}Z"


_PLAIN = frozenset({str, bytes, int, bool, type(None)})


@cache
def _dumper(kind: type[Any]) -> Callable[[Any], Any] | None:  # noqa: PLR0911  # one line a type
    """Null for what is plain as it stands."""
    if is_dataclass(kind):
        names = tuple(f.name for f in fields(kind))
        return lambda value: {
            name: field if type(field := getattr(value, name)) in _PLAIN else to_plain(field) for name in names
        }
    if issubclass(kind, StrEnum):
        return lambda value: value.value
    if issubclass(kind, datetime):
        return instant_text
    if issubclass(kind, date):
        return date.isoformat
    if issubclass(kind, frozenset):
        return lambda value: [to_plain(item) for item in sorted(value)]
    if issubclass(kind, tuple | list):
        return lambda value: [item if type(item) in _PLAIN else to_plain(item) for item in value]
    if issubclass(kind, Mapping):
        return lambda value: {key: to_plain(item) for key, item in value.items()}
    return None


@cache
def _loader(cls: Any, newer: bool) -> Loader:  # noqa: PLR0911  # a part of the cache's key; one line a type
    origin, args = get_origin(cls), get_args(cls)
    if cls is Any:
        return lambda plain: plain
    if origin in (Union, types.UnionType):
        return _optional(args, newer)
    if origin is tuple:
        return _many(_loader(args[0], newer)) if args[1:] == (...,) else _row([_loader(arg, newer) for arg in args])
    if origin is frozenset:
        many = _many(_loader(args[0], newer))
        return lambda plain: frozenset(many(plain))
    if origin in (dict, Mapping) or (isinstance(origin, type) and issubclass(origin, Mapping)):
        return _map(_loader(args[1], newer))
    if cls in _SCALARS:
        return _SCALARS[cls]
    if isinstance(cls, type) and issubclass(cls, StrEnum):
        return _enum(cls)
    if isinstance(cls, type) and is_dataclass(cls):
        return _record(cls, newer)
    raise TypeError(cls)


def _exactly(kind: type, name: str) -> Loader:
    def load(plain: Any) -> Any:
        if type(plain) is not kind:
            raise BadlyFormedError("", f"must be {name}")
        return plain

    return load


def _day(plain: Any) -> date:
    # By its hyphens, for fromisoformat takes 2026-W46-2 as well.
    if type(plain) is not str or len(plain) != len("2026-11-09") or plain[4] + plain[7] != "--":
        raise BadlyFormedError("", "must be a day such as 2026-11-09")
    try:
        return date.fromisoformat(plain)
    except ValueError as err:
        raise BadlyFormedError("", "must be a day such as 2026-11-09") from err


def _instant(plain: Any) -> datetime:
    # By its hyphens and its T, for fromisoformat takes week dates and any character between day and time as well.
    if type(plain) is not str or plain[4:5] + plain[7:8] + plain[10:11] != "--T":
        raise BadlyFormedError("", "must be a time such as 2026-11-10T09:30:00+08:00")
    try:
        instant = datetime.fromisoformat(plain)
    except ValueError as err:
        raise BadlyFormedError("", "must be a time such as 2026-11-10T09:30:00+08:00") from err
    if instant.tzinfo is None:
        raise BadlyFormedError("", "must carry an offset from UTC")
    try:
        return instant.astimezone(UTC)
    except OverflowError as err:
        raise BadlyFormedError("", "is out of range") from err


_SCALARS: dict[Any, Loader] = {
    str: _exactly(str, "a text"),
    int: _exactly(int, "an integer"),
    bool: _exactly(bool, "true or false"),
    bytes: _exactly(bytes, "bytes"),
    dict: _exactly(dict, "a map"),
    date: _day,
    datetime: _instant,
}


def _optional(args: tuple[Any, ...], newer: bool) -> Loader:
    others = [arg for arg in args if arg is not type(None)]
    if len(others) != 1:
        raise TypeError(args)
    load = _loader(others[0], newer)
    return lambda plain: None if plain is None else load(plain)


def _many(load: Loader) -> Loader:
    def load_all(plain: Any) -> tuple[Any, ...]:
        if type(plain) is not list:
            raise BadlyFormedError("", "must be a list")
        loaded: list[Any] = []
        try:
            for one in plain:
                loaded.append(load(one))  # noqa: PERF401 - its length says which one is wrong
        except BadlyFormedError as err:
            raise _within(f"[{len(loaded)}]", err) from err
        return tuple(loaded)

    return load_all


def _row(loaders: list[Loader]) -> Loader:
    def load(plain: Any) -> tuple[Any, ...]:
        if type(plain) is not list or len(plain) != len(loaders):
            raise BadlyFormedError("", f"must be a list of {len(loaders)}")
        loaded: list[Any] = []
        try:
            for one, value in zip(loaders, plain, strict=True):
                loaded.append(one(value))
        except BadlyFormedError as err:
            raise _within(f"[{len(loaded)}]", err) from err
        return tuple(loaded)

    return load


def _map(load: Loader) -> Loader:
    def load_map(plain: Any) -> dict[str, Any]:
        if type(plain) is not dict:
            raise BadlyFormedError("", "must be a map")
        for key in plain:
            if type(key) is not str:
                raise BadlyFormedError("", "must have text keys")
        return _load_values(plain, dict.fromkeys(plain, load))

    return load_map


def _enum(cls: type[StrEnum]) -> Loader:
    members = {member.value: member for member in cls}

    def load(plain: Any) -> StrEnum:
        member = members.get(plain) if type(plain) is str else None
        if member is None:
            raise BadlyFormedError("", f"must be one of {' '.join(cls)}")
        return member

    return load


def _record(cls: Any, newer: bool) -> Loader:
    hints = typing.get_type_hints(cls)
    loaders = {f.name: _loader(hints[f.name], newer) for f in fields(cls)}
    required = [f.name for f in fields(cls) if f.default is MISSING and f.default_factory is MISSING]

    def load(plain: Any) -> Any:
        if type(plain) is not dict:
            raise BadlyFormedError("", "must be a map")
        if not plain.keys() <= loaders.keys():
            if not newer:
                unknown = next(key for key in plain if key not in loaders)
                raise BadlyFormedError(str(unknown), "is not known")
            plain = {key: value for key, value in plain.items() if key in loaders}
        for key in required:
            if key not in plain:
                raise BadlyFormedError(key, "is missing")
        return cls(**_load_values(plain, loaders))

    return load


def _load_values(plain: dict[str, Any], loaders: dict[str, Loader]) -> dict[str, Any]:
    loaded: dict[str, Any] = {}
    key = ""
    try:
        for key, value in plain.items():
            loaded[key] = loaders[key](value)
    except BadlyFormedError as err:
        raise _within(key, err) from err
    return loaded


def _within(outer: str, error: BadlyFormedError) -> BadlyFormedError:
    """The same complaint, seen from one step further out."""
    dot = "." if outer and error.where and not error.where.startswith("[") else ""
    return BadlyFormedError(outer + dot + error.where, error.problem)
