"""The office does not know this phone: its request ends, and the officer may ask anew."""

from __future__ import annotations

from sync_server.county import County
from sync_server.enrolment.pending import REFUSED, WAITING, enrolment_row, set_enrolment
from sync_server.errors import WrongStateError
from sync_server.log.writing import writing


def refuse_enrolment(county: County, enrolment: str) -> None:
    with writing(county) as tx:
        row = enrolment_row(tx.connection, enrolment)
        if row.state != WAITING:
            raise WrongStateError("enrolment", enrolment, row.state)
        set_enrolment(tx.connection, enrolment, state=REFUSED)
