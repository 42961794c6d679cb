"""Drafts of filings, the only changeable data: each save counts, so that nobody overwrites another unknowingly."""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, insert, or_, select, update

from shared_models.errors import ZhuqiError
from shared_models.shape import from_plain, to_plain
from sync_server.clock import milliseconds
from sync_server.county import County
from sync_server.errors import NotFoundError
from sync_server.filings.tables import drafts
from sync_server.filings.typed_filing import TypedFiling
from sync_server.storage.engine import reading, writing

_MOST_LISTED = 200


class DraftState(StrEnum):
    """`filed`: its filings are in the register; the draft only remembers which."""

    WRITING = "writing"
    FOR_HEAD = "for_head"
    SENT_BACK = "sent_back"
    FILED = "filed"
    DROPPED = "dropped"


OPEN = (DraftState.WRITING, DraftState.FOR_HEAD, DraftState.SENT_BACK)


@dataclass(frozen=True, slots=True)
class Draft:
    """`comment` is the head's; `filed` the ids of the filings that came of it."""

    id: str
    department: str
    state: DraftState
    version: int
    made_by: str
    saved_by: str
    saved_at: int
    typed: TypedFiling
    comment: str = ""
    filed: tuple[str, ...] = ()


@dataclass(eq=False)
class DraftChangedError(ZhuqiError):
    """Somebody else has saved it since: `saved_by` at `saved_at`."""

    code = "draft_changed"
    saved_by: str
    saved_at: int


@dataclass(frozen=True, slots=True)
class _Body:
    typed: TypedFiling
    comment: str = ""
    filed: tuple[str, ...] = ()


def new_draft(county: County, account: str, department: str, typed: TypedFiling) -> Draft:
    with writing(county.engine) as connection:
        return new_draft_in(connection, county.clock.now(), account, department, typed)


def new_draft_in(connection: Connection, now: datetime, account: str, department: str, typed: TypedFiling) -> Draft:
    draft = Draft(secrets.token_hex(8), department, DraftState.WRITING, 1, account, account, milliseconds(now), typed)
    connection.execute(insert(drafts).values(_row(draft)))
    return draft


def read_draft(county: County, draft: str) -> Draft:
    """Raises NotFoundError."""
    with reading(county.engine) as connection:
        return draft_in(connection, draft)


def draft_in(connection: Connection, draft: str) -> Draft:
    row = connection.execute(select(drafts).where(drafts.c.id == draft)).one_or_none()
    if row is None:
        raise NotFoundError("draft", draft)
    return _draft(row)


def draft_of_visit(county: County, department: str, visit: str) -> Draft | None:
    """One that was opened for this visit, which is to be filed afterwards, and is not filed yet."""
    found = (one for one in list_drafts(county, {department}) if one.typed.opened_by_visit == visit)
    return next(found, None)


def list_drafts(county: County, departments: Collection[str]) -> tuple[Draft, ...]:
    """Those that are open, the newest first; nobody's desk holds more than some hundreds."""
    query = (
        select(drafts)
        .where(drafts.c.department.in_(sorted(departments)), or_(*(drafts.c.state == state.value for state in OPEN)))
        .order_by(drafts.c.saved_at.desc())
        .limit(_MOST_LISTED)
    )
    with reading(county.engine) as connection:
        return tuple(_draft(row) for row in connection.execute(query))


def save_draft(
    county: County,
    account: str,
    draft: Draft,
    *,
    typed: TypedFiling | None = None,
    state: DraftState | None = None,
    comment: str | None = None,
) -> Draft:
    """`draft` as it was read. Raises DraftChangedError where it is not what lies there now."""
    with writing(county.engine) as connection:
        saved = Draft(
            draft.id,
            draft.department,
            state or draft.state,
            draft.version,
            draft.made_by,
            account,
            milliseconds(county.clock.now()),
            typed or draft.typed,
            draft.comment if comment is None else comment,
            draft.filed,
        )
        return save_in(connection, saved)


def save_in(connection: Connection, draft: Draft) -> Draft:
    """In place of the draft of the same version."""
    fresh = _row(draft) | {"version": draft.version + 1}
    changed = connection.execute(
        update(drafts).where(drafts.c.id == draft.id, drafts.c.version == draft.version).values(fresh)
    )
    if changed.rowcount != 1:
        now = draft_in(connection, draft.id)
        raise DraftChangedError(now.saved_by, now.saved_at)
    return draft_in(connection, draft.id)


def _row(draft: Draft) -> dict[str, Any]:
    body = json.dumps(to_plain(_Body(draft.typed, draft.comment, draft.filed)))
    return {
        "id": draft.id,
        "department": draft.department,
        "state": draft.state.value,
        "version": draft.version,
        "made_by": draft.made_by,
        "saved_by": draft.saved_by,
        "saved_at": draft.saved_at,
        "body": body.encode("ascii"),
    }


def _draft(row: Any) -> Draft:
    body = from_plain(_Body, json.loads(row.body), "draft", may_be_newer=True)
    return Draft(
        row.id,
        row.department,
        DraftState(row.state),
        row.version,
        row.made_by,
        row.saved_by,
        row.saved_at,
        body.typed,
        body.comment,
        body.filed,
    )
