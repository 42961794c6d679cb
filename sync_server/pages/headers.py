"""Headers of every page: no script at all, nothing from elsewhere, no frame but a named one, nothing kept by caches."""

from __future__ import annotations

from litestar.datastructures import MutableScopeHeaders
from litestar.types import Message, Scope

from sync_server.settings import Settings


def content_security_policy(settings: Settings) -> str:
    return (
        "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; "
        f"base-uri 'none'; frame-ancestors {frame_ancestors(settings)}"
    )


def frame_ancestors(settings: Settings) -> str:
    return settings.frame_ancestors.replace(";", " ").replace(",", " ").strip() or "'none'"


class PageHeaders:
    """`before_send` hook of the page routers and of error pages."""

    def __init__(self, settings: Settings) -> None:
        self._fixed = {
            "Content-Security-Policy": content_security_policy(settings),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-site",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        }
        if not settings.frame_ancestors.strip():
            self._fixed["X-Frame-Options"] = "DENY"

    async def __call__(self, message: Message, scope: Scope) -> None:
        if message["type"] != "http.response.start":
            return
        headers = MutableScopeHeaders.from_message(message)
        for name, value in self._fixed.items():
            headers.setdefault(name, value)
        headers.setdefault("Cache-Control", "no-store")
        if scope.get("scheme") == "https":
            headers.setdefault("Strict-Transport-Security", "max-age=31536000")
