"""A policy that was announced for a later day is published when the day has come, on behalf of the system."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog
from anyio import to_thread
from litestar import Litestar
from sqlalchemy.exc import SQLAlchemyError

from shared_models.acts import PolicyPublished
from shared_models.calendar import day_of
from shared_models.errors import ZhuqiError
from sync_server.calendar.views import PLANNED
from sync_server.county import County
from sync_server.log.writing import writing
from sync_server.registry.certify_server import SYSTEM
from sync_server.storage.engine import reading
from sync_server.storage.facts import current_of_kind

EVERY_SECONDS = 60
_log = structlog.get_logger("zhuqi.calendar")


def put_in_force(county: County) -> int:
    """How many were published; safe for several server processes."""
    today = day_of(county.clock.now()).isoformat()
    with reading(county.engine) as connection:
        if not any(fact.key <= today for fact in current_of_kind(connection, PLANNED)):
            return 0
    with writing(county) as tx:
        due = [fact for fact in current_of_kind(tx.connection, PLANNED) if fact.key <= today]
        for fact in due:
            tx.append_act(SYSTEM, fact.load(PolicyPublished))
    return len(due)


@asynccontextmanager
async def keep_in_force(app: Litestar) -> AsyncIterator[None]:
    """Looks once a minute, as long as the server runs."""
    looking = asyncio.create_task(_look(app.state.county))
    try:
        yield
    finally:
        looking.cancel()
        with suppress(asyncio.CancelledError):
            await looking


async def _look(county: County) -> None:
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        try:
            await to_thread.run_sync(put_in_force, county)
        except (SQLAlchemyError, ZhuqiError, OSError) as err:  # tried again in a minute
            _log.error("policy_not_put_in_force", error=type(err).__name__)
