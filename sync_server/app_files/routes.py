"""`/app/`: the field app as a page. The same files for everybody; nothing here reads a session or the database.

A file is answered under the name with its content's hash, for good, and under its own name, asked for again each time.
"""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response import Redirect
from litestar.status_codes import HTTP_303_SEE_OTHER, HTTP_304_NOT_MODIFIED, HTTP_404_NOT_FOUND

from sync_server.app_files.accepted import best_encoding
from sync_server.app_files.read_site import AppFile, AppSite
from sync_server.pages.frame import page
from sync_server.pages.headers import frame_ancestors
from sync_server.settings import Settings

ROOT = "/app/"
_PAGE, _WORKER, _BY_NAME = "index.html", "sw.js", "files/"
_FOR_GOOD = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"
_SCRIPT = "text/javascript; charset=utf-8"
_AnyRequest = Request[Any, Any, Any]


def app_routes(site: AppSite | None, settings: Settings) -> list[HTTPRouteHandler]:
    """`site` null: a page that says how the app is built."""

    @get("/app", sync_to_thread=True, include_in_schema=False)
    def app_page(request: _AnyRequest) -> Response[Any]:
        if not request.scope.get("raw_path", b"").endswith(b"/"):
            return Redirect(ROOT, status_code=HTTP_303_SEE_OTHER)  # the worker's scope ends with the slash
        return _absent(request) if site is None else _answer(request, site, _PAGE, headers)

    @get("/app/{path:path}", sync_to_thread=True, include_in_schema=False)
    def app_file(request: _AnyRequest, path: FromPath[str]) -> Response[Any]:
        return _absent(request) if site is None else _answer(request, site, path.lstrip("/"), headers)

    headers = {} if site is None else _headers(site, settings)
    return [app_page, app_file]


def _headers(site: AppSite, settings: Settings) -> dict[str, str]:
    return {
        "Content-Security-Policy": f"{site.policy}; frame-ancestors {frame_ancestors(settings)}",
        "Permissions-Policy": "camera=(self), geolocation=(self), microphone=()",
        "Referrer-Policy": "no-referrer",
        "Vary": "Accept-Encoding",
    }


def _answer(request: _AnyRequest, site: AppSite, path: str, headers: dict[str, str]) -> Response[bytes]:
    if path == _WORKER:
        return _bytes(request, (site.folder / _WORKER).read_bytes(), _SCRIPT, site.build, headers)
    if path.startswith(_BY_NAME):
        file, cache = site.by_name.get(path.removeprefix(_BY_NAME)), _FOR_GOOD
    else:
        # Any address inside the app is the app itself, as its service worker answers without network too.
        file, cache = site.by_path.get(path if "." in path else _PAGE), _ASK_AGAIN
    if file is None:
        raise NotFoundException
    encoding = best_encoding(request.headers.get("accept-encoding", ""), file.encodings)
    data = site.path_of(file, encoding).read_bytes()
    return _bytes(request, data, file.media_type, _tag(file, encoding), headers, encoding, cache)


def _tag(file: AppFile, encoding: str) -> str:
    return f"{file.name}-{encoding}" if encoding else file.name


def _bytes(
    request: _AnyRequest,
    data: bytes,
    media_type: str,
    tag: str,
    headers: dict[str, str],
    encoding: str = "",
    cache: str = _ASK_AGAIN,
) -> Response[bytes]:
    sent = {**headers, "Cache-Control": cache, "ETag": f'"{tag}"'}
    if encoding:
        sent["Content-Encoding"] = encoding
    if f'"{tag}"' in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=HTTP_304_NOT_MODIFIED, headers=sent)
    return Response(data, media_type=media_type, headers=sent)


def _absent(request: _AnyRequest) -> Response[Any]:
    return page(request, "app_absent.html", status_code=HTTP_404_NOT_FOUND)
