"""Whether the process lives, and whether it can do its work."""

from __future__ import annotations

from litestar import Response, Router, get
from litestar.di import NamedDependency
from sqlalchemy.exc import SQLAlchemyError

from sync_server.county import County
from sync_server.http_errors import problem
from sync_server.log.tree import TreeReader, log_size
from sync_server.log.writing import reading


@get("/live", sync_to_thread=False)
def live() -> dict[str, str]:
    return {"status": "live"}


@get("/ready", sync_to_thread=True)
def ready(county: NamedDependency[County]) -> Response[bytes] | Response[dict[str, str | int]]:
    """Ready where the database answers and the log's tree can be read."""
    try:
        with reading(county) as connection:
            size = log_size(connection)
            TreeReader(connection).root(size)
    except (SQLAlchemyError, KeyError):
        return problem(503, "not_ready")
    return Response[dict[str, str | int]]({"status": "ready", "log_size": size})


health_router = Router("/health", route_handlers=[live, ready], tags=["health"])
