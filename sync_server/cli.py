"""`zhuqi`: every command comes from the entry points `zhuqi.commands` and is imported only when it is called.

So a part that is not installed (the field app on a server, say) takes no other command with it.
"""

from __future__ import annotations

import io
import sys
from importlib.metadata import EntryPoint, entry_points

import rich_click as click

GROUP = "zhuqi.commands"
SUMMARIES = {
    "rules": "May this visit enter, when may it, and what follows from what it finds.",
    "codes": "Read and verify the codes: gate code, visit pass, slip, credential.",
    "server": "Run the sync server and its pages.",
    "admin": "The county office's tasks: keys, imports, accounts.",
    "log": "Audit the one log: leaves, tree, signatures, views, and what others have seen of it.",
    "demo": "Fill a server with an invented county.",
    "draw": "双随机: repeat a draw from the file that it was published in.",
    "field": "The field app, in a window or in the browser.",
    "simulate": "Phones at work: visits, lost networks, lost phones.",
}


class CommandsByName(click.RichGroup):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *_offered()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A stand-in with the summary: the list of commands must not import them."""
        if cmd_name in _offered():
            return click.RichCommand(name=cmd_name, help=SUMMARIES.get(cmd_name))
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name, command, rest = super().resolve_command(ctx, args)
        offered = _offered().get(name or "")
        return (name, command if offered is None else _load(offered), rest)


def _offered() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=GROUP)}


def _load(point: EntryPoint) -> click.Command:
    try:
        command = point.load()
    except (ImportError, AttributeError) as err:
        raise click.ClickException(f"`zhuqi {point.name}` cannot be used here: {err}") from err
    if not isinstance(command, click.Command):
        raise click.ClickException(f"`zhuqi {point.name}` is no command: {point.value}")
    return command


@click.group(cls=CommandsByName)
@click.version_option(package_name="zhuqi")
def zhuqi() -> None:
    """Zhuqi 助企码: an inspection is filed, allowed today, and provable afterwards."""


def main() -> None:
    for stream in (sys.stdout, sys.stderr):
        # Chinese must come out also where the machine's locale is C or GBK.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    zhuqi(prog_name="zhuqi")
