"""Every text of the off-site pages exists, in both languages, with the same blanks to fill."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from shared_models.offsite import Outcome, Said
from sync_server.offsite.check_filter import Wanted
from sync_server.offsite.register import CheckState
from sync_server.offsite.typed_answers import find_gaps
from sync_server.texts.language import TABLES as PAGE_TABLES
from sync_server.texts.offsite_desk import OFFSITE_DESK, OFFSITE_PROBLEMS
from sync_server.texts.offsite_documents import LABELS, STATES
from sync_server.texts.offsite_owner import OFFSITE_OWNER

ROOT = Path(__file__).parents[2] / "sync_server"
TABLES = {"desk": OFFSITE_DESK, "owner": OFFSITE_OWNER, "problems": OFFSITE_PROBLEMS}
CJK = re.compile(r"[一-鿿]")


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("table", TABLES)
def test_both_languages_say_the_same_with_the_same_blanks(table: str) -> None:
    for key, (chinese, english) in TABLES[table].items():
        assert blanks(chinese) == blanks(english), key
        assert english.strip(), key
        assert not CJK.search(english), key
        assert CJK.search(chinese), key


def test_templates_ask_only_for_texts_that_there_are() -> None:
    asked: set[str] = set()
    for path in (ROOT / "templates" / "offsite").iterdir():
        asked |= set(re.findall(r"""say\((?:"|')([a-z0-9_]+)(?:"|')[,)]""", path.read_text("utf-8")))
    assert len(asked) > 90
    assert asked <= {key for table in PAGE_TABLES for key in table}


def test_no_text_of_ours_stands_in_another_table_too() -> None:
    keys = [key for table in PAGE_TABLES for key in table]
    ours = OFFSITE_DESK.keys() | OFFSITE_OWNER.keys()
    assert {key for key in ours if keys.count(key) > 1} == set()


def test_every_state_outcome_and_word_has_its_text() -> None:
    desk = (
        {f"of_s_{one}" for one in CheckState} | {f"of_w_{one}" for one in Wanted} | {f"of_o_{one}" for one in Outcome}
    )
    owner = {f"ow_state_{one}" for one in CheckState} | {f"ow_{one}" for one in Said}
    assert desk <= OFFSITE_DESK.keys()
    assert owner <= OFFSITE_OWNER.keys()
    assert {one.value for one in CheckState} == STATES.keys()
    assert {one.value for one in Said} | {f"outcome_{one}" for one in Outcome} <= LABELS.keys()


def test_every_way_of_refusing_has_its_text() -> None:
    source = "".join(path.read_text("utf-8") for path in (ROOT / "offsite").glob("*.py"))
    source += (ROOT / "portal" / "keep_public_photo.py").read_text("utf-8")
    words = set(re.findall(r'noted\.word(?:, noted\.theirs)? = "(\w+)"', source)) | {"often", "too_much", "not_utf8"}
    photos = set(re.findall(r'PhotoRefusedError\("(\w+)"\)', source)) | {"photos_each", "photos_all", "busy", "no_room"}
    assert {"over", "changed"} <= words
    assert {f"ow_word_{one}" for one in words} <= OFFSITE_OWNER.keys()
    assert {f"ow_photo_{one}" for one in photos} <= OFFSITE_OWNER.keys()
    gaps = set(re.findall(r'"(\w+_too_long|not_said|photo_is_missing|is_missing)"', _source_of(find_gaps)))
    assert {f"ow_gap_{one}" for one in gaps} <= OFFSITE_OWNER.keys()


def _source_of(function: object) -> str:
    import inspect  # noqa: PLC0415 - this test alone reads code

    return inspect.getsource(function)  # type: ignore[arg-type]
