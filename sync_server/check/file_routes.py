"""What browsers fetch for the owners' pages: portraits, scripts, the trust list, the offline page, late checks."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from anyio import to_thread
from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Template
from litestar.status_codes import HTTP_200_OK

from sync_server.check.check_files import WORKER, load_check_files
from sync_server.check.keep_late_checks import keep_late_checks, read_late_checks
from sync_server.check.pages import address_of, door_page
from sync_server.check.portraits import portrait_of_token
from sync_server.check.throttle import CheckThrottledError, count_check
from sync_server.check.trust import trust_json
from sync_server.county import County
from sync_server.http_errors import problem
from sync_server.pages.frame import Frame
from sync_server.supervision.photos import picture_response
from sync_server.texts import LANGUAGES
from sync_server.texts.check_page import script_texts

_FOR_GOOD = "public, max-age=31536000, immutable"
OFFLINE_PAGE = "/check/offline"


@get("/check/portraits/{token:str}", sync_to_thread=True)
def portrait(request: Request, token: FromPath[str]) -> Response[bytes]:  # type: ignore[type-arg]
    county: County = request.app.state.county
    data = portrait_of_token(county, token)
    if data is None:
        raise NotFoundException
    return picture_response(data, "portrait")


@get("/check/files/{version:str}/{name:str}", sync_to_thread=False)
def check_file(version: FromPath[str], name: FromPath[str]) -> Response[bytes]:
    files = load_check_files()
    if version != files.version or name not in files.files:
        raise NotFoundException
    media_type, data = files.files[name]
    return Response(data, media_type=media_type, headers={"Cache-Control": _FOR_GOOD})


@get("/check-worker.js", sync_to_thread=False)
def worker(request: Request) -> Response[bytes]:  # type: ignore[type-arg]
    frame: Frame = request.app.state.frame
    code = load_check_files().worker((OFFLINE_PAGE, *frame.static.style_paths[:1]), _words())
    headers = {"Cache-Control": "no-cache", "Content-Security-Policy": "default-src 'none'; connect-src 'self'"}
    return Response(code, media_type="text/javascript; charset=utf-8", headers=headers)


@get(OFFLINE_PAGE, sync_to_thread=False)
def offline_page(request: Request) -> Template:  # type: ignore[type-arg]
    """The page that the service worker shows without signal; its script checks by itself, in both languages."""
    county: County = request.app.state.county
    return door_page(request, "check/offline.html", words=_words(), host=county.settings.public_host)


@cache
def _words() -> str:
    texts = {language: script_texts(language) for language in LANGUAGES}
    return json.dumps(texts, ensure_ascii=False).replace("<", "\\u003c")


@get("/check/trust.json", sync_to_thread=True)
def trust(request: Request) -> Response[bytes]:  # type: ignore[type-arg]
    body = json.dumps(trust_json(request.app.state.county)).encode()
    return Response(body, media_type="application/json", headers={"Cache-Control": "no-store"})


@post("/check/later", status_code=HTTP_200_OK)
async def later(request: Request) -> Response[bytes]:  # type: ignore[type-arg]
    """Checks that were made without signal. Raises BadlyFormedError for what is no list of them."""
    county: County = request.app.state.county
    checks = read_late_checks(await request.body())
    try:
        await to_thread.run_sync(count_check, county, address_of(request))
    except CheckThrottledError as err:
        headers = {"Retry-After": str(err.retry_after_seconds)}
        return problem(429, err.code, headers=headers)
    kept = await to_thread.run_sync(keep_late_checks, county, checks)
    return Response(json.dumps({"kept": kept}).encode(), media_type="application/json")


ROUTES: list[Any] = [portrait, check_file, worker, offline_page, trust, later]
__all__ = ["OFFLINE_PAGE", "ROUTES", "WORKER"]
