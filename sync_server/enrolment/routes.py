"""A phone asks to be enrolled, and asks again until the clerk has answered."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, RawBody

from shared_models.sync import EnrolmentRequest, dump_message, load_message
from sync_server.county import County
from sync_server.enrolment.pending import answer_to_phone
from sync_server.enrolment.request_enrolment import request_enrolment

CBOR = "application/cbor"
_MAX_REQUEST = 4096


@post("", sync_to_thread=True, status_code=200, request_max_body_size=_MAX_REQUEST, media_type=CBOR)
def post_enrolment(county: NamedDependency[County], request: Request[Any, Any, Any], body: RawBody) -> Response[bytes]:
    address = request.client.host if request.client else ""
    reply = request_enrolment(county, load_message(EnrolmentRequest, body), address)
    return Response(dump_message(reply), media_type=CBOR)


@get("/{enrolment:str}", sync_to_thread=True, media_type=CBOR)
def get_enrolment(county: NamedDependency[County], enrolment: FromPath[str]) -> Response[bytes]:
    return Response(dump_message(answer_to_phone(county, enrolment)), media_type=CBOR)


enrolment_router = Router("/api/enrolment", route_handlers=[post_enrolment, get_enrolment], tags=["enrolment"])
