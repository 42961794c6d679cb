"""What the enterprise keeps: the code of the letter that was signed, or of what was advised."""

from __future__ import annotations

from dataclasses import dataclass

from field_app.enrolment.state import require_trust
from field_app.errors import MissingError
from field_app.letters.letter_texts import copy_of_letter_words, slip_words
from field_app.phone import Phone
from field_app.storage.database import Rows
from field_app.visits.visit_page import page_of
from shared_models.commitment import LetterRefused, LetterSigned
from shared_models.copy_code import Copied, Copy, copy_text, read_copy
from shared_models.visit import Guidance, LegalEducation


@dataclass(frozen=True, slots=True)
class LeftCopy:
    """`code` is the text of the QR code; `is_whole`: it carries the words themselves, and not the link alone."""

    code: str
    words: str
    is_whole: bool


async def leave_letter(phone: Phone, visit: bytes, letter: bytes) -> LeftCopy:
    """Raises MissingError for what is no letter of the visit."""

    def read(rows: Rows) -> LeftCopy:
        entry = next((one for one in page_of(rows, visit).entries if one.id == letter), None)
        if entry is None or not isinstance(entry.body, LetterSigned | LetterRefused):
            raise MissingError("letter")
        words = copy_of_letter_words(entry.body.letter, refused=isinstance(entry.body, LetterRefused))
        return _coded(rows, Copy(Copied.LETTER, letter, words))

    return await phone.database.read(read)


async def leave_guidance(phone: Phone, visit: bytes) -> LeftCopy:
    """All that was advised and taught until now; it names the opening. Raises MissingError where nothing was."""

    def read(rows: Rows) -> LeftCopy:
        page = page_of(rows, visit)
        advised = tuple(one.body for one in page.entries if isinstance(one.body, Guidance | LegalEducation))
        if not advised:
            raise MissingError("guidance")
        decision = page.summary.decision
        words = slip_words(decision.enterprise_name or decision.enterprise, advised)
        return _coded(rows, Copy(Copied.GUIDANCE, page.summary.opening, words))

    return await phone.database.read(read)


def _coded(rows: Rows, copy: Copy) -> LeftCopy:
    host = require_trust(rows).host
    code = copy_text(host, copy)
    return LeftCopy(code, copy.text, read_copy(code, host).text == copy.text)
