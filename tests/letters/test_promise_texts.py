"""Every text that the desk of letters can ask for exists, in both languages, with the same blanks to fill."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

from shared_models.corrections import CorrectionWord
from sync_server.letters.matter_filter import Order, Stage
from sync_server.letters.matter_states import First, FollowUp, MatterKind, MatterState
from sync_server.portal import keep_public_photo
from sync_server.texts.filing_words import PROBLEMS
from sync_server.texts.language import TABLES
from sync_server.texts.matter_pages import MATTER_PAGES
from sync_server.texts.terms import TERMS

ROOT = Path(__file__).parents[2] / "sync_server"
TEMPLATES = ROOT / "templates" / "letters"
ACTS = ("correction_shown", "correction_answered", "promise_broken", "sparing_decided", "follow_up_planned")
CJK = re.compile(r"[\u4e00-\u9fff]")


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_say_the_same_with_the_same_blanks() -> None:
    for key, (chinese, english) in MATTER_PAGES.items():
        assert blanks(chinese) == blanks(english), key
        assert CJK.search(chinese), key
        assert english.strip(), key
        assert not CJK.search(english), key


def test_every_word_of_a_matter_has_its_text() -> None:
    wanted = {f"matter_{state}" for state in MatterState} | {f"matter_kind_{kind}" for kind in MatterKind}
    wanted |= {f"stage_{one}" for one in Stage} | {f"letters_none_{one}" for one in (*Stage, "todo")}
    wanted |= {f"order_{one}" for one in Order} | {f"first_{one}" for one in First}
    wanted |= {f"follow_up_{one}" for one in FollowUp if one is not FollowUp.NONE}
    wanted |= {f"follow_up_on_{one}" for one in FollowUp if one is not FollowUp.NONE}
    wanted |= {f"said_{word}" for word in CorrectionWord}
    assert wanted <= MATTER_PAGES.keys()
    assert set(ACTS) <= TERMS.keys()


def test_every_refusal_of_a_photo_or_a_field_has_words() -> None:
    source = Path(keep_public_photo.__file__).read_text("utf-8")
    problems = set(re.findall(r'PhotoRefusedError\("([a-z_]+)"\)', source))
    assert {"empty", "not_a_picture"} <= problems
    assert {f"copy_shown_photo_{one}" for one in problems} <= MATTER_PAGES.keys()
    sources = [*(ROOT / "letters").glob("*.py"), ROOT / "cases" / "open_case.py"]
    refused = set().union(
        *(re.findall(r'InvalidError\("[a-z]+", "([a-z_]+)"', one.read_text("utf-8")) for one in sources)
    )
    assert {"is_missing", "too_long", "out_of_range"} <= refused
    assert refused - {"too_many", "not_of_this_record"} <= PROBLEMS.keys(), refused - PROBLEMS.keys()


def test_templates_ask_only_for_texts_that_there_are() -> None:
    known = {key for table in TABLES for key in table}
    asked: set[str] = set()
    for template in TEMPLATES.glob("*.html"):
        asked |= set(re.findall(r"""say\((?:"|')([a-z0-9_]+)(?:"|')[,)]""", template.read_text("utf-8")))
    assert len(asked) > 80
    assert asked <= known, asked - known
