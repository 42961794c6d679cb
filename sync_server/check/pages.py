"""What the owners' pages share: their headers, their files, the sheet that this phone has opened."""

from __future__ import annotations

from typing import Any

from litestar import Request
from litestar.datastructures import Cookie
from litestar.response import Template
from litestar.status_codes import HTTP_429_TOO_MANY_REQUESTS

from shared_models.enterprise import is_uscc
from sync_server.accounts.cookies import make_cookie, read_cookie
from sync_server.check.check_files import load_check_files
from sync_server.county import County
from sync_server.pages.frame import page
from sync_server.pages.headers import content_security_policy

SHEET_COOKIE = "zhuqi_sheet"
SHEET_SECONDS = 30 * 60
AnyRequest = Request[Any, Any, Any]


def door_headers(county: County) -> dict[str, str]:
    """As on all pages, and our own scripts. The address may carry a pass: it is told to nobody."""
    policy = content_security_policy(county.settings)
    return {
        "Content-Security-Policy": f"{policy}; script-src 'self'; connect-src 'self'; worker-src 'self'",
        "Referrer-Policy": "no-referrer",
    }


def door_page(
    request: AnyRequest, template: str, *, status_code: int = 200, back: str = "/", **context: Any
) -> Template:
    """`back`: where the language switch leads."""
    county: County = request.app.state.county
    files = load_check_files()
    return page(
        request,
        template,
        status_code=status_code,
        headers=door_headers(county),
        check_style=files.path("check.css"),
        check_script=files.path("door.js"),
        back=back,
        **context,
    )


def throttled_page(request: AnyRequest, seconds: int) -> Template:
    answer = door_page(request, "check/throttled.html", status_code=HTTP_429_TOO_MANY_REQUESTS, seconds=seconds)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def address_of(request: AnyRequest) -> str:
    return request.client.host if request.client else ""


def remember_sheet(request: AnyRequest, uscc: str) -> Cookie:
    """For half an hour, a pass that this phone scans is compared with the enterprise whose own sheet it opened."""
    county: County = request.app.state.county
    return make_cookie(request, county.settings, SHEET_COOKIE, uscc, max_age=SHEET_SECONDS)


def remembered_sheet(request: AnyRequest) -> str | None:
    county: County = request.app.state.county
    uscc = read_cookie(request, county.settings, SHEET_COOKIE)
    return uscc if uscc and is_uscc(uscc) else None
