"""Tables in and out: judged row by row, kept whole or not at all unless somebody says to skip."""

from __future__ import annotations

import json
import re
import time

import pytest
from sqlalchemy import update

from shared_models.enterprise import Enterprise
from shared_models.people import Person
from sync_server.county import County
from sync_server.errors import WrongStateError
from sync_server.registry.sheets.errors import SheetError
from sync_server.registry.sheets.imports import (
    DONE,
    RUNNING,
    STALLED_AFTER_MS,
    prepare_import,
    read_import,
    start_import,
)
from sync_server.registry.tables import imports
from sync_server.storage.engine import writing
from tests.pages.visitor import Visitor
from tests.registry_desk.desk_hands import acts, current, keep, send, size, wrong
from tests.registry_desk.tables import HEADERS, csv, rows, workbook
from tests.server.towns import USCC, later, settle


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_csv_is_read_however_the_spreadsheet_saved_it(county: County, encoding: str, delimiter: str) -> None:
    table = [HEADERS, *rows(3)]
    key = prepare_import(county, "office", "enterprises", "a.csv", csv(table, encoding, delimiter))
    assert wrong(county, key) == []
    keep(county, key)
    enterprise = current(county, "enterprise", table[3][0], Enterprise)
    assert (enterprise.name, enterprise.township, len(enterprise.gates)) == ("虚构企业2", "鳌江镇", 1)


def test_three_wrong_rows_of_five_thousand_are_named_and_nothing_is_kept(bare: County) -> None:
    settle(bare)
    table = [list(row) for row in rows(5000)]
    table[10][0] = table[10][0][:-1] + "?"
    table[2500][1] = " "
    table[4999][2] = "睡着了"
    key = prepare_import(bare, "office", "enterprises", "a.xlsx", workbook([HEADERS, *table]))
    assert wrong(bare, key) == [
        ("企业", 12, "uscc", "not_a_uscc"),
        ("企业", 2502, "name", "empty"),
        ("企业", 5001, "status", "unknown_status"),
    ]
    before = size(bare)
    with pytest.raises(WrongStateError):
        start_import(bare, key, skip_bad=False)
    assert size(bare) == before
    keep(bare, key, skip_bad=True)
    found = read_import(bare, key)
    assert (found.state, found.good, found.bad, found.done) == (DONE, 4997, 3, 4997)
    assert sum(len(act.act.enterprises) for _, act in acts(bare, before)) == 4997
    with pytest.raises(WrongStateError):
        start_import(bare, key, skip_bad=True)


def test_formulas_merged_cells_and_long_numbers_are_named_where_they_stand(county: County) -> None:
    table = [HEADERS, *rows(6)]

    def spoil(sheet: object) -> None:
        sheet.write_formula(1, 1, '="虚构"&"企业"', None, "虚构企业")
        sheet.merge_range(2, 3, 4, 3, "鳌江镇")
        sheet.write_number(5, 4, 12345678901234567890)

    key = prepare_import(county, "office", "enterprises", "a.xlsx", workbook(table, spoil))
    assert wrong(county, key) == [
        ("企业", 2, "name", "formula"),
        ("企业", 3, "township", "merged"),
        ("企业", 4, "township", "merged"),
        ("企业", 5, "township", "merged"),
        ("企业", 6, "phone", "number_lost_digits"),
    ]


def test_a_merged_title_above_the_headers_harms_nothing(county: County) -> None:
    table = [("",) * 5, HEADERS, *rows(2)]
    data = workbook(table, lambda sheet: sheet.merge_range(0, 0, 0, 4, "平阳县企业名单"))
    assert wrong(county, prepare_import(county, "office", "enterprises", "a.xlsx", data)) == []


def test_the_same_number_twice_in_a_file_is_wrong_the_second_time(county: County) -> None:
    one, *_ = rows(1)
    key = prepare_import(county, "office", "enterprises", "a.csv", csv([HEADERS, one, one]))
    assert wrong(county, key) == [("CSV", 3, "uscc", "twice_in_file")]


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("a.csv", b"", "nothing_in_it"),
        ("a.csv", csv([HEADERS]), "nothing_in_it"),
        ("a.csv", csv([HEADERS[1:], *[row[1:] for row in rows(1)]]), "column_missing"),
        ("a.csv", csv([(*HEADERS, "企业名称"), *rows(1)]), "column_twice"),
        ("a.csv", b'"a,b\nc', "broken_file"),
        ("a.csv", b"\xff\x81\x00", "unknown_encoding"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "not_xlsx"),
        ("a.xlsx", b"PK\x03\x04 nonsense", "broken_file"),
        ("a.xlsx", b"hello", "not_xlsx"),
    ],
)
def test_a_file_that_is_no_table_is_refused_as_a_whole(county: County, name: str, data: bytes, problem: str) -> None:
    with pytest.raises(SheetError) as refused:
        prepare_import(county, "office", "enterprises", name, data)
    assert refused.value.problem == problem


def test_what_a_file_does_not_say_stays_as_it_is(county: County) -> None:
    key = prepare_import(county, "office", "enterprises", "a.csv", csv([("uscc", "name"), (USCC, "新名")]))
    keep(county, key)
    enterprise = current(county, "enterprise", USCC, Enterprise)
    assert (enterprise.name, len(enterprise.gates)) == ("新名", 1)


def test_people_are_judged_against_the_roster_and_one_another(county: County) -> None:
    table = [
        ("工号", "姓名", "单位编号", "执法证号", "有效期至"),
        ("n1", "甲", "market", "L1", "2027/12/31"),
        ("n2", "乙", "market", "L1", ""),
        ("n3", "丙", "nowhere", "L3", ""),
        ("fire1", "丁", "market", "", ""),
        ("n5", "戊", "market", "fire-2", "明年"),
    ]
    key = prepare_import(county, "office", "people", "a.csv", csv(table))
    assert wrong(county, key) == [
        ("CSV", 3, "licence", "held"),
        ("CSV", 4, "department", "not_registered"),
        ("CSV", 5, "department", "held_in_another_department"),
        ("CSV", 6, "valid_until", "not_a_day"),
        ("CSV", 6, "licence", "held_in_another_department"),
    ]
    keep(county, key, skip_bad=True)
    assert str(current(county, "person", "n1", Person).valid_until) == "2027-12-31"
    assert current(county, "person", "fire1", Person).department == "fire"


def test_another_systems_export_is_read_by_its_mapping(county: County) -> None:
    (code, name, *_), *_ = rows(1)
    mapping = {
        "thing": "enterprises",
        "columns": {"uscc": "市场主体代码", "name": "主体", "status": "登记情况"},
        "values": {"status": {"01": "存续", "09": "注销"}},
        "fixed": {"township": "昆阳镇"},
    }
    data = csv([("市场主体代码", "主体", "登记情况"), (code, name, "09")])
    key = prepare_import(county, "office", "enterprises", "a.csv", data, json.dumps(mapping).encode())
    keep(county, key)
    enterprise = current(county, "enterprise", code, Enterprise)
    assert (enterprise.status.value, enterprise.township) == ("closed", "昆阳镇")


@pytest.mark.parametrize(
    "mapping",
    [
        b"{",
        b"[]",
        b'{"colums": {}}',
        b'{"thing": "people"}',
        b'{"columns": {"x": "y"}}',
        b'{"header_row": true}',
        b"\xff",
    ],
)
def test_a_mapping_that_is_none_is_refused(county: County, mapping: bytes) -> None:
    with pytest.raises(SheetError) as refused:
        prepare_import(county, "office", "enterprises", "a.csv", csv([HEADERS, *rows(1)]), mapping)
    assert refused.value.problem == "mapping"


def test_an_import_that_was_stopped_goes_on_where_it_was(county: County) -> None:
    key = prepare_import(county, "office", "enterprises", "a.csv", csv([HEADERS, *rows(4100)]))
    start_import(county, key, skip_bad=False)
    with pytest.raises(WrongStateError):
        start_import(county, key, skip_bad=False)
    with writing(county.engine) as connection:  # a server that died after the first part
        connection.execute(update(imports).where(imports.c.id == key).values(done=2000))
    later(county, seconds=STALLED_AFTER_MS / 1000 + 1)
    assert read_import(county, key).state == RUNNING
    before = size(county)
    keep(county, key)
    assert read_import(county, key).done == 4100
    assert sum(len(act.act.enterprises) for _, act in acts(county, before)) == 2100


def test_the_desk_shows_report_choice_and_progress(county: County, office: Visitor) -> None:
    table = [list(row) for row in rows(3)]
    table[1][0] = "x"
    files = {"file": ("企业.csv", csv([HEADERS, *table], "gbk"))}
    answer = send(office, "/registry/sheets", thing="enterprises", files=files)
    assert answer.status_code == 303
    page = answer.headers["location"]
    shown = office.get(page).text
    assert "不是有效的统一社会信用代码" in shown
    assert "跳过 1 个有问题的行" in shown
    before = size(county)
    refused = send(office, page)
    assert refused.status_code == 422
    assert "没有写入：还有问题行" in refused.text
    assert size(county) == before
    assert send(office, page, skip_bad="yes").status_code == 303
    for _ in range(500):
        shown = office.get(page).text
        if "已写入 2 行" in shown:
            break
        time.sleep(0.01)  # the page refreshes itself as well
    assert "已写入 2 行" in shown
    assert "跳过 1 行" in shown
    assert "企业.csv" in office.get("/registry/sheets").text


def test_an_upload_without_a_file_or_with_a_broken_one_says_so_at_the_field(office: Visitor) -> None:
    empty = send(office, "/registry/sheets", thing="enterprises", files={"mapping": ("", b"")})
    assert empty.status_code == 422
    assert "不能空着" in empty.text
    broken = send(office, "/registry/sheets", thing="people", files={"file": ("a.csv", csv([("a", "b"), ("1", "2")]))})
    assert broken.status_code == 422
    assert "缺少这些列：工号、姓名、单位编号" in broken.text
    assert re.search(r'value="people" selected', broken.text)


def test_a_table_of_many_batches_comes_in_whole(county: County) -> None:
    key = prepare_import(county, "office", "enterprises", "a.xlsx", workbook([HEADERS, *rows(5_000)]))
    keep(county, key)
    assert read_import(county, key).done == 5_000


def test_a_large_table_comes_in_over_the_page_and_a_larger_form_elsewhere_does_not(office: Visitor) -> None:
    files = {"file": ("a.csv", csv([HEADERS, *rows(20_000)]))}
    answer = send(office, "/registry/sheets", thing="enterprises", files=files)
    assert answer.status_code == 303
    assert "20000" in office.get(answer.headers["location"]).text
    assert send(office, "/registry/new-person", name="x" * 200_000).status_code == 413
