"""The office answers several filings at once: each by itself, so that one that has changed meanwhile stops no other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from shared_models.errors import ZhuqiError
from shared_models.filing import FilingState
from sync_server.county import County
from sync_server.errors import InvalidError, NotFoundError, WrongStateError
from sync_server.filings.accept_filing import accept_filing
from sync_server.filings.return_filing import return_filing


class Answer(StrEnum):
    ACCEPT = "accept"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class Decided:
    """`number` of one that was accepted; `problem` of one that could not be answered."""

    filing: str
    number: str = ""
    problem: str = ""


def decide_batch(
    county: County, account: str, answer: Answer, chosen: Sequence[str], comment: str
) -> tuple[Decided, ...]:
    """Raises InvalidError for a return without a comment."""
    if answer is Answer.RETURN and not comment.strip():
        raise InvalidError("comment", "is_missing")
    return tuple(_decide(county, account, answer, filing, comment) for filing in dict.fromkeys(chosen))


def _decide(county: County, account: str, answer: Answer, filing: str, comment: str) -> Decided:
    try:
        if answer is Answer.ACCEPT:
            return Decided(filing, number=accept_filing(county, account, filing))
        return_filing(county, account, filing, comment.strip())
    except (NotFoundError, WrongStateError) as err:
        return Decided(filing, problem=_word(err))
    return Decided(filing)


def _word(err: ZhuqiError) -> str:
    state = err.state if isinstance(err, WrongStateError) else ""
    return f"state_{state}" if state in set(FilingState) else err.code
