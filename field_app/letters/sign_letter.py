"""The letter becomes a record: signed by the person on site and two officers, or refused before a witness."""

from __future__ import annotations

from dataclasses import dataclass

from field_app.errors import (
    AlreadyLetterError,
    MissingError,
    NoFindingsError,
    NoSignatureError,
    NotSparedError,
    TextTooLongError,
)
from field_app.letters.letter_draft import ON_SITE, WITNESS, LetterDraft
from field_app.letters.letter_texts import CONSEQUENCES, STATEMENT
from field_app.phone import Phone
from field_app.storage.database import Rows
from field_app.visits.journal import Entry, Written, append
from field_app.visits.visit_page import VisitPage, page_of, require_open
from shared_models.calendar import day_of
from shared_models.commitment import (
    MAX_NAME,
    MAX_TEXT,
    SPARED,
    Commitment,
    LetterRefused,
    LetterSigned,
    PersonOnSite,
    Signed,
)
from shared_models.leniency import Correction
from shared_models.signature import is_signature, strokes_of
from shared_models.visit import Companion, Position

_NAMED_FOR_PERSON = ("name", "role", "phone", "witness")


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that is complete but for its record."""

    body: LetterSigned | LetterRefused

    @property
    def kind(self) -> str:
        return "letter_signed" if isinstance(self.body, LetterSigned) else "letter_refused"


def officers_of(page: VisitPage) -> tuple[Companion, ...]:
    """Who signs: the licensed people of the visit, the phone's own officer first, and no more than two."""
    return tuple(one for one in page.summary.decision.people if one.licence)[:2]


def letter_of(page: VisitPage, draft: LetterDraft) -> Commitment:
    """The letter's words. Raises MissingError, NotSparedError, TextTooLongError."""
    facts, outcome = draft.dialog.facts, draft.dialog.outcome
    if facts is None or outcome is None:
        raise MissingError("answers")
    if outcome.outcome not in SPARED:
        raise NotSparedError
    if draft.finding is None or draft.due is None or draft.provision is None:
        raise MissingError("finding" if draft.finding is None else "due" if draft.due is None else "provision")
    _check_words(draft)
    decision = page.summary.decision
    return Commitment(
        number=_number(page),
        filing=decision.verdict.filing,
        enterprise=decision.enterprise,
        enterprise_name=decision.enterprise_name[:MAX_TEXT],
        on_site=PersonOnSite(draft.name.strip(), draft.role.strip(), draft.phone.strip()),
        finding=draft.finding,
        facts=draft.facts.strip(),
        provision_name=draft.provision.name,
        provision_text=draft.provision.text,
        leniency=facts,
        basis=outcome.basis,
        education=draft.education.strip(),
        measure=draft.measure.strip(),
        due=draft.due,
        consequences=CONSEQUENCES,
        statement=STATEMENT,
        recheck=draft.due if facts.correction is Correction.PLEDGED else None,
    )


def finished(page: VisitPage, draft: LetterDraft, position: Position | None = None) -> Letter:
    """Raises NoSignatureError beside what `letter_of` raises."""
    letter = letter_of(page, draft)
    officers = tuple(_signed(draft, one.id, one.name, one) for one in officers_of(page))
    if not draft.is_refused:
        return Letter(LetterSigned(letter, _signed(draft, ON_SITE, draft.name), officers, position))
    if not draft.reason.strip() or not draft.witness.strip():
        raise MissingError("reason" if not draft.reason.strip() else "witness")
    hand = _signed(draft, WITNESS, draft.witness) if draft.strokes.get(WITNESS) else None
    return Letter(LetterRefused(letter, draft.reason.strip(), draft.witness.strip(), officers, hand, position))


async def sign_letter(phone: Phone, visit: bytes, letter: Letter, *, drop_drafts: tuple[str, ...] = ()) -> Written:
    """Raises AlreadyLetterError for a finding that has its letter."""

    def check(rows: Rows) -> None:
        if not require_open(rows, visit).body.purpose.may_find:
            raise NoFindingsError
        if letter.body.letter.finding in letters_by_finding(page_of(rows, visit)):
            raise AlreadyLetterError

    written = await append(phone, Entry(letter.kind, letter.body, visit=visit, drop_drafts=drop_drafts, check=check))
    phone.notices.wake()
    return written


def letters_by_finding(page: VisitPage) -> dict[bytes, bytes]:
    """The letter's record by the finding that it is about."""
    entries = (one for one in page.entries if isinstance(one.body, LetterSigned | LetterRefused))
    return {one.body.letter.finding: one.id for one in entries}


def has_signed(draft: LetterDraft, who: str) -> bool:
    return is_signature(strokes_of(draft.strokes.get(who, "")))


def _signed(draft: LetterDraft, who: str, name: str, officer: Companion | None = None) -> Signed:
    if not has_signed(draft, who):
        raise NoSignatureError(name)
    path = draft.strokes[who]
    return Signed(name.strip(), path, officer.id if officer else None, officer.licence if officer else None)


def _check_words(draft: LetterDraft) -> None:
    for what in ("name", "facts", "measure"):
        if not getattr(draft, what).strip():
            raise MissingError(what)
    for what in (*_NAMED_FOR_PERSON, "facts", "measure", "education", "reason"):
        most = MAX_NAME if what in _NAMED_FOR_PERSON else MAX_TEXT
        if len(getattr(draft, what)) > most:
            raise TextTooLongError(what, most)


def _number(page: VisitPage) -> str:
    """`CN`, the day, the start of the visit's id, and which of the visit's letters: nobody is asked for a number."""
    nth = len(letters_by_finding(page)) + 1
    return f"CN{day_of(page.summary.at):%Y%m%d}-{page.summary.visit.hex()[:6].upper()}-{nth}"
