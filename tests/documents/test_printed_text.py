"""What paper shows of any text: every character is drawn, none moves its neighbours, nothing is lost unsaid."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from sync_server.pages.printed_text import font_folder, has_codes, printed
from sync_server.texts.filing_documents import LABELS
from sync_server.texts.gate_sheet import GATE_SHEET
from sync_server.texts.visit_documents import DOCUMENT


@pytest.fixture(scope="module")
def drawn() -> frozenset[int]:
    (path,) = font_folder().glob("*.[ot]t[fc]")
    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("罐区泄漏🔥！", "罐区泄漏〔U+1F525〕！"),
        ("👨‍👩‍👧 来访", "〔U+1F468 U+1F469 U+1F467〕 来访"),
        ("✅❤️ 好", "〔U+2705 U+2764〕 好"),
        ("㙍𠮷喆 ① ✓ €", "㙍𠮷喆 ① ✓ €"),
        ("ab\u202ecd\x00\u200b", "abcd"),
        ("مرحبا", "〔U+0645 U+0631 U+062D U+0628 U+0627〕"),
    ],
)
def test_what_the_font_lacks_stands_as_its_code(text: str, wanted: str) -> None:
    assert printed(text, 100) == wanted
    assert has_codes(printed(text, 100)) == ("〔U+" in wanted)


def test_line_ends_stay_only_where_they_may() -> None:
    assert printed("一\n二", 100) == "一二"
    assert printed("一\n二", 100, lines=True) == "一\n二"
    assert printed("长" * 5_000, 40) == "长" * 40 + "…"


@given(text=st.text(max_size=60))
def test_no_text_leaves_an_empty_box(text: str, drawn: frozenset[int]) -> None:
    shown = printed(text, 100, lines=True)
    assert {ord(mark) for mark in shown if mark != "\n"} <= drawn
    assert all(mark.isprintable() or mark == "\n" for mark in shown)


def test_our_own_words_on_paper_are_all_in_the_font(drawn: frozenset[int]) -> None:
    words = "".join((*DOCUMENT.values(), *GATE_SHEET.values(), *LABELS.values()))
    assert {mark for mark in words if ord(mark) not in drawn and mark != "\n"} == set()
