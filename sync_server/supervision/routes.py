"""The supervisors' pages."""

from __future__ import annotations

import json
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from shared_models.facts import Decision
from shared_models.people import Person
from sync_server.county import County
from sync_server.errors import NotFoundError
from sync_server.pages.frame import page
from sync_server.storage.engine import reading
from sync_server.storage.facts import current_facts
from sync_server.supervision.gather_visit import find_photo, find_record
from sync_server.supervision.list_set_aside import list_set_aside, place_before
from sync_server.supervision.list_visits import list_visits
from sync_server.supervision.photos import picture_response
from sync_server.supervision.plain_record import plain_record
from sync_server.supervision.read_visit import read_visit
from sync_server.supervision.visit_filter import Flag, Order, VisitState, filter_from

_ID_BYTES, _VISIT_BYTES = 32, 16


@get("/visits", sync_to_thread=True)
def visits(request: Request) -> Template:  # type: ignore[type-arg]
    wish = filter_from({key: str(value) for key, value in request.query_params.items()})
    state = request.app.state
    found = list_visits(state.county, wish, state.enterprise_names)
    return page(
        request,
        "visits.html",
        wish=wish,
        found=found,
        verdicts=tuple(Decision),
        states=tuple(VisitState),
        flags=tuple(Flag),
        orders=tuple(Order),
    )


@get("/visits/{visit:str}", sync_to_thread=True)
def visit(request: Request, visit: FromPath[str]) -> Template:  # type: ignore[type-arg]
    county: County = request.app.state.county
    return page(request, "visit.html", visit=read_visit(county, _bytes_of("visit", visit, _VISIT_BYTES)))


@get("/visits/{visit:str}/records/{record:str}/cbor", sync_to_thread=True)
def record_bytes(request: Request, visit: FromPath[str], record: FromPath[str]) -> Response[bytes]:  # type: ignore[type-arg]
    """The envelope as the author signed it."""
    with reading(request.app.state.county.engine) as connection:
        logged = find_record(
            connection, _bytes_of("visit", visit, _VISIT_BYTES), _bytes_of("record", record, _ID_BYTES)
        )
    name = f"record-{logged.id.hex()[:16]}.cbor"
    return Response(
        logged.envelope,
        media_type='application/cose; cose-type="cose-sign1"',
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@get("/visits/{visit:str}/records/{record:str}/json", sync_to_thread=True)
def record_json(request: Request, visit: FromPath[str], record: FromPath[str]) -> Response[bytes]:  # type: ignore[type-arg]
    with reading(request.app.state.county.engine) as connection:
        logged = find_record(
            connection, _bytes_of("visit", visit, _VISIT_BYTES), _bytes_of("record", record, _ID_BYTES)
        )
    text = json.dumps(plain_record(logged), ensure_ascii=False, indent=2)
    return Response(text.encode("utf-8", "replace"), media_type="application/json; charset=utf-8")


@get("/visits/{visit:str}/photos/{photo:str}", sync_to_thread=True)
def photo(request: Request, visit: FromPath[str], photo: FromPath[str]) -> Response[bytes]:  # type: ignore[type-arg]
    """Only a picture that a record of this visit names."""
    county: County = request.app.state.county
    wanted = _bytes_of("photo", photo, _ID_BYTES)
    with reading(county.engine) as connection:
        find_photo(connection, _bytes_of("visit", visit, _VISIT_BYTES), wanted)
    return picture_response(county.blobs.get(wanted), f"{photo[:16]}")


@get("/portraits/{person:str}", sync_to_thread=True)
def portrait(request: Request, person: FromPath[str]) -> Response[bytes]:  # type: ignore[type-arg]
    county: County = request.app.state.county
    if "\x00" in person:
        raise NotFoundError("person", "")
    with reading(county.engine) as connection:
        fact = current_facts(connection, "person", [person]).get(person)
    known = fact.load(Person) if fact else None
    if known is None or known.portrait is None:
        raise NotFoundError("portrait", person)
    return picture_response(county.blobs.get(known.portrait), "portrait")


def _bytes_of(kind: str, text: str, size: int) -> bytes:
    try:
        value = bytes.fromhex(text)
    except ValueError as err:
        raise NotFoundError(kind, text) from err
    if len(value) != size or value.hex() != text:
        raise NotFoundError(kind, text)
    return value


@get("/set-aside", sync_to_thread=True)
def set_aside(request: Request, before: FromQuery[str | None] = None) -> Template:  # type: ignore[type-arg]
    found = list_set_aside(request.app.state.county, place_before(before))
    return page(request, "set_aside.html", found=found)


ROUTES: list[Any] = [visits, visit, record_bytes, record_json, photo, portrait, set_aside]
