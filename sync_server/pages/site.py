"""All pages, for `app.app_of`: one router behind the guard, and what the application itself must know of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from litestar import Request, Response, Router
from litestar.datastructures import State
from litestar.exceptions import HTTPException, MethodNotAllowedException, NotFoundException
from litestar.template import TemplateConfig
from litestar.types import ControllerRouterHandler, ExceptionHandlersMap

from shared_models.errors import BadlyFormedError
from sync_server.accounts.access import check_form, guard_page
from sync_server.accounts.own_routes import ROUTES as OWN
from sync_server.accounts.routes import ROUTES as ACCOUNTS
from sync_server.approvals.routes import ROUTES as APPROVALS
from sync_server.calendar.routes import ROUTES as CALENDAR
from sync_server.cases.routes import ROUTES as CASES
from sync_server.check.app_codes import ROUTES as APP_CODES
from sync_server.check.file_routes import ROUTES as CHECK_FILES
from sync_server.check.hotline import ROUTES as HOTLINE
from sync_server.check.routes import ROUTES as CHECK
from sync_server.county import County
from sync_server.draws.routes import ROUTES as DRAWS
from sync_server.filings.kept_suggestions import KeptSuggestions
from sync_server.filings.office_routes import ROUTES as OFFICE
from sync_server.filings.routes import ROUTES as FILINGS
from sync_server.http_errors import EXCEPTION_HANDLERS, handle_http
from sync_server.letters.desk_routes import ROUTES as LETTERS_DESK
from sync_server.letters.routes import ROUTES as LETTERS
from sync_server.offsite.owner_routes import ROUTES as OFFSITE_OWNERS
from sync_server.offsite.routes import ROUTES as OFFSITE
from sync_server.pages.frame import Frame, template_config
from sync_server.pages.headers import PageHeaders
from sync_server.pages.refusals import refusal_page
from sync_server.pages.static_files import StaticFiles, load_static_files, static_route
from sync_server.portal.routes import ROUTES as PORTAL
from sync_server.registry.desk.enterprise_index import EnterpriseIndex
from sync_server.registry.desk.routes import ROUTES as REGISTRY
from sync_server.supervision.document_routes import ROUTES as DOCUMENTS
from sync_server.supervision.enterprise_names import EnterpriseNames
from sync_server.supervision.routes import ROUTES as SUPERVISION

_MAX_FORM_BYTES = 64 * 1024
_NOT_PAGES = ("/api/", "/health/", "/metrics", "/schema")


@dataclass(frozen=True, slots=True)
class Site:
    router: Router
    state: State
    template_config: TemplateConfig[Any]
    before_send: PageHeaders
    exception_handlers: ExceptionHandlersMap
    """For addresses that no route has: a page to a browser, a problem to a program."""


def pages_router(routes: Sequence[ControllerRouterHandler]) -> Router:
    """Routes behind the guard and the check of forms, with refusals as pages."""
    return Router(
        path="/",
        route_handlers=[*routes],
        guards=[guard_page],
        before_request=check_form,
        exception_handlers=dict.fromkeys(EXCEPTION_HANDLERS, refusal_page),
        request_max_body_size=_MAX_FORM_BYTES,
        include_in_schema=False,
    )


def site_of(county: County) -> Site:
    static = load_static_files(county.settings.font_file)
    router = pages_router(
        [
            *(
                *PORTAL,
                *SUPERVISION,
                *DOCUMENTS,
                *HOTLINE,
                *APPROVALS,
                *FILINGS,
                *LETTERS_DESK,
                *OFFICE,
                *OFFSITE,
                *CALENDAR,
                *REGISTRY,
                *DRAWS,
                *CASES,
                *ACCOUNTS,
                *OWN,
            ),
            *(_door(), static_route(static)),
        ]
    )
    unrouted: ExceptionHandlersMap = {NotFoundException: _unrouted, MethodNotAllowedException: _unrouted}
    return Site(router, State(state_of(county, static)), template_config(), PageHeaders(county.settings), unrouted)


def state_of(county: County, static: StaticFiles) -> dict[str, Any]:
    """All that an application holds of its county."""
    index = EnterpriseIndex()
    return {
        "county": county,
        "frame": Frame(county, static),
        "enterprise_names": EnterpriseNames(index),
        "enterprise_index": index,
        "joint_suggestions": KeptSuggestions(),
    }


def _door() -> Router:
    """The owners' pages. Their forms carry no login: what they may do is in the token that only the answer shows."""
    handlers = [*CHECK, *APP_CODES, *CHECK_FILES, *LETTERS, *OFFSITE_OWNERS]
    refused: ExceptionHandlersMap = {UnicodeDecodeError: _no_text}
    return Router(path="/", route_handlers=handlers, before_request=_no_form_token, exception_handlers=refused)


async def _no_form_token(_: Request[Any, Any, Any]) -> None:
    pass


def _no_text(request: Request[Any, Any, Any], _: UnicodeDecodeError) -> Response[Any]:
    return refusal_page(request, BadlyFormedError("form", "is not UTF-8"))


def _unrouted(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    is_page = "text/html" in request.headers.get("accept", "") and not request.url.path.startswith(_NOT_PAGES)
    return refusal_page(request, error) if is_page else handle_http(request, error)
