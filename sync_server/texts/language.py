"""Chinese first, English switchable: every text is a pair, looked up by its key."""

from __future__ import annotations

from calendar import month_name
from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias, get_args

from sync_server.texts.account_pages import ACCOUNT_PAGES
from sync_server.texts.case_pages import CASE_PAGES
from sync_server.texts.check_page import CHECK_PAGE
from sync_server.texts.codes import CODES
from sync_server.texts.draw_pages import DRAW_PAGES
from sync_server.texts.filing_pages import FILING_PAGES
from sync_server.texts.filing_words import FILING_TERMS, PROBLEMS, WRONGS
from sync_server.texts.matter_pages import MATTER_PAGES
from sync_server.texts.office_pages import OFFICE_PAGES
from sync_server.texts.offsite_desk import OFFSITE_DESK, OFFSITE_PROBLEMS
from sync_server.texts.offsite_owner import OFFSITE_OWNER
from sync_server.texts.pages import PAGES
from sync_server.texts.reasons import CLAUSES, NEXT_STEPS, REASONS
from sync_server.texts.registry_desk import REGISTRY_DESK
from sync_server.texts.sheet_pages import SHEET_PAGES
from sync_server.texts.terms import TERMS
from sync_server.texts.visit_page import VISIT_PAGE

Language: TypeAlias = Literal["zh", "en"]
TABLES = (
    PAGES,
    CHECK_PAGE,
    VISIT_PAGE,
    FILING_PAGES,
    OFFICE_PAGES,
    OFFSITE_DESK,
    OFFSITE_OWNER,
    MATTER_PAGES,
    REGISTRY_DESK,
    SHEET_PAGES,
    DRAW_PAGES,
    CASE_PAGES,
    ACCOUNT_PAGES,
)
_TEXTS = dict(ChainMap(*TABLES))
LANGUAGES: tuple[Language, ...] = get_args(Language)


def pick(text: str | None) -> Language:
    """The language of a cookie or address; Chinese for anything else."""
    return "en" if text == "en" else "zh"


@dataclass(frozen=True, slots=True)
class Say:
    """The texts of one language, for templates: `say("visits_title")`, `say.term("deny")`, `say.code("chain_gap")`."""

    language: Language = "zh"

    def __call__(self, key: str, **values: object) -> str:
        text = self._pick(_TEXTS[key])
        return text.format(**values) if values else text

    def term(self, word: str) -> str:
        """A value of the county's nouns in words; the value itself where it is free text."""
        return self._or_itself(TERMS if word in TERMS else FILING_TERMS, word)

    def problem(self, word: str) -> str:
        """What is wrong with one field of a form."""
        return self._or_itself(PROBLEMS if word in PROBLEMS else OFFSITE_PROBLEMS, word)

    def wrong(self, code: str) -> str:
        """What keeps a filing from being accepted at once."""
        return self._or_itself(WRONGS, code)

    def code(self, code: str) -> str:
        return self._or_itself(CODES, code)

    def knows_code(self, code: str) -> bool:
        return code in CODES

    def reason(self, code: str) -> str:
        return self._or_itself(REASONS, code)

    def next_step(self, code: str) -> str:
        """What to do about a reason; blank for one from a newer app."""
        text = NEXT_STEPS.get(code)
        return self._pick(text) if text else ""

    def clause(self, clause: str) -> str:
        return self._or_itself(CLAUSES, clause)

    def day(self, day: date) -> str:
        """In full, for whoever is not at a desk."""
        if self.language == "zh":
            return f"{day.year} 年 {day.month} 月 {day.day} 日"
        return f"{day.day} {month_name[day.month]} {day.year}"

    @property
    def html_language(self) -> str:
        return "zh-Hans-CN" if self.language == "zh" else "en"

    def _pick(self, pair: tuple[str, str]) -> str:
        return pair[LANGUAGES.index(self.language)]

    def _or_itself(self, table: Mapping[str, tuple[str, str]], key: str) -> str:
        pair = table.get(key)
        return self._pick(pair) if pair else key
