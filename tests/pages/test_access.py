"""Deny by default: every route of the application is in the table of roles or is a known machine's door."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from litestar import Litestar, get
from litestar.testing import TestClient

from sync_server.accounts.access import ACCESS, EVERYBODY
from sync_server.accounts.account import Role
from sync_server.app import app_of
from sync_server.county import County
from sync_server.pages.site import pages_router
from tests.pages.conftest import ACCOUNTS
from tests.pages.stories import PASSWORD, Story
from tests.pages.visitor import Visitor
from tests.server.towns import USCC

MACHINE_DOORS = ("/api/", "/health/", "/metrics", "/schema")
NAMES = {role: name for name, role in ACCOUNTS.items()}


def pages_of(app: Litestar) -> set[str]:
    return {
        f"{method} {route.path_format}"
        for route in app.routes
        for method in route.methods
        if method != "OPTIONS" and not route.path_format.startswith(MACHINE_DOORS)
    }


def test_every_page_is_in_the_table_and_nothing_else_is(county: County) -> None:
    assert pages_of(app_of(county)) == set(ACCESS)


OF_LETTERS = {"GET /letters/{record}", "GET /letters/{record}/photos/{photo}", "GET /cases/new/{record}"}


def filled(path: str, story: Story) -> str:
    values = {
        "{visit}": story.sound,
        "{record}": story.opening.hex(),
        "{photo}": story.photo.hex(),
        "{person}": "market1",
        "{language}": "zh",
        "{sheet}": f"{USCC}-1",
    }
    for name, value in values.items():
        path = path.replace(name, value)
    return path


@pytest.mark.parametrize("role", [None, *Role])
def test_each_role_sees_its_pages_and_no_others(
    visitor: Callable[[], Visitor], county: County, story: Story, role: Role | None
) -> None:
    somebody = visitor()
    if role is not None:
        assert somebody.log_in(NAMES[role], PASSWORD).status_code == 303
    walked = 0
    for route, roles in ACCESS.items():
        method, path = route.split(" ")
        path = filled(path, story)
        if method != "GET" or "{" in path:
            continue
        answer = somebody.get(path)
        leads_to_login = answer.status_code == 303 and answer.headers["location"].startswith("/login?next=")
        if roles == EVERYBODY or role in roles:
            # this story has no letter: who may look for one is told that it is not there
            assert answer.status_code in ((404,) if route in OF_LETTERS else (200, 303)), path
            assert not leads_to_login, path
        elif role is None:
            assert leads_to_login, path
        else:
            assert answer.status_code == 403, path
            assert "没有权限" in answer.text
        walked += 1
    assert walked >= 9


def test_a_page_that_nobody_put_into_the_table_is_refused_to_everybody(county: County) -> None:
    @get("/forgotten", sync_to_thread=False)
    def forgotten() -> str:
        return "secret"

    app = app_of(county)
    app.register(pages_router([forgotten]))
    with TestClient(app, base_url="http://127.0.0.1") as client:
        somebody = Visitor(client)
        assert somebody.get("/forgotten").status_code == 403
        somebody.log_in("lin", PASSWORD)
        assert somebody.get("/forgotten").status_code == 403
        assert "secret" not in somebody.get("/forgotten").text
