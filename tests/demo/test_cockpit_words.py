from __future__ import annotations

from datetime import date

from sync_server.demo.cockpit_texts import TEXTS, day_texts


def test_the_cockpit_says_the_same_in_both_languages() -> None:
    assert TEXTS["zh"].keys() == TEXTS["en"].keys()


def test_the_day_has_its_weekday_in_the_pages_language() -> None:
    assert day_texts(date(2026, 11, 25)) == {"zh": "2026-11-25 周三", "en": "2026-11-25 Wed"}
