"""A settled town on each engine."""

from __future__ import annotations

from tests.offsite.conftest import engine_url, town

__all__ = ["engine_url", "town"]
