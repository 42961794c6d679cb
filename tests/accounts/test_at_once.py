"""What somebody else does while a password is compared or hashed, which takes its time, counts all the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from sync_server.accounts.account import Grant, Role
from sync_server.accounts.add_account import add_account
from sync_server.accounts.change_password import change_password
from sync_server.accounts.disable_account import disable_account
from sync_server.accounts.errors import AccountUnknownError, InvitationError, LoginFailedError, SecondFactorError
from sync_server.accounts.invite import accept_invitation, invite, withdraw_invitation
from sync_server.accounts.log_in import log_in
from sync_server.accounts.passwords import Passwords
from sync_server.accounts.read_accounts import find_account
from sync_server.accounts.second_factor import new_factor
from sync_server.accounts.sessions import sessions_of
from sync_server.accounts.set_second_factor import set_second_factor
from sync_server.county import County
from tests.accounts.conftest import NAME, PASSWORD
from tests.accounts.test_second_factor import code_of

ADDRESS = "10.0.0.1"


class Meanwhile(Passwords):
    """As cheap as the others of the tests; `act` happens once, when a password has just been looked at."""

    def __init__(self, act: Callable[[], object]) -> None:
        super().__init__(time_cost=1, memory_kib=64, parallelism=1)
        self._acts = [act]

    def is_right(self, stored: str | None, password: str) -> bool:
        found = super().is_right(stored, password)
        self._act()
        return found

    def hash(self, account: str, password: str) -> str:
        made = super().hash(account, password)
        self._act()
        return made

    def _act(self) -> None:
        if self._acts:
            self._acts.pop()()


def while_looking(county: County, act: Callable[[], object]) -> County:
    return replace(county, passwords=Meanwhile(act))


@pytest.fixture
def staffed(bare: County) -> County:
    add_account(bare, NAME, PASSWORD, Role.SUPERVISOR)
    return bare


def test_a_code_that_two_send_at_once_lets_one_of_them_in(staffed: County) -> None:
    factor = new_factor()
    set_second_factor(staffed, NAME, factor, 0, by=NAME)
    code = code_of(staffed, NAME, factor)
    second = while_looking(staffed, lambda: log_in(staffed, NAME, PASSWORD, ADDRESS, code))
    with pytest.raises(SecondFactorError):
        log_in(second, NAME, PASSWORD, ADDRESS, code)
    assert len(sessions_of(staffed, NAME)) == 1


def test_a_second_factor_that_was_set_meanwhile_is_asked_for(staffed: County) -> None:
    county = while_looking(staffed, lambda: set_second_factor(staffed, NAME, new_factor(), 0, by=NAME))
    with pytest.raises(SecondFactorError):
        log_in(county, NAME, PASSWORD, ADDRESS)


@pytest.mark.parametrize(
    "end",
    [
        lambda county: change_password(county, NAME, "another plum rain"),
        lambda county: disable_account(county, NAME),
    ],
)
def test_who_is_shut_out_while_logging_in_stays_out(staffed: County, end: Callable[[County], None]) -> None:
    with pytest.raises(LoginFailedError):
        log_in(while_looking(staffed, lambda: end(staffed)), NAME, PASSWORD, ADDRESS)
    assert sessions_of(staffed, NAME) == ()


def test_an_invitation_that_is_withdrawn_while_it_is_accepted_makes_no_account(bare: County) -> None:
    token = invite(bare, NAME, "", (Grant(Role.SUPERVISOR),), by="root")
    with pytest.raises(InvitationError):
        accept_invitation(while_looking(bare, lambda: withdraw_invitation(bare, NAME)), token, PASSWORD)
    with pytest.raises(AccountUnknownError):
        find_account(bare, NAME)
