"""`zhuqi simulate`: the phone's real storage and sync, many times over, without screens."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import rich_click as click


@click.command()
@click.option("--server", required=True, help="The server's address, such as http://127.0.0.1:8000.")
@click.option("--phones", default=10, show_default=True, type=click.IntRange(1, 1000))
@click.option("--visits", default=5, show_default=True, type=click.IntRange(1, 1000), help="Visits a phone.")
@click.option("--seed", default=1, show_default=True, type=int)
@click.option("--faults", default="", help="Any of drop,dup,reorder,cut,kill.")
@click.option(
    "--codes", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Enrolment codes, one a line."
)
@click.option(
    "--timeout", default=900.0, show_default=True, type=click.FloatRange(min=1), help="Give up after, seconds."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def simulate(
    server: str,
    phones: int,
    visits: int,
    seed: int,
    faults: str,
    codes: Path | None,
    timeout: float,
    *,
    as_json: bool,
) -> None:
    """Let phones make visits over a bad network; exit 1 where a record was lost, doubled or not receipted."""
    from field_app.simulate.faults import FAULTS  # noqa: PLC0415 - `zhuqi --help` must not load the phone
    from field_app.simulate.run import Simulation, run  # noqa: PLC0415
    from shared_models.errors import ZhuqiError  # noqa: PLC0415

    chosen = tuple(part.strip() for part in faults.split(",") if part.strip())
    if unknown := [fault for fault in chosen if fault not in FAULTS]:
        raise click.BadParameter(f"{unknown[0]} is none of {','.join(FAULTS)}", param_hint="--faults")
    given = tuple(line.strip() for line in codes.read_text("utf-8").splitlines() if line.strip()) if codes else ()
    if codes and len(given) < phones:
        raise click.BadParameter(f"holds {len(given)} codes for {phones} phones", param_hint="--codes")
    with tempfile.TemporaryDirectory(prefix="zhuqi-simulate-") as folder:
        simulation = Simulation(
            server.rstrip("/"), phones, visits, seed, chosen, given, Path(folder), timeout_seconds=timeout
        )
        try:
            reckoning = asyncio.run(run(simulation, lambda line: click.echo(line, err=True)))
        except TimeoutError:
            raise click.ClickException(f"not all receipted after {timeout:.0f} seconds") from None
        except ZhuqiError as err:
            raise click.ClickException(str(err)) from err
    if as_json:
        click.echo(json.dumps(asdict(reckoning)))
    else:
        for key, value in asdict(reckoning).items():
            click.echo(f"{key}: {value}")
    sys.exit(0 if reckoning.is_whole else 1)
