"""`zhuqi draw`: repeat a published draw, with nothing but its file."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import rich_click as click

from shared_models.draw_file import verify_draw
from shared_models.errors import ZhuqiError
from sync_server.pages.times import shown_instant
from sync_server.texts import Say

_ROOT_BYTES = 32


@click.group()
def draw() -> None:
    """双随机: draws that anybody can repeat."""


@draw.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--root", "root_text", help="The county's root key in hexadecimal; else the file's own is printed.")
def verify(file: Path, root_text: str | None) -> None:
    """Repeat the draw in FILE (or `-`). Prints one JSON object; exits 1 with one line where anything differs."""
    root = None if root_text is None else _root(root_text)
    try:
        data = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as err:
        raise click.BadParameter(f"cannot be read: {err.strerror}", param_hint="FILE") from err
    try:
        found = verify_draw(data, root)
    except ZhuqiError as err:
        raise click.ClickException(f"{err} – {Say('en').code(err.code)}") from err
    shown = {
        "title": found.opened.title,
        "department": found.opened.department,
        "pool_fixed": shown_instant(found.opened_at),
        "source": found.opened.source,
        "value_due": shown_instant(found.opened.due),
        "value": found.closed.value,
        "drawn_at": shown_instant(found.closed_at),
        "enterprises": len(found.pool.enterprises),
        "officers": len(found.pool.officers),
        "drawn": [{"enterprise": one.enterprise, "officers": list(one.officers)} for one in found.closed.drawn],
        "root": found.root.hex(),
    }
    click.echo(json.dumps(shown, ensure_ascii=False, indent=1))


def _root(text: str) -> bytes:
    try:
        root = bytes.fromhex(text)
    except ValueError as err:
        raise click.BadParameter("must be hexadecimal", param_hint="--root") from err
    if len(root) != _ROOT_BYTES:
        raise click.BadParameter(f"must be {_ROOT_BYTES} bytes", param_hint="--root")
    return root
