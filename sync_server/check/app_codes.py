"""Codes that only the app reads, met by another scanner: whoever scanned one is told where it belongs.

An enrolment code is a secret: the page repeats nothing of it, and its address is told to nobody.
"""

from __future__ import annotations

from typing import Any

from litestar import Request, get
from litestar.params import FromPath
from litestar.response import Template

from sync_server.check.pages import door_page


@get(["/n/{code:str}", "/s/{code:str}", "/c/{code:str}"], sync_to_thread=False)
def code_of_the_app(request: Request, code: FromPath[str]) -> Template:  # type: ignore[type-arg]  # noqa: ARG001 - see above
    return door_page(request, "check/app_code.html", has_app=request.app.state.county.settings.app_dir is not None)


ROUTES: list[Any] = [code_of_the_app]
