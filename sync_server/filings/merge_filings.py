"""Filings are merged into a joint visit (联合入企, 三.4)."""

from __future__ import annotations

from collections.abc import Sequence

from shared_models.acts import FilingsMerged
from shared_models.filing import FilingState
from sync_server.county import County
from sync_server.errors import InvalidError, WrongStateError
from sync_server.filings.accept_filing import filing_in_state
from sync_server.log.writing import writing


def merge_filings(county: County, account: str, joint: str, parts: Sequence[str]) -> None:
    """`joint` is an accepted filing that names the departments and the enterprises of all parts.

    Raises NotFoundError, WrongStateError, or InvalidError where the joint filing does not cover a part.
    """
    if not parts or joint in parts:
        raise InvalidError("parts", "not_parts_of_it")
    with writing(county) as tx:
        whole = filing_in_state(tx, joint, FilingState.ACCEPTED)
        for part in parts:
            entry = filing_in_state(tx, part, FilingState.ACCEPTED, FilingState.SUBMITTED)
            if entry.merged_into is not None:
                raise WrongStateError("filing", part, "merged")
            if not set(entry.form.departments) <= set(whole.form.departments):
                raise InvalidError("joint.departments", "do_not_cover_a_part")
            if not set(entry.form.enterprises) <= set(whole.form.enterprises):
                raise InvalidError("joint.enterprises", "do_not_cover_a_part")
        tx.append_act(account, FilingsMerged(joint, tuple(parts)))
