"""Where drafts are kept: each save counts, so that nobody overwrites another unknowingly."""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Generic

from sqlalchemy import Connection, insert, select, update

from shared_models.shape import from_plain, to_plain
from sync_server.clock import milliseconds
from sync_server.county import County
from sync_server.drafts.draft import OPEN, Draft, DraftChangedError, DraftState, T
from sync_server.drafts.tables import kept_drafts
from sync_server.errors import NotFoundError
from sync_server.storage.engine import reading, writing

_MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class _Body:
    typed: Any
    comment: str = ""
    filed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptDrafts(Generic[T]):
    """Those of one kind; `shape` is the dataclass that is typed."""

    kind: str
    shape: type[T]

    def begin(self, county: County, account: str, department: str, typed: T) -> Draft[T]:
        with writing(county.engine) as connection:
            return self.begin_in(connection, county.clock.now(), account, department, typed)

    def begin_in(self, connection: Connection, now: datetime, account: str, department: str, typed: T) -> Draft[T]:
        draft = Draft(secrets.token_hex(8), department, DraftState.WRITING, 1, account, milliseconds(now), typed)
        connection.execute(insert(kept_drafts).values(self._row(draft)))
        return draft

    def read(self, county: County, draft: str, departments: Collection[str]) -> Draft[T]:
        """Raises NotFoundError, also for one of another department's desk."""
        with reading(county.engine) as connection:
            found = self.read_in(connection, draft)
        if found.department not in departments:
            raise NotFoundError("draft", draft)
        return found

    def read_in(self, connection: Connection, draft: str) -> Draft[T]:
        """Raises NotFoundError."""
        if "\x00" in draft:  # which PostgreSQL would not be asked for
            raise NotFoundError("draft", "")
        of_kind = (kept_drafts.c.id == draft, kept_drafts.c.kind == self.kind)
        row = connection.execute(select(kept_drafts).where(*of_kind)).one_or_none()
        if row is None:
            raise NotFoundError("draft", draft)
        return self._draft(row)

    def list_open(self, county: County, departments: Collection[str]) -> tuple[Draft[T], ...]:
        """The newest first; nobody's desk holds more than some hundreds."""
        query = (
            select(kept_drafts)
            .where(
                kept_drafts.c.kind == self.kind,
                kept_drafts.c.department.in_(sorted(departments)),
                kept_drafts.c.state.in_([state.value for state in OPEN]),
            )
            .order_by(kept_drafts.c.saved_at.desc())
            .limit(_MOST_LISTED)
        )
        with reading(county.engine) as connection:
            return tuple(self._draft(row) for row in connection.execute(query))

    def save(
        self,
        county: County,
        account: str,
        draft: Draft[T],
        *,
        typed: T | None = None,
        state: DraftState | None = None,
        comment: str | None = None,
    ) -> Draft[T]:
        """`draft` as it was read. Raises DraftChangedError where it is not what lies there now."""
        saved = replace(
            draft,
            state=state or draft.state,
            saved_by=account,
            saved_at=milliseconds(county.clock.now()),
            typed=draft.typed if typed is None else typed,
            comment=draft.comment if comment is None else comment,
        )
        with writing(county.engine) as connection:
            return self.save_in(connection, saved)

    def save_in(self, connection: Connection, draft: Draft[T]) -> Draft[T]:
        """In place of the draft of the same version."""
        fresh = replace(draft, version=draft.version + 1)
        of_version = (kept_drafts.c.id == draft.id, kept_drafts.c.version == draft.version)
        if connection.execute(update(kept_drafts).where(*of_version).values(self._row(fresh))).rowcount != 1:
            now = self.read_in(connection, draft.id)
            raise DraftChangedError(now.saved_by, now.saved_at)
        return fresh

    def _row(self, draft: Draft[T]) -> dict[str, Any]:
        body = json.dumps(to_plain(_Body(draft.typed, draft.comment, draft.filed)))
        return {
            "id": draft.id,
            "kind": self.kind,
            "department": draft.department,
            "state": draft.state.value,
            "version": draft.version,
            "saved_by": draft.saved_by,
            "saved_at": draft.saved_at,
            "body": body.encode("ascii"),
        }

    def _draft(self, row: Any) -> Draft[T]:
        body = from_plain(_Body, json.loads(row.body), "draft", may_be_newer=True)
        return Draft(
            row.id,
            row.department,
            DraftState(row.state),
            row.version,
            row.saved_by,
            row.saved_at,
            from_plain(self.shape, body.typed, "draft.typed", may_be_newer=True),
            body.comment,
            body.filed,
        )
