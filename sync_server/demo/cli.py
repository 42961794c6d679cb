"""`zhuqi demo`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import rich_click as click


@click.command()
@click.option("--no-open", is_flag=True, help="Do not open a browser.")
@click.option("--port", default=8080, show_default=True, type=click.IntRange(1, 65535), help="Server and cockpit.")
@click.option("--field-port", default=8081, show_default=True, type=click.IntRange(1, 65535), help="The phones.")
@click.option("--data", default=".demo", show_default=True, type=click.Path(path_type=Path), help="The demo's folder.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day on which the story plays; default today.")
@click.option("--fresh", is_flag=True, help="Forget the story so far and begin again.")
def demo(no_open: bool, port: int, field_port: int, data: Path, today: datetime | None, fresh: bool) -> None:
    """A whole invented county in a cockpit: two phones, gate sheets, the supervisor's page. Ctrl-C ends it."""
    from rich.console import Console  # noqa: PLC0415 - `zhuqi --help` must not load the server
    from rich.progress import Progress, TaskID  # noqa: PLC0415

    from sync_server.demo.accounts import ACCOUNTS, PASSWORD  # noqa: PLC0415
    from sync_server.demo.fonts import demo_font  # noqa: PLC0415
    from sync_server.demo.page_app import built_app  # noqa: PLC0415
    from sync_server.demo.run_demo import DemoOptions, run_demo  # noqa: PLC0415

    console = Console()
    console.print("Zhuqi 助企码: the demo county. Everything in it is invented.")
    options = DemoOptions(
        data_dir=data.absolute(),
        port=port,
        field_port=field_port,
        today=today.date() if today else None,
        fresh=fresh,
        open_browser=not no_open,
        font=demo_font(),
        app_dir=built_app(),
    )
    if options.app_dir is None:
        console.print("without the app as a page, which is not built: make app (it needs Node.js)", highlight=False)
    with Progress(console=console, transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def progress(what: str, done: int, of: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=of)
            bars.update(tasks[what], completed=done)

        def say(text: str) -> None:
            console.print(text, highlight=False, soft_wrap=True)
            if text.startswith("ready"):
                bars.stop()
                for account in ACCOUNTS:
                    console.print(f"  {account.name:13} {account.zh} ({account.en})", highlight=False)
                console.print(f"password of all of them: {PASSWORD}", highlight=False)
                console.print("Ctrl-C ends the demo.")

        try:
            run_demo(options, say, progress)
        except OSError as err:
            console.print(f"the demo could not start: {err}", style="red")
            raise SystemExit(1) from err
