"""Refusals as pages: what is wrong, and what to do next. Problems of the API are `http_errors`' business."""

from __future__ import annotations

import secrets
from urllib.parse import quote

import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.response import Redirect
from litestar.status_codes import (
    HTTP_303_SEE_OTHER,
    HTTP_400_BAD_REQUEST,
    HTTP_403_FORBIDDEN,
    HTTP_404_NOT_FOUND,
    HTTP_405_METHOD_NOT_ALLOWED,
    HTTP_409_CONFLICT,
    HTTP_413_REQUEST_ENTITY_TOO_LARGE,
    HTTP_422_UNPROCESSABLE_ENTITY,
    HTTP_500_INTERNAL_SERVER_ERROR,
)
from sqlalchemy.exc import DataError

from shared_models.errors import BadlyFormedError
from sync_server.accounts.errors import ForbiddenError, FormExpiredError, LoginRequiredError
from sync_server.errors import InvalidError, NotFoundError, WrongStateError
from sync_server.pages.frame import page

_log = structlog.get_logger("sync_server.pages")

_OF_ERROR: dict[type[Exception], tuple[int, str]] = {
    ForbiddenError: (HTTP_403_FORBIDDEN, "403"),
    FormExpiredError: (HTTP_403_FORBIDDEN, "form"),
    NotFoundError: (HTTP_404_NOT_FOUND, "404"),
    BadlyFormedError: (HTTP_400_BAD_REQUEST, "400"),
    WrongStateError: (HTTP_409_CONFLICT, "409"),
    InvalidError: (HTTP_422_UNPROCESSABLE_ENTITY, "422"),
    # as in `http_errors`: a value that no column can hold names nothing that is there
    DataError: (HTTP_404_NOT_FOUND, "404"),
}
_OF_STATUS = {
    HTTP_400_BAD_REQUEST: "400",
    HTTP_403_FORBIDDEN: "403",
    HTTP_404_NOT_FOUND: "404",
    HTTP_405_METHOD_NOT_ALLOWED: "405",
    HTTP_413_REQUEST_ENTITY_TOO_LARGE: "400",
}


def refusal_page(request: Request, error: Exception) -> Response:  # type: ignore[type-arg]
    """The exception handler of the page routers."""
    if isinstance(error, LoginRequiredError):
        here = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
        wish = f"?next={quote(here, safe='/')}" if request.method == "GET" else ""
        return Redirect(f"/login{wish}", status_code=HTTP_303_SEE_OTHER)
    status, name = _kind_of(error)
    if name == "500":
        number = secrets.token_hex(4)
        _log.error("page_failed", number=number, path=request.scope.get("path_template"), exc_info=error)
        return page(request, "refusal.html", status_code=status, name=name, number=number)
    return page(request, "refusal.html", status_code=status, name=name, number=None)


def _kind_of(error: Exception) -> tuple[int, str]:
    if isinstance(error, HTTPException) and error.status_code in _OF_STATUS:
        return error.status_code, _OF_STATUS[error.status_code]
    return _OF_ERROR.get(type(error), (HTTP_500_INTERNAL_SERVER_ERROR, "500"))
