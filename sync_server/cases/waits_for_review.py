"""Whether cases wait for somebody's legal review: said before their account is disabled, so that another is named."""

from __future__ import annotations

from sqlalchemy import Connection, select

from sync_server.cases.register import CaseState
from sync_server.cases.tables import cases


def waits_for_review(connection: Connection, account: str) -> bool:
    query = select(cases.c.number).where(cases.c.reviewer == account, cases.c.state == CaseState.OPEN.value)
    return connection.execute(query.limit(1)).first() is not None
