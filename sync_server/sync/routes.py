"""The phones' side of the server."""

from __future__ import annotations

import gzip
from typing import Any

from litestar import Request, Response, Router, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, RawBody

from shared_models.errors import BadlyFormedError
from shared_models.sync import MAX_MESSAGE_BYTES, dump_message
from sync_server.county import County
from sync_server.registry.certify_server import certificates
from sync_server.sync.accept_photo import accept_photo
from sync_server.sync.accept_records import accept_records
from sync_server.sync.give_portrait import give_portrait
from sync_server.sync.head import signed_head
from sync_server.sync.reference import signed_reference_page
from sync_server.sync.request_auth import active_phone_of_request, phone_of_request

CBOR, CBOR_SEQUENCE, COSE = "application/cbor", "application/cbor-seq", "application/cose"
MAX_BLOB_BODY = 8 * 1024 * 1024
_SHA256_HEX = 64
_WORTH_PACKING, _GZIP_LEVEL = 512, 6


@post("/records", sync_to_thread=True, status_code=200, request_max_body_size=MAX_MESSAGE_BYTES, media_type=CBOR)
def post_records(county: NamedDependency[County], body: RawBody) -> Response[bytes]:
    return Response(dump_message(accept_records(county, body)), media_type=CBOR)


@get("/head", sync_to_thread=True, media_type=COSE)
def get_head(county: NamedDependency[County], request: Request[Any, Any, Any]) -> Response[bytes]:
    phone = phone_of_request(county, *signed_parts(request))
    return Response(signed_head(county, phone), media_type=COSE)


@get("/reference", sync_to_thread=True, media_type=COSE)
def get_reference(
    county: NamedDependency[County],
    request: Request[Any, Any, Any],
    after: FromQuery[int] = 0,
    to: FromQuery[int | None] = None,
    cursor: FromQuery[str] = "",
) -> Response[bytes]:
    phone = active_phone_of_request(county, *signed_parts(request))
    page = signed_reference_page(county, phone, after, to, cursor)
    headers = {"Vary": "Accept-Encoding"}
    # a page says the same names thousands of times; it is packed here, off the event loop, and requests never unpacked
    if len(page) > _WORTH_PACKING and _takes_gzip(request.headers.get("accept-encoding", "")):
        page = gzip.compress(page, compresslevel=_GZIP_LEVEL, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return Response(page, media_type=COSE, headers=headers)


@get("/trust", sync_to_thread=True, media_type=CBOR_SEQUENCE)
def get_trust(county: NamedDependency[County]) -> Response[bytes]:
    return Response(b"".join(certificates(county)), media_type=CBOR_SEQUENCE)


@put("/{sha256:str}", sync_to_thread=True, request_max_body_size=MAX_BLOB_BODY)
def put_blob(
    county: NamedDependency[County], request: Request[Any, Any, Any], sha256: FromPath[str], body: RawBody
) -> Response[dict[str, str]]:
    phone = phone_of_request(county, *signed_parts(request))
    is_new = accept_photo(county, phone, _sha256(sha256), body)
    # confirmed by its hash: a stranger's page answers 200 as well
    return Response({"sha256": sha256.lower()}, status_code=201 if is_new else 200)


@get("/{sha256:str}", sync_to_thread=True, media_type="application/octet-stream")
def get_blob(
    county: NamedDependency[County], request: Request[Any, Any, Any], sha256: FromPath[str]
) -> Response[bytes]:
    phone = active_phone_of_request(county, *signed_parts(request))
    return Response(give_portrait(county, phone, _sha256(sha256)), media_type="application/octet-stream")


def signed_parts(request: Request[Any, Any, Any]) -> tuple[str | None, str, str]:
    """Header, method and path as the phone signed them."""
    return request.headers.get("authorization"), request.method, request.scope["path"]


def _takes_gzip(accepted: str) -> bool:
    for one in accepted.split(","):
        coding, _, quality = one.replace(" ", "").partition(";q=")
        if coding in ("gzip", "*"):
            return quality.strip("0.") != "" or quality in ("", "1")
    return False


def _sha256(text: str) -> bytes:
    try:
        digest = bytes.fromhex(text)
    except ValueError as err:
        raise BadlyFormedError("sha256", "must be hexadecimal") from err
    if len(text) != _SHA256_HEX:
        raise BadlyFormedError("sha256", "must be 32 bytes")
    return digest


sync_router = Router("/api/sync", route_handlers=[post_records, get_head, get_reference, get_trust], tags=["sync"])
blob_router = Router("/api/blobs", route_handlers=[put_blob, get_blob], tags=["blobs"])
