"""Who visits: departments, their units, officers with a licence and visitors without one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Unit:
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Department:
    id: str
    name: str
    units: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """An officer where `licence` (执法证号) is given, else a visitor. `valid_until` is inclusive; null is open."""

    id: str
    department: str
    licence: str | None = None
    unit: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    revoked: bool = False
    name: str = ""
    portrait: bytes | None = None
    """SHA-256 of the portrait's blob."""
