"""`zhuqi field`: the field app in a window, or with `--web` in this machine's browser."""

from __future__ import annotations

import logging
import os
from importlib.util import find_spec
from pathlib import Path

import rich_click as click

DEFAULT_PORT = 8550


@click.command()
@click.option("--web", is_flag=True, help="Serve phones at /phone/1, /phone/2, … for this machine's browser.")
@click.option("--port", default=DEFAULT_PORT, show_default=True, type=click.IntRange(0, 65535))
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Where the phones keep their data.")
@click.option(
    "--server", default="", help="Ask this address, whatever host a code names. Example: http://127.0.0.1:8000"
)
@click.option("--clock-file", type=click.Path(path_type=Path), help='JSON {"shift_seconds": n}: the demo\'s day.')
@click.option("--cockpit", is_flag=True, help="Let the demo's cockpit hold codes before the cameras (with --web).")
def field(*, web: bool, port: int, data: Path | None, server: str, clock_file: Path | None, cockpit: bool) -> None:
    """Run the field app. Without --web it opens a window of its own."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    folder = (data or Path(os.environ.get("ZHUQI_FIELD_DATA") or Path.home() / ".zhuqi" / "field")).absolute()
    if web:
        _serve(port, folder, server, clock_file, cockpit=cockpit)
    else:
        _window(folder, server, clock_file)


def _serve(port: int, folder: Path, server: str, clock_file: Path | None, *, cockpit: bool) -> None:
    import uvicorn  # noqa: PLC0415 only the browser needs it

    from field_app.clock import ShiftedClock, SystemClock  # noqa: PLC0415 a help text should not load the app
    from field_app.cockpit_routes import add_cockpit_routes  # noqa: PLC0415
    from field_app.web import Phones, build_app  # noqa: PLC0415
    from field_app.web_assets import build_web_assets  # noqa: PLC0415

    assets = build_web_assets(progress=lambda text: click.echo(text, err=True))
    clock = ShiftedClock(clock_file) if clock_file else SystemClock()
    phones = Phones(folder, server, assets, clock=clock, is_cockpit=cockpit)
    app = build_app(phones, add_cockpit_routes if cockpit else None)
    click.echo(f"http://127.0.0.1:{port}/phone/1/")
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=port,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=2,
        ws_max_size=32 * 1024 * 1024,
    )


def _window(folder: Path, server: str, clock_file: Path | None) -> None:
    if find_spec("flet_desktop") is None:  # Flet would fetch and install it by itself, and nobody asked for that
        raise click.ClickException("a window needs the package flet-desktop; use --web for this machine's browser")
    import flet as ft  # noqa: PLC0415 as above

    from field_app.app import main_for  # noqa: PLC0415
    from field_app.clock import ShiftedClock, SystemClock  # noqa: PLC0415
    from field_app.device.home import devices_of, make_host  # noqa: PLC0415

    clock = ShiftedClock(clock_file) if clock_file else SystemClock()
    ft.run(main_for(make_host(folder / "phone-0", clock=clock, server=server), devices_of))
