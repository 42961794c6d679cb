"""A page: a template in the visitor's language, inside the frame that all pages share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import MediaType
from litestar.connection import ASGIConnection
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.response import Template
from litestar.template import TemplateConfig

from sync_server.accounts.access import form_secret, known_session, may
from sync_server.accounts.cookies import LANGUAGE_COOKIE, read_cookie
from sync_server.accounts.form_tokens import form_token
from sync_server.county import County
from sync_server.pages.shown_names import ShownNames
from sync_server.pages.static_files import StaticFiles
from sync_server.pages.times import shown_datetime, shown_instant, shown_place
from sync_server.texts import Language, Say, pick

TEMPLATES = Path(__file__).parent.parent / "templates"

DESKS = (
    ("/filings", "filings_title"),
    ("/offsite", "of_title"),
    ("/office", "office_title"),
    ("/calendar", "calendar_title"),
    ("/cases", "cases_title"),
    ("/letters", "letters_title"),
    ("/visits", "nav_visits"),
    ("/exceptions", "exceptions_title"),
    ("/draws", "draws_title"),
    ("/registry", "registry_title"),
    ("/accounts", "accounts_title"),
    ("/hotline", "hotline_title"),
)
"""Pages that stand in the frame of whoever may see them, with the texts of their links."""
_PARTS = {"/policy": "/calendar", "/set-aside": "/visits"}
"""Pages of a desk whose addresses do not begin with its own."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page shows whatever it is about; kept in the application's state."""

    county: County
    static: StaticFiles


def template_config() -> TemplateConfig[JinjaTemplateEngine]:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"instant": shown_instant, "shanghai": shown_datetime, "place": shown_place}
    return TemplateConfig(instance=JinjaTemplateEngine.from_environment(environment))


def language_of(connection: ASGIConnection) -> Language:  # type: ignore[type-arg]
    frame: Frame = connection.app.state.frame
    return pick(read_cookie(connection, frame.county.settings, LANGUAGE_COOKIE))


def page(
    connection: ASGIConnection,  # type: ignore[type-arg]
    template: str,
    *,
    status_code: int = 200,
    headers: dict[str, str] | None = None,
    **context: Any,
) -> Template:
    frame: Frame = connection.app.state.frame
    session = known_session(connection)
    account = session.account if session else None
    settings = frame.county.settings
    path, query = connection.url.path, connection.url.query
    say = Say(language_of(connection))
    context |= {
        "say": say,
        "account": account,
        "known_as": ShownNames(frame.county, say),
        "may": partial(may, account),
        "desks": [(path, text) for path, text in DESKS if account and may(account, f"GET {path}")],
        "form_token": form_token(form_secret(connection)),
        "style_paths": frame.static.style_paths,
        "icon_path": frame.static.icon_path,
        "desk_style": frame.static.desk_style,
        "county_name": settings.county_name,
        "hotline": settings.hotline,
        "current_desk": _desk_of(path),
        "is_done": context.get("is_done", connection.query_params.get("done") == "1"),
        "here": quote(f"{path}?{query}" if query else path, safe="/"),
        "now": shown_instant(int(frame.county.clock.now().timestamp() * 1000)),
    }
    return Template(template, context=context, status_code=status_code, headers=headers, media_type=MediaType.HTML)


def _desk_of(path: str) -> str:
    """The desk that a page belongs to; blank for those of none."""
    path = _PARTS.get(path, path)
    return next((desk for desk, _ in DESKS if path == desk or path.startswith(f"{desk}/")), "")
