"""Templates and exports: what goes out comes in again without a change, and is never a formula."""

from __future__ import annotations

import csv as csv_module
import io

import pytest
from python_calamine import CalamineWorkbook

from sync_server.county import County
from sync_server.registry.sheets.columns import THINGS
from sync_server.registry.sheets.errors import SheetError
from sync_server.registry.sheets.export import TABLES, export_table
from sync_server.registry.sheets.imports import (
    prepare_import,
    read_import,
)
from sync_server.registry.sheets.write_sheet import write_csv, write_template
from tests.pages.visitor import Visitor
from tests.registry_desk.desk_hands import keep, size, wrong


@pytest.mark.parametrize("thing", sorted(THINGS))
def test_a_template_has_the_columns_that_are_read_and_no_rows(county: County, thing: str) -> None:
    with CalamineWorkbook.from_filelike(io.BytesIO(write_template(THINGS[thing]))) as book:
        (headers,) = book.get_sheet_by_index(0).to_python()
    assert [THINGS[thing].column_of(header) for header in headers] == list(THINGS[thing].columns)
    with pytest.raises(SheetError) as refused:
        prepare_import(county, "office", thing, "t.xlsx", write_template(THINGS[thing]))
    assert refused.value.problem == "nothing_in_it"


@pytest.mark.parametrize("thing", sorted(THINGS))
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_was_exported_is_imported_without_a_change(county: County, thing: str, kind: str) -> None:
    key = prepare_import(county, "office", thing, f"a.{kind}", export_table(county, thing, kind))
    assert wrong(county, key) == []
    before = size(county)
    keep(county, key)
    assert size(county) > before
    again = prepare_import(county, "office", thing, f"a.{kind}", export_table(county, thing, kind))
    assert read_import(county, again).new == 0


@pytest.mark.parametrize("table", TABLES)
def test_every_table_is_exported(county: County, office: Visitor, table: str) -> None:
    for kind in ("xlsx", "csv"):
        answer = office.get(f"/registry/exports/{table}.{kind}")
        assert answer.status_code == 200
        assert f'filename="zhuqi-{table}.{kind}"' in answer.headers["content-disposition"]
    assert office.get(f"/registry/exports/{table}.pdf").status_code == 404
    assert office.get("/registry/exports/accounts.csv").status_code == 404


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_an_exported_text_is_never_a_formula(start: str) -> None:
    text = f'{start}HYPERLINK("http://evil")'
    written = write_csv(("a",), [(text,)]).decode("utf-8-sig")
    (_, (cell,)) = list(csv_module.reader(io.StringIO(written)))
    assert cell == f"'{text}"
