"""Alembic's entry; the connection comes from `storage.engine.migrate`."""

from __future__ import annotations

from alembic import context

from sync_server.storage.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
