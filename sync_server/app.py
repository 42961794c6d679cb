"""The composition root of the server: `create_app(settings)`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from litestar import Litestar, Request
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin, YamlRenderPlugin
from litestar.plugins.prometheus import PrometheusConfig, PrometheusController

from sync_server.app_files.read_site import read_site
from sync_server.app_files.routes import app_routes
from sync_server.calendar.put_in_force import keep_in_force
from sync_server.clock import Clock
from sync_server.county import County
from sync_server.demo.simulation_routes import simulation_router
from sync_server.enrolment.routes import enrolment_router
from sync_server.head_requests import HeadRequests
from sync_server.health import health_router
from sync_server.http_errors import EXCEPTION_HANDLERS
from sync_server.open_county import open_county
from sync_server.pages.site import site_of, state_of
from sync_server.settings import Settings
from sync_server.sound_host import SoundHost
from sync_server.sync.routes import blob_router, sync_router

VERSION = "0.1.0"
_MAX_BODY = 64 * 1024


def create_app(settings: Settings, clock: Clock | None = None) -> Litestar:
    """The server over its own county, opened (and at the first start made) here."""
    return app_of(open_county(settings, clock))


def app_of(county: County, more_handlers: Sequence[Any] = ()) -> Litestar:
    """The server over a county that is open already; `more_handlers` are a demo's own."""
    prometheus = PrometheusConfig(app_name="zhuqi", prefix="zhuqi", group_path=True)
    site = site_of(county)
    app = Litestar(
        route_handlers=[
            *(sync_router, blob_router, enrolment_router, health_router, PrometheusController, site.router),
            *app_routes(read_site(county.settings.app_dir), county.settings),
            *more_handlers,
            *([simulation_router] if county.settings.demo else []),
        ],
        dependencies={"county": Provide(_county_of, sync_to_thread=False)},
        exception_handlers={**EXCEPTION_HANDLERS, **site.exception_handlers},
        middleware=[prometheus.middleware],
        openapi_config=OpenAPIConfig(
            title="Zhuqi 助企码",
            version=VERSION,
            # the two that need nothing from another host
            render_plugins=[JsonRenderPlugin(), YamlRenderPlugin()],
        ),
        request_max_body_size=_MAX_BODY,
        logging_config=None,
        state=site.state,
        template_config=site.template_config,
        before_send=[site.before_send],
        lifespan=[keep_in_force],
        on_shutdown=[_close],
    )
    app.asgi_handler = SoundHost(HeadRequests(app.asgi_handler))
    return app


def move_in(app: Litestar, county: County) -> None:
    """From here on `app` serves this county, whose settings are like those it was made for: only its state changes."""
    app.state.update(state_of(county, app.state.frame.static))


def _county_of(request: Request[Any, Any, Any]) -> County:
    return request.app.state.county  # type: ignore[no-any-return]


def _close(app: Litestar) -> None:
    app.state.county.engine.dispose()
