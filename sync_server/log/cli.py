"""`zhuqi log`: whether the database holds what the log says, and whether the log is what others have seen."""

from __future__ import annotations

from pathlib import Path

import rich_click as click


@click.group()
def log() -> None:
    """The county's one log."""


@log.command()
@click.option("--data", type=click.Path(path_type=Path), help="The server's data folder; default ZHUQI_DATA.")
@click.option(
    "--checkpoint",
    "checkpoints",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A signed checkpoint that was kept elsewhere; may be given several times.",
)
def audit(data: Path | None, checkpoints: tuple[Path, ...]) -> None:
    """Recompute leaves, tree, signatures and views, and name what differs; exit 1 where something does.

    Reads only. A log that was rewritten as a whole shows against the checkpoints that phones have signed to have
    seen, and against those given with --checkpoint.
    """
    from sync_server.log.audit import audit_log  # noqa: PLC0415
    from sync_server.open_county import open_county  # noqa: PLC0415 - `zhuqi --help` must not load the server
    from sync_server.settings import settings_from  # noqa: PLC0415

    settings = settings_from(data_dir=data)
    if not settings.service_key_file.exists():
        message = f"no county was started in {settings.data_dir}"
        raise click.ClickException(message)
    found = audit_log(open_county(settings), [path.read_text("utf-8") for path in checkpoints])
    for finding in found.findings:
        click.echo(str(finding))
    click.echo(f"{found.size} entries, root {found.root.hex()}")
    click.echo(f"{found.signatures} signatures, {found.witnesses} checkpoints that others have seen")
    if found.findings:
        click.echo(f"{len(found.findings)} differences")
        raise SystemExit(1)
    click.echo("no difference")
