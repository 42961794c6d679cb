"""The county's small law library, as a list to choose from."""

from __future__ import annotations

from field_app.enrolment.state import read_me, read_trust
from field_app.phone import Phone
from field_app.storage.database import Rows
from field_app.storage.reference import items_of
from shared_models.commitment import Provision


async def list_provisions(phone: Phone) -> tuple[Provision, ...]:
    """Those of the own department first, then those for all."""

    def read(rows: Rows) -> tuple[Provision, ...]:
        trust = read_trust(rows)
        me = None if trust is None else read_me(rows, trust)
        own = "" if me is None else me.department
        fitting = (one for one in items_of(rows, "provision") if one.department in {"", own})
        return tuple(sorted(fitting, key=lambda one: (one.department == "", one.title, one.clause, one.id)))

    return await phone.database.read(read)
