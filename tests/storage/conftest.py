"""The same fixtures as the server's tests."""

from __future__ import annotations

from tests.server.conftest import bare, engine_url, phone, town

__all__ = ["bare", "engine_url", "phone", "town"]
