"""What a demo server does for `zhuqi simulate`: it hands out codes, confirms them itself, and shows its log's ids.

Mounted only where ZHUQI_DEMO is set: nobody compares any words here.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, JSONBody
from sqlalchemy import select

from shared_models.errors import BadlyFormedError
from shared_models.people import Department, Person
from sync_server.county import County
from sync_server.enrolment.confirm_enrolment import confirm_enrolment
from sync_server.enrolment.issue_code import issue_code
from sync_server.enrolment.pending import CONFIRMED, enrolment_row
from sync_server.log.writing import reading
from sync_server.registry.register_departments import register_departments
from sync_server.registry.register_people import register_people
from sync_server.storage.facts import current_facts
from sync_server.storage.tables import log_entries

ACCOUNT = OFFICER = DEPARTMENT = "simulation"
_KID_BYTES = 8
_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class CodeWanted:
    officer: str = ""


@dataclass(frozen=True, slots=True)
class Confirmation:
    id: str


@post("/enrolment-code", sync_to_thread=True, status_code=200)
def post_code(county: NamedDependency[County], data: JSONBody[CodeWanted]) -> dict[str, str]:
    with _one_at_a_time:
        officer = data.officer or _simulated_officer(county)
        return {"code": issue_code(county, ACCOUNT, officer).text, "officer": officer}


@post("/confirm", sync_to_thread=True, status_code=200)
def post_confirm(county: NamedDependency[County], data: JSONBody[Confirmation]) -> dict[str, str]:
    with _one_at_a_time:
        with reading(county) as connection:
            state = enrolment_row(connection, data.id).state
        if state != CONFIRMED:
            confirm_enrolment(county, ACCOUNT, data.id, keep_others=True)
    return {"id": data.id}


@get("/log-ids", sync_to_thread=True)
def get_log_ids(county: NamedDependency[County], author: FromQuery[str]) -> dict[str, list[str]]:
    """Of every entry of one phone, in the log's order."""
    try:
        kid = bytes.fromhex(author)
    except ValueError as err:
        raise BadlyFormedError("author", "must be hexadecimal") from err
    if len(kid) != _KID_BYTES:
        raise BadlyFormedError("author", f"must be {_KID_BYTES} bytes")
    query = select(log_entries.c.record_id).where(log_entries.c.author == kid).order_by(log_entries.c.index)
    with reading(county) as connection:
        return {"ids": [record_id.hex() for record_id in connection.execute(query).scalars()]}


def _simulated_officer(county: County) -> str:
    """A visitor of no real department, so that a demo county's people are not mixed up with it."""
    with reading(county) as connection:
        is_known = OFFICER in current_facts(connection, "person", [OFFICER])
    if not is_known:
        register_departments(county, ACCOUNT, [Department(DEPARTMENT, "模拟")])
        register_people(county, ACCOUNT, [Person(OFFICER, DEPARTMENT, name="模拟人员")])
    return OFFICER


simulation_router = Router("/api/demo", route_handlers=[post_code, post_confirm, get_log_ids], include_in_schema=False)
