"""`zhuqi rules`: the county's rules, asked with JSON (rules 4, 5 and 8)."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import rich_click as click

from shared_models.calendar import second_full_week
from shared_models.enterprise import is_uscc
from shared_models.errors import BadlyFormedError
from shared_models.gate import decide, next_allowed
from shared_models.leniency import LeniencyFacts, spare
from shared_models.shape import from_plain, to_plain
from sync_server.rules.given import facts_from
from sync_server.rules.json_objects import JsonObject, json_objects

_BAD_INPUT = 2
_MAX_LINE_CHARS = 400
# Line ends to Unicode, and so to many a reader of one object a line; JSON itself escapes only those of ASCII.
_LINE_ENDS = {ord(char): f"\\u{ord(char):04x}" for char in "\x85\u2028\u2029"}
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")


@click.group()
def rules() -> None:
    """May this visit enter, when may it, and what follows from what it finds."""


@rules.command()
@click.argument("file")
def gate(file: str) -> None:
    """Decide on the visit in FILE (or -): one JSON object, or one a line."""
    _answer_each(file, lambda plain: to_plain(decide(facts_from(plain))))


@rules.command("next")
@click.argument("file")
def next_days(file: str) -> None:
    """List the days among the coming 60 on which the visit in FILE (or -) would be allowed."""
    _answer_each(file, lambda plain: {"allowed": to_plain(next_allowed(facts_from(plain)))})


@rules.command()
@click.argument("file")
def leniency(file: str) -> None:
    """Say whether the violation in FILE (or -) may or must go unpunished, and what that needs."""
    _answer_each(file, lambda plain: to_plain(spare(from_plain(LeniencyFacts, plain))))


@rules.command("service-week")
@click.argument("month")
def service_week(month: str) -> None:
    """Print the first and the last day of the default service week of MONTH, such as 2026-11."""
    year, number = (int(month[:4]), int(month[5:])) if _MONTH.fullmatch(month) else (0, 0)
    try:
        first, last = second_full_week(year, number)
    except BadlyFormedError as err:
        _refuse(err)
    click.echo(f"{first} {last}")


# A code may begin with a hyphen and is then wrong, not an option.
@rules.command(context_settings={"ignore_unknown_options": True})
@click.argument("code")
@click.pass_context
def uscc(ctx: click.Context, code: str) -> None:
    """Exit with 0 if CODE is a 统一社会信用代码 with a right check character, else with 1."""
    ctx.exit(0 if is_uscc(code) else 1)


def _answer_each(file: str, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Prints every answer, or none: a caller that reads line by line never takes half a file for the whole."""
    try:
        objects = list(json_objects(_read(file)))
        answers = [_answer(one, answer, several=len(objects) > 1) for one in objects]
    except BadlyFormedError as err:
        _refuse(err)
    for line in answers:
        _print(line)


def _answer(one: JsonObject, answer: Callable[[dict[str, Any]], dict[str, Any]], *, several: bool) -> str:
    try:
        return json.dumps(answer(one.value), ensure_ascii=False).translate(_LINE_ENDS)
    except BadlyFormedError as err:
        where = ": ".join(part for part in (f"line {one.line}" if several else "", err.where) if part)
        raise BadlyFormedError(where, err.problem) from err


def _read(file: str) -> bytes:
    if file == "-" and sys.stdin is None:  # closed by whoever called us
        raise BadlyFormedError("input", "is closed")
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except (OSError, ValueError) as err:
        problem = err.strerror if isinstance(err, OSError) and err.strerror else "is no file name"
        raise BadlyFormedError(file, f"cannot be read: {problem}") from err


def _refuse(err: BadlyFormedError) -> NoReturn:
    text = "".join(_visible(char) for char in f"zhuqi rules: {err.where}: {err.problem}")
    if len(text) > _MAX_LINE_CHARS:
        half = _MAX_LINE_CHARS // 2
        text = f"{text[:half]} … {text[-half:]}"
    _print(text, err=True)
    raise SystemExit(_BAD_INPUT)


def _visible(char: str) -> str:
    return char if char.isprintable() else char.encode("unicode_escape").decode("ascii")


def _print(line: str, *, err: bool = False) -> None:
    """UTF-8 wherever it goes. Half of a surrogate pair, which JSON can name and UTF-8 cannot, goes as JSON names it."""
    click.echo(line.encode("utf-8", "backslashreplace"), err=err)
