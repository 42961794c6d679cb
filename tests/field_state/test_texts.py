from __future__ import annotations

import importlib
import pkgutil
import re
import string
from datetime import date, timedelta
from pathlib import Path

import pytest

import field_app
import shared_models
from field_app.texts import SCREENS, Language, Texts
from field_app.texts_errors import ERRORS
from field_app.texts_reasons import CLAUSES, ENTRIES, EXCEPTIONS, GROUNDS, IDENTIFIED, PURPOSES, REASONS, VERDICTS
from shared_models.errors import ZhuqiError
from shared_models.facts import Decision, Ground
from shared_models.filing import Purpose
from shared_models.gate_rows import ROWS
from shared_models.kinds import KINDS, Author
from shared_models.policy import SEVEN_REASONS
from shared_models.visit import Entry, Identified

HAN = re.compile("[\u4e00-\u9fff]")
SOURCES = Path(field_app.__file__).parent
PAIRS: dict[str, tuple[str, str]] = {
    **{f"screen {key}": pair for key, pair in SCREENS.items()},
    **{f"error {key}": pair for key, pair in ERRORS.items()},
    **{f"reason {key}": pair[0] for key, pair in REASONS.items()},
    **{f"next {key}": pair[1] for key, pair in REASONS.items()},
    **{f"clause {key}": pair for key, pair in CLAUSES.items()},
    **{f"verdict {key}": pair[0] for key, pair in VERDICTS.items()},
    **{f"verdict line {key}": pair[1] for key, pair in VERDICTS.items()},
    **{
        f"word {key}": pair
        for table in (EXCEPTIONS, PURPOSES, GROUNDS, ENTRIES, IDENTIFIED)
        for key, pair in table.items()
    },
}


OF_THE_DESKS = ("shared_models.case", "shared_models.instalments")


def _error_codes() -> set[str]:
    for package in (field_app, shared_models):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    pending, found = [ZhuqiError], set()
    while pending:
        kind = pending.pop()
        # the server's, and those of cases, which no phone opens, are its pages' business
        if kind.__module__.startswith(("field_app.", "shared_models.")) and kind.__module__ not in OF_THE_DESKS:
            found.add(kind.code)
        pending.extend(kind.__subclasses__())
    return found


def test_every_error_that_can_reach_a_screen_has_words() -> None:
    assert _error_codes() - set(ERRORS) == set()


def test_every_row_verdict_and_word_of_the_rules_has_words() -> None:
    assert {row.code for row in ROWS} == set(REASONS)
    assert {row.clause for row in ROWS if row.clause} == set(CLAUSES)
    assert set(VERDICTS) == set(Decision)
    assert set(PURPOSES) == set(Purpose)
    assert set(GROUNDS) == set(Ground)
    assert set(ENTRIES) == set(Entry)
    assert set(IDENTIFIED) == set(Identified)
    assert set(EXCEPTIONS) == {*SEVEN_REASONS, "other"}
    assert {f"kind_{name}" for name, kind in KINDS.items() if kind.author is Author.PHONE} <= set(SCREENS)


@pytest.mark.parametrize("name", sorted(PAIRS))
def test_both_languages_say_it_in_their_own_script_with_the_same_values(name: str) -> None:
    chinese, english = PAIRS[name]
    assert chinese.strip()
    assert english.strip()
    if name == "screen other_language":  # said in the language that it leads to
        chinese, english = english, chinese
    assert not HAN.search(english)
    assert HAN.search(chinese) or name == "screen pin"
    assert _fields(chinese) == _fields(english)
    assert not re.search("[\u4e00-\u9fff][,;:!?()]", chinese), "full-width punctuation stands after Chinese"


def _fields(text: str) -> set[str]:
    return {name for _text, name, _spec, _conv in string.Formatter().parse(text) if name}


def test_every_text_that_a_screen_asks_for_exists_and_every_text_is_asked_for() -> None:
    sources = "\n".join(path.read_text("utf-8") for path in SOURCES.rglob("*.py") if not path.name.startswith("texts_"))
    asked = set(re.findall(r"""(?:\bt|\.say)\(\s*["']([a-z_]+)["']""", sources))
    assert asked - set(SCREENS) == set()
    unused = {
        key for key in SCREENS if not re.search(f"[\"']{key}[\"']", sources) and not key.startswith(("kind_", "theme_"))
    }
    assert unused == set()


def test_a_code_without_words_is_shown_so_that_it_can_be_told_on_the_telephone() -> None:
    assert "flux_inverted" in Texts(Language.ZH).error("flux_inverted")
    assert "flux_inverted" in Texts(Language.EN).error("flux_inverted")


def test_a_record_that_was_set_aside_is_not_said_to_have_stopped_the_phone() -> None:
    """A phone restored from a backup writes on."""
    for language in Language:
        texts = Texts(language)
        assert texts.set_aside("chain_fork") != texts.error("chain_fork")
        assert texts.set_aside("author_revoked") == texts.error("author_revoked")


def test_what_is_missing_is_named() -> None:
    assert Texts(Language.ZH).error("missing", what="entry_reason") == "事后补录要写原因"


def test_days_and_ages_are_said_as_people_say_them() -> None:
    zh, en = Texts(Language.ZH), Texts(Language.EN)
    assert zh.span(date(2026, 11, 4), date(2026, 11, 24)) == "11月4–24日"
    assert en.span(date(2026, 11, 4), date(2026, 12, 2)) == "4 Nov–2 Dec"
    assert zh.months(date(2026, 11, 2), date(2026, 11, 29)) == "2026年11月"
    assert zh.months(date(2026, 11, 23), date(2026, 12, 20)) == "2026年11–12月"
    assert en.months(date(2026, 11, 23), date(2026, 12, 20)) == "Nov–Dec 2026"
    assert zh.months(date(2026, 12, 28), date(2027, 1, 17)) == "2026年12月–2027年1月"
    assert zh.day_and_weekday(date(2026, 11, 24)) == "11月24日 周二"
    assert (zh.names(["林一", "陈二"]), en.names(["林一", "陈二"])) == ("林一、陈二", "林一, 陈二")
    assert zh.age(timedelta(seconds=5)) == "刚刚"
    assert zh.age(timedelta(hours=47)) == "47 小时前"
    assert zh.age(timedelta(days=4)) == "4 天前"
    assert zh.age(timedelta(days=-1)) == "刚刚"
