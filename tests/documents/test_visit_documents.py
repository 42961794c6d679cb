from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from shared_models.commitment import LetterRefused
from shared_models.copy_code import Copied, read_copy
from shared_models.visit import Guidance, LegalEducation, Need, Photo, VisitClosed
from sync_server.accounts.account import Role
from sync_server.accounts.add_account import add_account
from sync_server.county import County
from sync_server.documents.print_documents import print_letter, print_record, print_slip
from sync_server.errors import NotFoundError
from sync_server.supervision.read_visit import read_visit
from sync_server.supervision.shown_visit import ShownVisit
from tests.core.test_letter import OFFICERS, RARE, letter
from tests.letters.hands import VISIT, finding, signed_letter
from tests.pages.stories import HOSTILE, LONG, PASSWORD
from tests.pages.visitor import Visitor
from tests.server.lent_app import client_of
from tests.server.towns import NOON, USCC, at_gate, enrolled, fetch, file, later, send, settled_town

OUT = Path(__file__).resolve().parents[2] / ".build" / "documents"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[County, ShownVisit]]:
    """An inspection with all that a document can carry, hostile texts among it."""
    county = settled_town(tmp_path_factory.mktemp("documents"))
    file(county)
    phone = enrolled(county)
    fetch(county, phone)
    steps = [
        ("guidance_given", Guidance(f"配电箱前一米内不堆放物品。{RARE}")),
        ("law_taught", LegalEducation(LONG, "《消防法》第十六条")),
        ("photo_taken", Photo(b"p" * 32, 1000, 640, 480, HOSTILE)),
        ("need_noted", Need("夜间错峰用电 💡", "办公室 林女士")),
        ("finding_noted", finding(what=f"疏散通道堆放原料 {HOSTILE}")),
    ]
    envelopes = [phone.write("visit_opened", replace(at_gate(phone), assistants=1), visit=VISIT)]
    for minutes, (kind, body) in enumerate(steps, start=5):
        envelopes.append(phone.write(kind, body, visit=VISIT, at=NOON + timedelta(minutes=minutes)))
    found = phone.prev or b""
    signed = signed_letter(found, facts=f"疏散通道堆放原料 {RARE}")
    envelopes.append(phone.write("letter_signed", signed, visit=VISIT, at=NOON + timedelta(minutes=20)))
    refused = LetterRefused(letter(finding=found, enterprise=USCC), "认为不是自己堆的", "社区干部王五", OFFICERS)
    envelopes.append(phone.write("letter_refused", refused, visit=VISIT, at=NOON + timedelta(minutes=25)))
    closed = VisitClosed(note="企业负责人在场")
    envelopes.append(phone.write("visit_closed", closed, visit=VISIT, at=NOON + timedelta(minutes=30)))
    later(county, minutes=31)
    send(county, *envelopes)
    yield county, read_visit(county, VISIT)
    county.engine.dispose()


def code_on(picture: bytes, name: str) -> str:
    OUT.mkdir(parents=True, exist_ok=True)
    path = OUT / f"{name}.png"
    path.write_bytes(picture)
    with Image.open(path) as opened:
        (found,) = zxingcpp.read_barcodes(opened)
    return found.text


def letters_of(visit: ShownVisit) -> list[str]:
    return [one.id for one in visit.records if one.kind in ("letter_signed", "letter_refused")]


def test_each_documents_code_leads_to_its_proof(told: tuple[County, ShownVisit]) -> None:
    county, visit = told
    host = county.settings.public_host
    opening = next(one.id for one in visit.records if one.kind == "visit_opened")
    record = read_copy(code_on(print_record(county, visit, "png")[0], "record"), host)
    assert (record.kind, record.record.hex()) == (Copied.VISIT, opening)
    slip = read_copy(code_on(print_slip(county, visit, "png")[0], "slip"), host)
    assert (slip.kind, slip.record.hex()) == (Copied.GUIDANCE, opening)
    for i, one in enumerate(letters_of(visit)):
        copy = read_copy(code_on(print_letter(county, visit, one, "png")[0], f"letter-{i}"), host)
        assert (copy.kind, copy.record.hex()) == (Copied.LETTER, one)


def words_of(pdf: bytes, tmp_path: Path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    path = tmp_path / "document.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
    return re.sub(r"\s+", "", done.stdout.decode("utf-8"))


def test_the_documents_say_what_was_recorded_and_carry_no_marks_that_move_text(
    told: tuple[County, ShownVisit], tmp_path: Path
) -> None:
    county, visit = told
    (record,) = print_record(county, visit)
    said = words_of(record, tmp_path)
    for text in (
        "现场检查笔录",
        "起止时间",
        "执法证号market-1",
        "记录人",
        "企业负责人在场",
        "协助人员",
        "夜间错峰用电〔U+1F4A1〕",
        "〔U+…〕是字体里没有的符号",
    ):
        assert text in said, text
    assert "\u202e" not in said
    (signed,) = print_letter(county, visit, letters_of(visit)[0])
    said = words_of(signed, tmp_path)
    for text in ("承诺书", "第三十三条第一款前半句", "情节轻微", "2026-11-27", "张三", "逾期不改"):
        assert text in said, text
    (refused,) = print_letter(county, visit, letters_of(visit)[1])
    said = words_of(refused, tmp_path)
    assert "拒绝签字" in said
    assert "没有签字，有见证人" in said
    assert "已在执法人员手机上签署" not in said


def test_there_is_no_document_of_what_was_not_recorded(told: tuple[County, ShownVisit]) -> None:
    county, visit = told
    with pytest.raises(NotFoundError):
        print_letter(county, visit, "00" * 32)
    empty = replace(visit, records=tuple(one for one in visit.records if one.kind == "visit_opened"))
    with pytest.raises(NotFoundError):
        print_slip(county, empty)
    with pytest.raises(NotFoundError):
        print_record(county, replace(visit, opening=None))


def test_the_supervisor_opens_each_document_from_the_visits_page_and_nobody_else_does(
    told: tuple[County, ShownVisit],
) -> None:
    county, visit = told
    add_account(county, "lin", PASSWORD, Role.SUPERVISOR)
    with client_of(county) as client:
        somebody = Visitor(client)
        address = f"/visits/{visit.visit}/documents/"
        assert somebody.get(f"{address}record.pdf").status_code == 303
        somebody.log_in("lin", PASSWORD)
        page = somebody.get(f"/visits/{visit.visit}").text
        links = re.findall(rf'href="({re.escape(address)}[^"]+)"', page)
        assert len(links) == 4
        for link in links:
            answer = somebody.get(link)
            assert answer.status_code == 200
            assert answer.content.startswith(b"%PDF")
        for wrong in ("record.exe", "record", "00.pdf", f"{'00' * 32}.pdf", "..%2frecord.pdf"):
            assert somebody.get(address + wrong).status_code == 404
