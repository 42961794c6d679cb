"""A record for people who read JSON: the signed content as it is, bytes as hexadecimal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sync_server.supervision.check_records import LoggedRecord


def plain_record(logged: LoggedRecord) -> dict[str, Any]:
    record = logged.record
    seen = record.seen
    return {
        "id": logged.id.hex(),
        "log": {
            "index": logged.index,
            "received_at": logged.received_at,
            "status": logged.status,
            "code": logged.code,
        },
        "record": {
            "v": record.v,
            "kind": record.kind,
            "author": record.author.hex(),
            "seq": record.seq,
            "prev": _readable(record.prev),
            "visit": _readable(record.visit),
            "at": record.at,
            "seen": seen and {"size": seen.size, "root": seen.root.hex(), "issued_at": seen.issued_at},
            "body": _readable(record.body),
        },
    }


def _readable(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Mapping):
        return {_readable(key) if isinstance(key, bytes) else str(key): _readable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_readable(item) for item in value]
    return value
