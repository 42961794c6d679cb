"""`python -m benchmarks`: measure, print a table, write .build/bench.json. Nothing here passes or fails."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import rich_click as click
from rich.console import Console

from benchmarks import (
    app_page,
    browser_ports,
    changes,
    code_sizes,
    core,
    desks,
    first_sync,
    gate_decision,
    import_sheet,
    ingest,
    ingest_postgresql,
    suggestions,
)
from benchmarks.bench import Bench
from benchmarks.figures import Section, keep, show
from benchmarks.machine import this_machine

FIGURES: dict[str, Callable[[Bench], Section]] = {
    "codes": code_sizes.measure,
    "core": core.measure,
    "ingest": ingest.measure,
    "first-sync": first_sync.measure,
    "gate": gate_decision.measure,
    "changes": changes.measure,
    "suggestions": suggestions.measure,
    "import": import_sheet.measure,
    "desks": desks.measure,
    "postgresql": ingest_postgresql.measure,
    "app": app_page.measure,
    "browser": browser_ports.measure,
}


@click.command()
@click.option("--quick", is_flag=True, help="Small sizes, to see that all still runs; its figures say little.")
@click.option("--only", multiple=True, type=click.Choice(list(FIGURES)), help="These figures alone; may be repeated.")
def main(*, quick: bool, only: tuple[str, ...]) -> None:
    """What the project promises in figures, measured on this machine."""
    console = Console()
    machine = this_machine()
    console.print(" · ".join(f"{name} {value}" for name, value in machine.items()), highlight=False)
    build = Path(os.environ.get("ZHUQI_BUILD_DIR", ".build"))
    build.mkdir(parents=True, exist_ok=True)
    sections: dict[str, Section] = {}
    with tempfile.TemporaryDirectory(prefix="bench-", dir=build) as folder:
        bench = Bench(quick, Path(folder).absolute())
        with bench.stack:
            for name in only or FIGURES:
                with console.status(f"{name} …"):
                    sections[name] = FIGURES[name](bench)
                show(sections[name], console)
                keep(build / "bench.json", {**machine, "quick": quick}, sections)


if __name__ == "__main__":
    main()
