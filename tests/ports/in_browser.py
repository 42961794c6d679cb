"""What the browser tests ask the worker to do beyond the contract. Plain values in and out."""

from __future__ import annotations

import asyncio
import importlib
import time
from typing import Any

from field_app.errors import DiskFullError
from field_app.phone import Phone
from field_app.storage.blobs import add_blob, read_blob
from field_app.storage.drafts import save_draft
from shared_models import suite
from shared_models.errors import BadKeyError, SignatureMismatchError, ZhuqiError
from tests.ports.browser_home import BrowserHome
from tests.ports.homes import phone_of

_open: dict[str, Any] = {}


async def accepted(cases: list[list[str]]) -> list[bool]:
    """Of (key, message, signature), all hexadecimal."""
    return [_is_accepted(*(bytes.fromhex(part) for part in case)) for case in cases]


def _is_accepted(key: bytes, message: bytes, signature: bytes) -> bool:
    try:
        suite.verify(key, message, signature)
    except (BadKeyError, SignatureMismatchError):
        return False
    return True


async def open_phone() -> str:
    """The code of what stood in the way, or blank."""
    try:
        _open["phone"] = await phone_of(BrowserHome())
    except ZhuqiError as err:
        return err.code
    return ""


def _phone() -> Phone:
    phone: Phone = _open["phone"]
    return phone


async def can_wait_inside() -> bool:
    """Whether the browser has what would let synchronous code wait."""
    return bool(importlib.import_module("pyodide.ffi").can_run_sync())


async def close_phone() -> None:
    await _phone().close()


async def public_key() -> str:
    return _phone().signer.public_key.hex()


async def sign(message: str) -> str:
    return (await _phone().signer.sign(bytes.fromhex(message))).hex()


async def start_writing() -> None:
    """One commit after the other until the worker ends."""
    _open["task"] = asyncio.ensure_future(_write_on())


async def _write_on() -> None:
    number = await written()
    while True:
        number += 1
        await _phone().database.write(lambda rows, n=number: rows.put_meta("n", n))
        await save_draft(_phone(), f"draft-{number % 7}", {"n": number, "text": "记" * (number % 900)})
        _open["told"] = number
        await asyncio.sleep(0)


async def told() -> int:
    return int(_open.get("told", 0))


async def written() -> int:
    return int(await _phone().database.read(lambda rows: rows.get_meta("n") or 0))


async def check_whole() -> list[Any]:
    """SQLite's own check, and how many drafts open."""

    def read(rows: Any) -> list[Any]:
        check = rows.execute("PRAGMA integrity_check").fetchone()[0]
        drafts = rows.execute("SELECT tag, sealed FROM drafts").fetchall()
        return [check, len([rows.open_value("drafts", tag, sealed) for tag, sealed in drafts])]

    return await _phone().database.read(read)


async def fill(megabytes: int) -> str:
    """Photos of a megabyte each until the browser takes no more; the code of what it said."""
    for n in range(megabytes):
        try:
            await _phone().database.write(lambda rows, n=n: add_blob(rows, n.to_bytes(32), bytes(1_000_000)))
        except DiskFullError as err:
            return err.code
    return ""


async def photos() -> int:
    def read(rows: Any) -> int:
        found = [row[0] for row in rows.execute("SELECT sha256 FROM blobs")]
        return sum(read_blob(rows, one) is not None for one in found)

    return await _phone().database.read(read)


async def figures() -> dict[str, float]:
    """Milliseconds, the median of many."""
    phone = _phone()
    message = bytes(300)
    signature = await phone.signer.sign(message)
    sealed = phone.database.sealer.seal("t", b"k", message)
    large = phone.database.sealer.seal("t", b"k", bytes(400_000))

    async def commit() -> None:
        await phone.database.write(lambda rows: rows.put_meta("figure", message))

    async def verify() -> None:
        suite.verify(phone.signer.public_key, message, signature)

    async def seal() -> None:
        phone.database.sealer.seal("t", b"k", message)

    async def unseal() -> None:
        phone.database.sealer.open("t", b"k", sealed)

    async def unseal_photo() -> None:
        phone.database.sealer.open("t", b"k", large)

    async def sign_it() -> None:
        await phone.signer.sign(message)

    asked = {
        "sign": sign_it, "verify": verify, "durable_commit": commit, "seal_300": seal, "open_300": unseal,
        "open_400k": unseal_photo,
    }  # fmt: skip
    return {name: await _median(work) for name, work in asked.items()}


async def _median(work: Any) -> float:
    taken = []
    for _ in range(60):
        started = time.perf_counter()
        await work()
        taken.append(time.perf_counter() - started)
    return round(sorted(taken)[30] * 1000, 3)
