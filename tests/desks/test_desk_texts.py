"""Every text that the desks can ask for exists, in both languages, with the same blanks to fill."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from shared_models.filing import CheckCategory, FilingPlan, FilingState
from sync_server.drafts.draft import DraftState
from sync_server.filings import find_wrongs
from sync_server.filings.filing_filter import Mark, Order
from sync_server.texts.check_page import CHECK_PAGE
from sync_server.texts.filing_pages import FILING_PAGES
from sync_server.texts.filing_words import FILING_TERMS, PROBLEMS, WRONGS
from sync_server.texts.office_pages import OFFICE_PAGES
from sync_server.texts.pages import PAGES
from sync_server.texts.terms import TERMS
from sync_server.texts.visit_page import VISIT_PAGE

TABLES = {
    "filings": FILING_PAGES,
    "office": OFFICE_PAGES,
    "problems": PROBLEMS,
    "wrongs": WRONGS,
    "terms": FILING_TERMS,
}
ROOT = Path(__file__).parents[2] / "sync_server"
TEMPLATES = [*(ROOT / "templates" / "filings").iterdir(), *(ROOT / "templates" / "office").iterdir()]
TEMPLATES += [*(ROOT / "templates" / "calendar").iterdir(), *(ROOT / "templates" / "drafts").iterdir()]
CJK = re.compile(r"[\u4e00-\u9fff]")


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("table", TABLES)
def test_both_languages_say_the_same_with_the_same_blanks(table: str) -> None:
    for key, (chinese, english) in TABLES[table].items():
        assert blanks(chinese) == blanks(english), key
        assert english.strip(), key
        assert not CJK.search(english), key
        assert CJK.search(chinese), key


def test_no_key_stands_in_two_tables() -> None:
    pages = (PAGES, VISIT_PAGE, CHECK_PAGE, FILING_PAGES, OFFICE_PAGES)
    assert len(set().union(*pages)) == sum(map(len, pages))
    assert not TERMS.keys() & FILING_TERMS.keys()


def test_templates_ask_only_for_texts_that_there_are() -> None:
    asked: set[str] = set()
    for path in TEMPLATES:
        asked |= set(re.findall(r"""say\((?:"|')([a-z0-9_]+)(?:"|')[,)]""", path.read_text("utf-8")))
    assert len(asked) > 100
    assert asked <= PAGES.keys() | VISIT_PAGE.keys() | FILING_PAGES.keys() | OFFICE_PAGES.keys()


def test_every_value_that_a_desk_shows_has_a_word() -> None:
    terms = {f"filing_state_{state}" for state in FilingState} | {f"plan_{plan}" for plan in FilingPlan}
    assert terms | {f"category_{one}" for one in CheckCategory} <= FILING_TERMS.keys()
    keys = {f"draft_state_{state}" for state in DraftState} | {f"mark_{mark}" for mark in Mark}
    assert keys | {f"order_filed_{order}" for order in Order} <= FILING_PAGES.keys()


def test_every_problem_and_wrong_of_the_code_has_words() -> None:
    wrongs = set(re.findall(r'Wrong\("([a-z_]+)"', Path(find_wrongs.__file__).read_text("utf-8")))
    assert wrongs == WRONGS.keys()
    sources = [*(ROOT / "filings").glob("*.py"), *(ROOT / "calendar").glob("*.py")]
    sources.append(ROOT.parent / "shared_models" / "policy_limits.py")
    found: set[str] = set()
    for path in sources:
        source = path.read_text("utf-8")
        found |= set(re.findall(r'InvalidError\((?:"[^"]*"|[a-z_]+|f"[^"]*"), "([a-z_]+)"\)', source))
        found |= set(re.findall(r'(?:found\["[a-z_]+"\] =|return \{name:) "([a-z_]+)"', source))
        found |= set(re.findall(r'Forbidden\([^,]+, "([a-z_]+)"', source))
    desk_only = found - {"not_published", "do_not_cover_a_part", "not_parts_of_it", "not_yours_to_replace"}
    assert len(desk_only) > 20
    assert desk_only - PROBLEMS.keys() == set()
