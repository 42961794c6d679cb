"""Every text that a page can ask for exists, in both languages, with the same blanks to fill."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import sync_server.accounts.errors
import sync_server.errors
import sync_server.sync.accept_records
from shared_models import errors
from shared_models.gate_rows import ROWS
from shared_models.kinds import KINDS, Author
from sync_server.accounts.account import Role
from sync_server.supervision.visit_filter import Flag, Order, VisitState
from sync_server.texts import LANGUAGES, Say
from sync_server.texts.account_pages import ACCOUNT_PAGES
from sync_server.texts.case_pages import CASE_PAGES
from sync_server.texts.codes import CODES
from sync_server.texts.draw_pages import DRAW_PAGES
from sync_server.texts.language import TABLES as PAGE_TABLES
from sync_server.texts.pages import PAGES
from sync_server.texts.reasons import CLAUSES, NEXT_STEPS, REASONS
from sync_server.texts.registry_desk import REGISTRY_DESK
from sync_server.texts.sheet_pages import SHEET_PAGES
from sync_server.texts.terms import TERMS
from sync_server.texts.visit_page import VISIT_PAGE

TABLES = {
    "pages": PAGES,
    "registry": REGISTRY_DESK,
    "sheets": SHEET_PAGES,
    "draws": DRAW_PAGES,
    "cases": CASE_PAGES,
    "accounts": ACCOUNT_PAGES,
    "visit": VISIT_PAGE,
    "codes": CODES,
    "reasons": REASONS,
    "next": NEXT_STEPS,
    "clauses": CLAUSES,
    "terms": TERMS,
}
TEMPLATES = Path(__file__).parents[2] / "sync_server" / "templates"
OURS = [
    "frame",
    "landing",
    "login",
    "marks",
    "refusal",
    "visits",
    "set_aside",
    "visit",
    "visit_facts",
    "visit_proofs",
    "visit_timeline",
    "visit_verdict",
]
CJK = re.compile(r"[\u4e00-\u9fff]")


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("table", TABLES)
def test_both_languages_say_the_same_with_the_same_blanks(table: str) -> None:
    for key, pair in TABLES[table].items():
        chinese, english = pair
        assert blanks(chinese) == blanks(english), key
        assert english.strip(), key
        assert not CJK.search(english) or key == "other_language", key
        assert chinese.strip(), key
        assert key in ("other_language", "colon", "comma") or CJK.search(chinese), key


def test_no_key_stands_in_two_page_tables() -> None:
    keys = [key for table in PAGE_TABLES for key in table]
    assert sorted(set(keys)) == sorted(keys)


def test_every_reason_of_the_gate_has_words_a_next_step_and_its_clause() -> None:
    assert set(REASONS) == set(NEXT_STEPS) == {row.code for row in ROWS}
    assert {row.clause for row in ROWS if row.clause} <= set(CLAUSES)


def family(module: object) -> Iterator[type[errors.ZhuqiError]]:
    found = (value for value in vars(module).values() if isinstance(value, type))
    return (one for one in found if issubclass(one, errors.ZhuqiError))


@pytest.mark.parametrize("module", [errors, sync_server.errors, sync_server.accounts.errors])
def test_every_code_of_ours_has_words(module: object) -> None:
    assert {one.code for one in family(module)} <= set(CODES)


def test_every_way_of_setting_aside_has_words() -> None:
    source = Path(sync_server.sync.accept_records.__file__).read_text("utf-8")
    aside = set(re.findall(r'"((?:author|body|seen|visit|chain|from)_[a-z_]+)"', source))
    assert {"author_revoked", "from_newer_app", "body_malformed", "seen_impossible"} <= aside
    assert aside - set(KINDS) <= set(CODES)


def test_every_value_that_a_page_shows_is_a_term() -> None:
    phones = {name for name, kind in KINDS.items() if kind.author is Author.PHONE}
    roles = {f"role_{role}" for role in Role}
    assert phones | roles | {state.value for state in VisitState} <= set(TERMS)
    assert {f"flag_{flag}" for flag in Flag} | {f"order_{order}" for order in Order} <= set(PAGES)


def test_templates_ask_only_for_texts_that_there_are() -> None:
    asked: set[str] = set()
    for name in OURS:
        source = (TEMPLATES / f"{name}.html").read_text("utf-8")
        asked |= set(re.findall(r"""say\((?:"|')([a-z0-9_]+)(?:"|')[,)]""", source))
    assert len(asked) > 100
    assert asked <= {key for table in PAGE_TABLES for key in table}


def test_the_word_of_an_unknown_code_is_the_code_itself() -> None:
    for language in LANGUAGES:
        say = Say(language)
        assert say.code("from_the_future") == say.reason("from_the_future") == say.term("from_the_future")
        assert say.next_step("from_the_future") == ""
