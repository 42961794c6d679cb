"""The department's word on a correction: kept, which ends the matter; not yet; or it must be looked at on site."""

from __future__ import annotations

from datetime import date, timedelta

from shared_models.calendar import day_of
from shared_models.corrections import CorrectionAnswered, CorrectionWord
from shared_models.policy import PublishedPolicy
from sync_server.calendar.published import published_policy
from sync_server.county import County
from sync_server.errors import InvalidError, WrongStateError
from sync_server.filings.drafts import filing_drafts
from sync_server.letters.find_matter import Matter, find_matter
from sync_server.letters.matter_states import MatterState
from sync_server.letters.prepare_recheck import prepare_recheck
from sync_server.log.writing import Writing, writing

MAX_COMMENT = 500


def answer_correction(
    county: County, account: str, record: bytes, word: CorrectionWord, *, comment: str = "", due: date | None = None
) -> str | None:
    """The id of the filing draft that is prepared, where it is to be looked at on site; null else.

    Raises NotFoundError, WrongStateError where the matter is over, InvalidError for what the answer must say.
    """
    comment = comment.strip()
    if len(comment) > MAX_COMMENT or "\x00" in comment:
        raise InvalidError("comment", "too_long")
    with writing(county) as tx:
        matter = find_matter(tx.connection, record)
        _check(tx, matter, word, comment, due)
        new_due = due if word is CorrectionWord.NOT_YET else None
        tx.append_act(account, CorrectionAnswered(record, word, comment, new_due), visit=matter.visit)
        if word is not CorrectionWord.ON_SITE:
            return None
        typed = prepare_recheck(tx, matter, comment)
        return filing_drafts.begin_in(tx.connection, tx.now, account, matter.department, typed).id


def latest_due(published: PublishedPolicy, today: date) -> date:
    """A new day may be given, but not without end."""
    return today + timedelta(days=published.correction_days)


def _check(tx: Writing, matter: Matter, word: CorrectionWord, comment: str, due: date | None) -> None:
    if matter.is_over:
        raise WrongStateError("letter", matter.record.hex(), matter.state.value)
    is_shown = matter.state is MatterState.SHOWN
    if word is CorrectionWord.NOT_YET:
        if matter.state not in (MatterState.SHOWN, MatterState.ON_SITE):
            raise WrongStateError("letter", matter.record.hex(), matter.state.value)
        today = day_of(tx.now)
        if due is not None and not today <= due <= latest_due(published_policy(tx.facts), today):
            raise InvalidError("due", "out_of_range")
    # what no photo shows must be said: how it was seen, or what is still missing
    needs_comment = word is CorrectionWord.NOT_YET or (word is CorrectionWord.KEPT and not is_shown)
    if needs_comment and not comment:
        raise InvalidError("comment", "is_missing")
