"""One table from codes to HTTP, and every refusal as a problem (RFC 9457).

What was not foreseen says an id, no more.
"""

from __future__ import annotations

import errno
import json
import secrets
from dataclasses import fields
from typing import Any

import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.types import ExceptionHandlersMap
from sqlalchemy.exc import DataError, OperationalError

from shared_models.errors import ZhuqiError
from sync_server.errors import RequestTimeError, StorageFullError

MEDIA_TYPE = "application/problem+json"
STATUS_OF: dict[str, int] = {
    "badly_formed": 400,
    "unreadable": 400,
    "unknown_format": 400,
    "not_sign1": 400,
    "unsupported": 400,
    "bad_key": 400,
    "wrong_host": 400,
    "unauthenticated": 401,
    "request_time_off": 401,
    "signature_mismatch": 403,
    "unknown_key": 403,
    "expired": 403,
    "not_yet": 403,
    "revoked": 403,
    "trust_too_old": 403,
    "not_found": 404,
    "wrong_state": 409,
    "case_box_open": 409,
    "case_decision_not_open": 409,
    "ahead_of_log": 409,
    "proof_mismatch": 409,
    "chain_broken": 409,
    "chain_gap": 409,
    "chain_fork": 409,
    "too_large": 413,
    "invalid": 422,
    "schedule_refused": 422,
    "enrolment_code_invalid": 422,
    "blob_hash_mismatch": 422,
    "photo_refused": 422,
    "enrolment_throttled": 429,
    "storage_full": 507,
    "keys_missing": 500,
}
UNEXPECTED = "unexpected"
_UNAUTHENTICATED, _SERVER_FAULT, _BUSY = 401, 500, 503
log = structlog.get_logger("zhuqi.http")


def problem(status: int, code: str, *, headers: dict[str, str] | None = None, **extra: object) -> Response[bytes]:
    body = {"type": "about:blank", "title": code.replace("_", " "), "status": status, "code": code, **extra}
    content = json.dumps(body, ensure_ascii=False).encode()
    return Response(content, status_code=status, media_type=MEDIA_TYPE, headers=headers)


def handle_refusal(request: Request[Any, Any, Any], error: ZhuqiError) -> Response[bytes]:
    status = STATUS_OF.get(error.code, 400)
    log.info("refused", code=error.code, status=status, path=_place(request))
    headers = {"WWW-Authenticate": "Zhuqi"} if status == _UNAUTHENTICATED else None
    if isinstance(error, RequestTimeError):
        return problem(status, error.code, headers=headers, server_time=error.server_time)
    return problem(status, error.code, headers=headers, **_details(error))


def handle_http(request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    codes = {404: "not_found", 405: "method_not_allowed", 413: "too_large", 401: "unauthenticated", 403: "forbidden"}
    code = codes.get(error.status_code, "bad_request" if error.status_code < _SERVER_FAULT else UNEXPECTED)
    if error.status_code >= _SERVER_FAULT:
        return handle_unexpected(request, error)
    return problem(error.status_code, code, headers=error.headers)


def handle_storage(request: Request[Any, Any, Any], error: OperationalError) -> Response[bytes]:
    text = str(error.orig).lower()
    if "full" in text or "no space" in text:
        return handle_refusal(request, StorageFullError())
    if "locked" in text or "connection" in text:
        log.error("busy", error=type(error.orig).__name__, path=_place(request))
        return problem(_BUSY, "busy", headers={"Retry-After": "5"})
    return handle_unexpected(request, error)


def handle_data(request: Request[Any, Any, Any], error: DataError) -> Response[bytes]:  # noqa: ARG001 - a handler's shape
    """A value that no column can hold, such as U+0000 in a path on PostgreSQL: what is named by it is not there."""
    return problem(404, "not_found")


def handle_os(request: Request[Any, Any, Any], error: OSError) -> Response[bytes]:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return handle_refusal(request, StorageFullError())
    return handle_unexpected(request, error)


def handle_unexpected(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """The id finds the traceback in the log; the answer tells nothing of the inside."""
    incident = secrets.token_hex(8)
    log.error("unexpected", id=incident, path=_place(request), error=type(error).__name__, exc_info=error)
    return problem(_SERVER_FAULT, UNEXPECTED, id=incident)


def _place(request: Request[Any, Any, Any]) -> str:
    """The route, whose values may be a pass, a photo's hash or the id of somebody's enrolment."""
    return str(request.scope.get("path_template") or "none")


def _details(error: ZhuqiError) -> dict[str, object]:
    """Only texts and numbers; `where` and `problem` are English words for developers."""
    values = ((f.name, getattr(error, f.name)) for f in fields(error))
    return {name: value for name, value in values if isinstance(value, str | int) and name != "status"}


EXCEPTION_HANDLERS: ExceptionHandlersMap = {
    ZhuqiError: handle_refusal,
    HTTPException: handle_http,
    OperationalError: handle_storage,
    DataError: handle_data,
    OSError: handle_os,
    Exception: handle_unexpected,
}
