"""Drafts of off-site checks: each save counts, so that nobody overwrites another unknowingly."""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, insert, select, update

from shared_models.shape import from_plain, to_plain
from sync_server.clock import milliseconds
from sync_server.county import County
from sync_server.errors import NotFoundError
from sync_server.filings.drafts import OPEN, DraftChangedError, DraftState
from sync_server.offsite.tables import offsite_drafts
from sync_server.offsite.typed_check import TypedCheck
from sync_server.storage.engine import reading, writing

_MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class CheckDraft:
    """States as a filing's draft has them; `filed` the ids of the checks that came of it."""

    id: str
    department: str
    state: DraftState
    version: int
    saved_by: str
    saved_at: int
    typed: TypedCheck
    comment: str = ""
    filed: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


@dataclass(frozen=True, slots=True)
class _Body:
    typed: TypedCheck
    comment: str = ""
    filed: tuple[str, ...] = ()


def new_check_draft(county: County, account: str, department: str, typed: TypedCheck) -> CheckDraft:
    now = milliseconds(county.clock.now())
    draft = CheckDraft(secrets.token_hex(8), department, DraftState.WRITING, 1, account, now, typed)
    with writing(county.engine) as connection:
        connection.execute(insert(offsite_drafts).values(_row(draft)))
    return draft


def read_check_draft(county: County, draft: str) -> CheckDraft:
    """Raises NotFoundError."""
    with reading(county.engine) as connection:
        return check_draft_in(connection, draft)


def check_draft_in(connection: Connection, draft: str) -> CheckDraft:
    row = connection.execute(select(offsite_drafts).where(offsite_drafts.c.id == draft)).one_or_none()
    if row is None:
        raise NotFoundError("draft", draft)
    return _draft(row)


def list_check_drafts(county: County, departments: Collection[str]) -> tuple[CheckDraft, ...]:
    """Those that are open, the newest first."""
    columns = offsite_drafts.c
    query = select(offsite_drafts).where(
        columns.department.in_(sorted(departments)), columns.state.in_([state.value for state in OPEN])
    )
    with reading(county.engine) as connection:
        found = connection.execute(query.order_by(columns.saved_at.desc()).limit(_MOST_LISTED))
        return tuple(_draft(row) for row in found)


def save_check_draft(county: County, account: str, draft: CheckDraft, **changes: Any) -> CheckDraft:
    """`draft` as it was read. Raises DraftChangedError where it is not what lies there now."""
    with writing(county.engine) as connection:
        saved = replace(draft, saved_by=account, saved_at=milliseconds(county.clock.now()), **changes)
        return save_check_draft_in(connection, saved)


def save_check_draft_in(connection: Connection, draft: CheckDraft) -> CheckDraft:
    """In place of the draft of the same version."""
    fresh = _row(draft) | {"version": draft.version + 1}
    of_version = (offsite_drafts.c.id == draft.id, offsite_drafts.c.version == draft.version)
    if connection.execute(update(offsite_drafts).where(*of_version).values(fresh)).rowcount != 1:
        now = check_draft_in(connection, draft.id)
        raise DraftChangedError(now.saved_by, now.saved_at)
    return check_draft_in(connection, draft.id)


def _row(draft: CheckDraft) -> dict[str, Any]:
    body = json.dumps(to_plain(_Body(draft.typed, draft.comment, draft.filed)))
    return {
        "id": draft.id,
        "department": draft.department,
        "state": draft.state.value,
        "version": draft.version,
        "saved_by": draft.saved_by,
        "saved_at": draft.saved_at,
        "body": body.encode("ascii"),
    }


def _draft(row: Any) -> CheckDraft:
    body = from_plain(_Body, json.loads(row.body), "draft", may_be_newer=True)
    return CheckDraft(
        row.id,
        row.department,
        DraftState(row.state),
        row.version,
        row.saved_by,
        row.saved_at,
        body.typed,
        body.comment,
        body.filed,
    )
