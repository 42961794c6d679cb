"""A register of 50,000 enterprises as a workbook: read and judged, previewed, and kept, as the desk does it."""

from __future__ import annotations

import time
from io import BytesIO
from pathlib import Path

import xlsxwriter

from benchmarks.bench import Bench
from benchmarks.county import OFFICE, a_quiet_morning, enterprise_of, settings_of
from benchmarks.figures import Figure, Section
from sync_server.clock import FixedClock
from sync_server.open_county import open_county
from sync_server.registry.sheets.columns import ENTERPRISES
from sync_server.registry.sheets.imports import prepare_import, read_import, run_import, start_import

MOST_SECONDS = 60
_WRONG = 3


def measure(bench: Bench) -> Section:
    rows = 1_000 if bench.quick else 50_000
    book = _workbook(rows)
    return _measured(bench.folder / "import", "", rows, book, "SQLite")


def _measured(folder: Path, url: str, rows: int, book: bytes, name: str) -> Section:
    county = open_county(settings_of(folder, url), FixedClock(a_quiet_morning()))
    steps: dict[str, float] = {}
    cpu = time.process_time()
    try:
        began = time.perf_counter()
        key = prepare_import(county, OFFICE, "enterprises", "register.xlsx", book)
        steps["read and judged"] = time.perf_counter() - began
        began = time.perf_counter()
        preview = read_import(county, key)
        steps["preview"] = time.perf_counter() - began
        began = time.perf_counter()
        start_import(county, key, skip_bad=True)
        run_import(county, OFFICE, key)
        steps["kept"] = time.perf_counter() - began
        done = read_import(county, key)
    finally:
        county.engine.dispose()
    if (preview.good, preview.bad, done.done) != (rows, _WRONG, rows):
        raise RuntimeError("not every row was imported")
    return Section(
        f"{rows:,} enterprises imported from a workbook, {name}",
        (
            Figure("from the upload to the last row kept", sum(steps.values()), "s", MOST_SECONDS),
            *(Figure(f"  {step}", seconds, "s") for step, seconds in steps.items()),
            Figure("of CPU", time.process_time() - cpu, "s"),
            Figure("the workbook", len(book), "bytes"),
        ),
    )


def _workbook(rows: int) -> bytes:
    """As the template has its columns, with three rows that are refused at the end."""
    data = BytesIO()
    book = xlsxwriter.Workbook(data, {"constant_memory": True})
    sheet = book.add_worksheet("企业")
    sheet.write_row(0, 0, [column.chinese for column in ENTERPRISES.columns])
    for i in range(rows):
        one = enterprise_of(i)
        gates = ";".join(f"{gate.no}={gate.place}" for gate in one.gates)
        status = "存续" if one.status == "active" else "注销"
        shown = [one.uscc, one.name, status, one.township, one.address, one.industry, gates]
        contact = ["李四", f"0577-6{i:07}", "王五", "A", "低", f"XZXW-{i:08}"]
        sheet.write_row(i + 1, 0, [*shown, *contact])
    for i in range(_WRONG):
        sheet.write_row(rows + 1 + i, 0, [f"9133032600000000{i}X", "平阳无码厂"])
    book.close()
    return data.getvalue()
