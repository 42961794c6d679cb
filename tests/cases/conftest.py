"""A county with a letter and a finding in its log, on both engines."""

from __future__ import annotations

from tests.server.conftest import bare, engine_url, postgres

__all__ = ["bare", "engine_url", "postgres"]
