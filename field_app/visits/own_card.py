"""Who stands at the gate, as the enterprise compares it with the person: portrait, name, unit, licence number."""

from __future__ import annotations

from dataclasses import dataclass

from field_app.enrolment.state import require_me
from field_app.phone import Phone
from field_app.storage.database import Rows
from field_app.storage.reference import read_item
from field_app.sync.fetch_portrait import read_portrait
from shared_models.people import Department


@dataclass(frozen=True, slots=True)
class OwnCard:
    name: str
    department: str
    unit: str
    licence: str | None
    portrait: bytes | None


async def read_own_card(phone: Phone) -> OwnCard:
    """Raises NotEnrolledError."""
    return await phone.database.read(_card)


def _card(rows: Rows) -> OwnCard:
    me = require_me(rows)
    department: Department | None = read_item(rows, "department", me.department)
    units = {} if department is None else {unit.id: unit.name for unit in department.units}
    return OwnCard(
        name=me.name,
        department=me.department if department is None else department.name,
        unit=units.get(me.unit, me.unit),
        licence=me.licence,
        portrait=read_portrait(rows),
    )
