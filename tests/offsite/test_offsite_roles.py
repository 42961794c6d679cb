"""Every role on every route of off-site checks: what the table opens, and nothing else; the owners' page is open."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from sync_server.accounts.access import ACCESS, EVERYBODY
from sync_server.accounts.account import OF_A_DEPARTMENT, Grant, Role
from sync_server.accounts.add_account import add_account
from sync_server.county import County
from sync_server.offsite.drafts import check_drafts
from sync_server.offsite.link import token_of
from sync_server.offsite.typed_check import TypedCheck
from tests.desks.town import PASSWORD
from tests.offsite.hands import answer, answered, entry_of, filed
from tests.pages.visitor import Visitor
from tests.server.lent_app import client_of

OURS = sorted(route for route in ACCESS if route.split(" ")[1].startswith(("/offsite", "/o/")))
Filled = Callable[[str], str]


@pytest.fixture
def path_of(here: County) -> Filled:
    """A route's address with what there is: a check that was answered, its photo, a draft."""
    check = filed(here)
    answered(here, check)
    draft = check_drafts.begin(here, "clerk", "market", TypedCheck())
    values = {
        "{check}": check,
        "{photo}": answer(here, check).answers[0].photos[0].hex(),
        "{token}": token_of(here, entry_of(here, check)),
        "{draft}": draft.id,
        "{key}": "new",
    }

    def filled(path: str) -> str:
        for name, value in values.items():
            path = path.replace(name, value)
        return path

    return filled


@pytest.fixture
def visitor(here: County) -> Iterator[Visitor]:
    with client_of(here) as client:
        yield Visitor(client)


def test_there_are_routes_to_walk() -> None:
    assert len(OURS) == 19
    assert sum(ACCESS[route] == EVERYBODY for route in OURS) == 4


@pytest.mark.parametrize("role", [None, *Role])
def test_each_role_sees_its_routes_and_no_others(
    here: County, visitor: Visitor, path_of: Filled, role: Role | None
) -> None:
    if role is not None:
        grant = Grant(role, "market" if role in OF_A_DEPARTMENT else "")
        person = "market1" if role is Role.APPROVER else None
        add_account(here, "somebody", PASSWORD, (grant,), "某人", person=person)
        assert visitor.log_in("somebody", PASSWORD).status_code == 303
    token = visitor.token_of("/account") if role else "none"
    for route in OURS:
        method, path = route.split(" ")
        address, roles = path_of(path), ACCESS[route]
        if method == "GET":
            answer_ = visitor.get(address)
        else:
            answer_ = visitor.post(address, {"form_token": token, "act": "nothing", "department": "market"})
        leads_to_login = answer_.status_code == 303 and answer_.headers["location"].startswith("/login")
        if roles == EVERYBODY:
            assert answer_.status_code in (200, 303, 409, 422), route
            assert not leads_to_login, route
        elif role is None:
            # a form without a session is refused before anybody asks who sent it
            assert leads_to_login or answer_.status_code == 403, route
        elif role in roles:
            assert answer_.status_code in (200, 303, 404, 409, 422), route
            assert (answer_.status_code == 404) <= path.endswith("lists.pdf"), route
            assert not leads_to_login, route
        else:
            assert answer_.status_code == 403, route
