"""`zhuqi server`: run it, or make its views again from the log."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from shared_models.errors import BadlyFormedError, ZhuqiError

if TYPE_CHECKING:
    from sync_server.settings import Settings


@click.group(invoke_without_command=True)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--data", type=click.Path(path_type=Path), help="Folder of everything the server keeps.")
@click.option("--clock-file", type=click.Path(path_type=Path), help="Shift the clock by a file; for demonstrations.")
@click.pass_context
def server(context: click.Context, host: str, port: int, data: Path | None, clock_file: Path | None) -> None:
    """The county's server: the one log, its views, its pages."""
    from dataclasses import replace  # noqa: PLC0415 - `zhuqi --help` must not load the server

    settings = _settings(data)
    if clock_file is not None:
        settings = replace(settings, clock_file=clock_file)
    context.obj = settings
    if context.invoked_subcommand is None:
        from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415

        from sync_server.app import create_app  # noqa: PLC0415
        from sync_server.observed import set_up_logging  # noqa: PLC0415
        from sync_server.serving import serve  # noqa: PLC0415

        set_up_logging(settings.log_level)
        try:
            app = create_app(settings)
        except (OSError, SQLAlchemyError, ZhuqiError) as err:
            why = str(err).partition("\n")[0]
            message = f"cannot start on {settings.data_dir}: {why}"
            raise click.ClickException(message) from err
        click.echo(f"zhuqi server: http://{host}:{port} data {settings.data_dir}", err=True)
        serve(app, host=host, port=port)


def _settings(data: Path | None) -> Settings:
    from sync_server.settings import settings_from  # noqa: PLC0415

    try:
        return settings_from(data_dir=data)
    except BadlyFormedError as err:
        message = f"{err.where} {err.problem}"
        raise click.UsageError(message) from err


@server.command("rebuild-views")
@click.option("--data", type=click.Path(path_type=Path), help="As of the server; may stand before or after.")
@click.pass_obj
def rebuild(settings: object, data: Path | None) -> None:
    """Make the views again from the log; exit 1 where they differed from what was there."""
    from sync_server.log.rebuild_views import rebuild_views  # noqa: PLC0415
    from sync_server.open_county import open_county  # noqa: PLC0415
    from sync_server.settings import Settings  # noqa: PLC0415

    if data is not None or not isinstance(settings, Settings):
        settings = _settings(data)
    if not settings.service_key_file.exists():
        message = f"no county was started in {settings.data_dir}"
        raise click.ClickException(message)
    result = rebuild_views(open_county(settings))
    for table, rows in result.differences.items():
        click.echo(f"{table}: {rows} rows differed")
    click.echo(f"{result.size} entries, root {result.root.hex()}")
    if result.differences:
        raise SystemExit(1)
    click.echo("no difference")
