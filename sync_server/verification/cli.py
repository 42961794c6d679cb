"""`zhuqi codes`: judge a scanned text, or one COSE_Sign1, from the command line."""

from __future__ import annotations

import json
import sys
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import rich_click as click

from shared_models import cose
from shared_models.codes import Trust, kind_of_text, status_of, verify_text
from shared_models.errors import BadlyFormedError, UnsupportedError, ZhuqiError
from shared_models.suite import ED25519, check_public_key
from sync_server.clock import SystemClock


@click.group()
def codes() -> None:
    """Read and verify the codes: gate code, visit pass, slip, credential."""


@codes.command()
@click.argument("text")
@click.option(
    "--trust", "trust_file", required=True, type=click.File("rb"), help="JSON: root, host, revoked, issued_at."
)
@click.option("--now", "now_text", help="Judge at this time (ISO 8601 with an offset) instead of now.")
def verify(text: str, trust_file: IO[bytes], now_text: str | None) -> None:
    """Print one JSON line: status, kind, claims. Exits 0 only where the status is valid."""
    trust = _read_trust(trust_file.read())
    now = SystemClock().now() if now_text is None else _instant(now_text, "--now")
    answer: dict[str, Any] = {"status": "valid", "kind": kind_of_text(text), "claims": None}
    try:
        verified = verify_text(text, trust, now)
    except ZhuqiError as err:
        answer["status"] = status_of(err)
    else:
        answer |= {"kind": verified.kind, "claims": verified.claims}
    click.echo(json.dumps(answer, ensure_ascii=False))
    sys.exit(0 if answer["status"] == "valid" else 1)


@codes.command(name="cose")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--key-hex", required=True, help="The public key, in hexadecimal.")
@click.option("--aad-hex", default="", help="External data that was signed along, in hexadecimal.")
def cose_command(file: Path, key_hex: str, aad_hex: str) -> None:
    """Verify the COSE_Sign1 in FILE. Exits 0, or 1 with one line that says why not."""
    key, aad = _bytes(key_hex, "--key-hex"), _bytes(aad_hex, "--aad-hex")
    try:
        data = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as err:
        raise click.BadParameter(f"cannot be read: {err.strerror}", param_hint="FILE") from err
    try:
        sign1 = cose.parse(data)
        check_public_key(key, sign1.alg)
        cose.verify(sign1, key, aad)
    except ZhuqiError as err:
        click.echo(f"{err.code}: {_WHY.get(err.code) or _details(err)}")
        sys.exit(1)


def _details(err: ZhuqiError) -> str:
    if isinstance(err, BadlyFormedError):
        return f"{err.where} {err.problem}".lstrip()
    if isinstance(err, UnsupportedError):
        return err.what
    return ", ".join(f"{field.name} {getattr(err, field.name)}" for field in fields(err))


_WHY = {
    "signature_mismatch": "the signature is not this key's over these bytes",
    "bad_key": "the key is not canonical or of small order",
}


def _read_trust(raw: bytes) -> Trust:
    try:
        plain = json.loads(raw, object_pairs_hook=_without_duplicates)
        root = _key(plain["root"])
        revoked = frozenset(bytes.fromhex(kid).hex() for kid in _list(plain["revoked"]))
        host, issued_at = _text(plain["host"]), _instant(plain["issued_at"], "issued_at")
    except KeyError as err:
        raise click.BadParameter(f"lacks {err}", param_hint="--trust") from err
    except (ValueError, TypeError, RecursionError, ZhuqiError) as err:
        raise click.BadParameter(f"is no trust file: {err}", param_hint="--trust") from err
    return Trust(root=root, host=host, revoked=revoked, issued_at=issued_at)


def _key(text: str) -> bytes:
    """Of the right size; a weak one verifies nothing, and a gate code asks for none."""
    key = bytes.fromhex(text)
    if len(key) != ED25519.key_bytes:
        raise ValueError("root must be a public key")
    return key


def _list(value: object) -> list[Any]:
    if type(value) is not list:
        raise ValueError("revoked must be a list")
    return value


def _text(value: object) -> str:
    if type(value) is not str or not value:
        raise ValueError("host must be a text")
    return value


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    plain = dict(pairs)
    if len(plain) != len(pairs):
        raise ValueError("a key stands twice")
    return plain


def _instant(text: object, what: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text if isinstance(text, str) else "")
        in_utc = None if instant.tzinfo is None else instant.astimezone(UTC)
    except (ValueError, OverflowError):
        in_utc = None
    if in_utc is None:
        raise click.BadParameter("must be a time such as 2026-11-10T09:30:00+08:00", param_hint=what)
    return in_utc


def _bytes(text: str, what: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError as err:
        raise click.BadParameter("must be hexadecimal", param_hint=what) from err
