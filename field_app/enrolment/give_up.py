"""Wait no longer for the clerk: another code may be used."""

from __future__ import annotations

from field_app.enrolment.state import Enrolment, EnrolmentState, Standing, put_enrolment, read_enrolment, read_standing
from field_app.phone import Phone
from field_app.storage.database import Rows


async def give_up(phone: Phone) -> Standing:
    """Changes nothing where the phone does not wait."""
    await phone.database.write(_give_up)
    phone.notices.tell("enrolment")
    return await read_standing(phone)


def _give_up(rows: Rows) -> None:
    if read_enrolment(rows).state is EnrolmentState.WAITING:
        put_enrolment(rows, Enrolment())
