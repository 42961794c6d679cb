"""Gate sheets on paper: one or a hundred, read again by a camera's decoder; voided and printed anew."""

from __future__ import annotations

import io
from datetime import date

import pytest
import zxingcpp
from click.testing import CliRunner
from PIL import Image

from shared_models.code_texts import gate_text
from shared_models.enterprise import Enterprise, EnterpriseStatus, Gate
from sync_server.accounts.account import Role
from sync_server.accounts.add_account import add_account
from sync_server.admin.cli import admin
from sync_server.check.find_gates import PrintedGate, find_gates
from sync_server.check.print_sheets import draw_sheets, print_sheets
from sync_server.check.read_sheet import read_sheet
from sync_server.errors import NotFoundError, WrongStateError
from sync_server.registry.void_gate import void_gate
from tests.sync.county import BAKERY, FOUNDRY, HOST, MILL, OFFICE, TestCounty, make_county

DAY = date(2026, 11, 24)
A5_AT_110 = (641, 909)


@pytest.fixture
def county(tmp_path) -> TestCounty:
    return make_county(tmp_path)


def printed(name: str, place: str = "正门", no: int = 1) -> PrintedGate:
    return PrintedGate(Enterprise(MILL, EnterpriseStatus.ACTIVE, name), Gate(no, place))


@pytest.mark.parametrize(
    "name",
    [
        "平阳县水头镇欣荣皮革制品有限公司",
        "",
        "㙍𠮷喆昇堃",
        "😀🏭",
        "\u202e皮革\u200f\u2066",
        "超长" * 2_500,
        '"]#panic("x")//',
        "a\nb\tc",
    ],
)
def test_any_name_gives_one_page_whose_code_is_read(county, name):
    (page,) = draw_sheets(county.county.settings, [printed(name)], DAY, dots_per_inch=110)
    picture = Image.open(io.BytesIO(page))
    assert abs(picture.width - A5_AT_110[0]) <= 2
    assert abs(picture.height - A5_AT_110[1]) <= 2
    (code,) = zxingcpp.read_barcodes(picture)
    assert code.text == gate_text(HOST, MILL, 1)
    assert code.ec_level == "Q"


def test_a_hundred_sheets_are_one_file_each_with_its_own_code(county):
    gates = [printed("平阳制革", no=no) for no in range(1, 101)]
    pdf = print_sheets(county.county.settings, gates, DAY)
    assert pdf.startswith(b"%PDF-")
    assert len(pdf) < 3_000_000
    pages = draw_sheets(county.county.settings, gates, DAY, dots_per_inch=60)
    texts = [zxingcpp.read_barcodes(Image.open(io.BytesIO(page)))[0].text for page in pages]
    assert texts == [gate_text(HOST, MILL, no) for no in range(1, 101)]


def test_void_gates_and_closed_enterprises_get_no_sheet(county):
    found = find_gates(county.county, None)
    assert {(one.enterprise.uscc, one.gate.no) for one in found} == {(MILL, 1), (BAKERY, 1), (FOUNDRY, 1)}
    with pytest.raises(NotFoundError):
        find_gates(county.county, ["91350100M000100Y4Z"])


def test_a_voided_gate_says_so_and_its_successor_has_a_number_never_used(county):
    fresh = void_gate(county.county, OFFICE, MILL, 1, renew=True)
    assert fresh == Gate(3, "东门")
    assert read_sheet(county.county, f"{MILL}-1").state == "void"
    assert read_sheet(county.county, f"{MILL}-3").state == "good"
    with pytest.raises(WrongStateError):
        void_gate(county.county, OFFICE, MILL, 1)
    with pytest.raises(NotFoundError):
        void_gate(county.county, OFFICE, MILL, 9)


def test_the_commands_print_void_and_print_anew(county, tmp_path):
    add_account(county.county, "lin", "a long enough word 7", Role.COUNTY_OFFICE)
    data = ["--data", str(county.county.settings.data_dir)]
    out = tmp_path / "sheets.pdf"
    env = {"ZHUQI_PUBLIC_HOST": HOST}

    def call(*words: str):
        return CliRunner().invoke(admin, [*words, *data], env=env)

    printed_all = call("sheets", "--all", "--out", str(out))
    assert (printed_all.exit_code, printed_all.output) == (0, f"3 sheets: {out}\n")
    assert out.read_bytes().startswith(b"%PDF-")
    voided = call("gates", "void", MILL, "1", "--renew", "--account", "lin")
    assert voided.output == f"{MILL}-1 is void\n{gate_text(HOST, MILL, 3)} takes its place\n"
    one = call("sheets", "--enterprise", MILL, "--out", str(out))
    assert one.output.startswith("1 sheets")
    assert call("sheets", "--out", str(out)).exit_code == 2
    assert call("sheets", "--enterprise", "nobody", "--out", str(out)).exit_code == 1
    assert call("gates", "void", MILL, "1", "--account", "lin").exit_code == 1
