"""Our cookies: read by no script, sent by no other site, over TLS only – but on this very machine."""

from __future__ import annotations

from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie

from sync_server.settings import Settings

SESSION_COOKIE = "zhuqi_session"
FORM_COOKIE = "zhuqi_form"
LANGUAGE_COOKIE = "zhuqi_language"
YEAR_SECONDS = 365 * 24 * 3600
_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


def read_cookie(connection: ASGIConnection, settings: Settings, name: str) -> str | None:  # type: ignore[type-arg]
    return connection.cookies.get(_full_name(name, secure=_is_secure(connection, settings)))


def make_cookie(
    connection: ASGIConnection,  # type: ignore[type-arg]
    settings: Settings,
    name: str,
    value: str,
    *,
    max_age: int | None = None,
) -> Cookie:
    """`max_age` null: until the browser closes; 0 takes the cookie away."""
    secure = _is_secure(connection, settings)
    return Cookie(
        key=_full_name(name, secure=secure),
        value=value,
        path="/",
        httponly=True,
        secure=secure,
        samesite="lax",
        max_age=max_age,
    )


def _is_secure(connection: ASGIConnection, settings: Settings) -> bool:  # type: ignore[type-arg]
    """Always but on this machine, or where the operator says that the server is tried without TLS."""
    if connection.url.scheme == "https":
        return True
    return settings.secure_cookies and (connection.url.hostname or "") not in _THIS_MACHINE


def _full_name(name: str, *, secure: bool) -> str:
    # the prefix makes browsers refuse one set by another host of the domain, or without TLS
    return f"__Host-{name}" if secure else name
