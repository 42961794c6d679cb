"""Accounts and sessions, on both engines."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from sync_server.accounts.account import Role
from sync_server.accounts.add_account import add_account
from sync_server.accounts.change_password import change_password
from sync_server.accounts.disable_account import disable_account
from sync_server.accounts.errors import (
    AccountExistsError,
    AccountUnknownError,
    LoginFailedError,
    LoginThrottledError,
    PasswordTooWeakError,
)
from sync_server.accounts.log_in import log_in
from sync_server.accounts.passwords import Passwords
from sync_server.accounts.read_accounts import find_account, list_accounts
from sync_server.accounts.sessions import close_session, find_session
from sync_server.accounts.tables import accounts, sessions
from sync_server.accounts.throttle import count_attempt, tried
from sync_server.clock import milliseconds
from sync_server.county import County
from sync_server.errors import InvalidError
from sync_server.storage.engine import reading, writing
from tests.accounts.conftest import NAME, PASSWORD
from tests.server.towns import QUICK, later


@pytest.fixture
def staffed(bare: County) -> County:
    add_account(bare, NAME, PASSWORD, Role.SUPERVISOR, "林监督 👩")
    return bare


def test_the_right_password_opens_a_session_of_its_account(staffed: County) -> None:
    session = find_session(staffed, log_in(staffed, " LIN ", PASSWORD, "10.0.0.1"))
    assert session is not None
    assert (session.account.name, session.account.roles, session.account.display_name) == (
        NAME,
        {Role.SUPERVISOR},
        "林监督 👩",
    )


@pytest.mark.parametrize(
    ("name", "password"),
    [
        (NAME, "plum rain over aojiang"),
        (NAME, ""),
        ("nobody", PASSWORD),
        ("", PASSWORD),
        ("li\x00n", PASSWORD),
        ("l" * 9999, PASSWORD),
    ],
)
def test_anything_else_is_refused_in_one_way(staffed: County, name: str, password: str) -> None:
    with pytest.raises(LoginFailedError):
        log_in(staffed, name, password, "10.0.0.1")


def test_neither_password_nor_session_token_lies_in_the_database(staffed: County) -> None:
    token = log_in(staffed, NAME, PASSWORD, "10.0.0.1")
    with reading(staffed.engine) as connection:
        rows = [tuple(row) for table in (accounts, sessions) for row in connection.execute(select(table))]
    kept = repr(rows)
    assert rows
    assert PASSWORD not in kept
    assert token not in kept
    assert "$argon2id$" in kept


def test_a_session_ends_unused_after_two_hours_and_used_after_twelve(staffed: County) -> None:
    idle = log_in(staffed, NAME, PASSWORD, "10.0.0.1")
    later(staffed, minutes=119)
    used = log_in(staffed, NAME, PASSWORD, "10.0.0.1")
    assert find_session(staffed, idle) is not None
    later(staffed, minutes=121)
    assert find_session(staffed, idle) is None
    fresh = log_in(staffed, NAME, PASSWORD, "10.0.0.1")
    del used
    for _ in range(11):
        later(staffed, minutes=60)
        assert find_session(staffed, fresh) is not None
    later(staffed, minutes=61)
    assert find_session(staffed, fresh) is None


def test_logging_out_ends_this_session_only(staffed: County) -> None:
    one, other = (log_in(staffed, NAME, PASSWORD, "10.0.0.1") for _ in range(2))
    close_session(staffed, one)
    assert find_session(staffed, one) is None
    assert find_session(staffed, other) is not None


def test_a_new_password_ends_all_sessions_and_the_old_one(staffed: County) -> None:
    token = log_in(staffed, NAME, PASSWORD, "10.0.0.1")
    change_password(staffed, NAME, "new plum rain 2026")
    assert find_session(staffed, token) is None
    with pytest.raises(LoginFailedError):
        log_in(staffed, NAME, PASSWORD, "10.0.0.1")
    assert log_in(staffed, NAME, "new plum rain 2026", "10.0.0.1")


def test_a_disabled_account_is_out_at_once_and_stays_known(staffed: County) -> None:
    token = log_in(staffed, NAME, PASSWORD, "10.0.0.1")
    disable_account(staffed, NAME)
    assert find_session(staffed, token) is None
    with pytest.raises(LoginFailedError):
        log_in(staffed, NAME, PASSWORD, "10.0.0.1")
    assert [one.disabled for one in list_accounts(staffed)] == [True]
    disable_account(staffed, NAME, disabled=False)
    assert log_in(staffed, NAME, PASSWORD, "10.0.0.1")


def fail(county: County, times: int, *, name: str = "", address: str = "") -> None:
    """Attempts as they are counted before their password is looked at, without waiting for Argon2 each time."""
    for n in range(times):
        with writing(county.engine) as connection:
            attempts = tried(name or f"name{n}", address or f"10.1.0.{n}")
            count_attempt(connection, attempts, milliseconds(county.clock.now()))


def test_each_failure_after_five_makes_an_account_wait_longer(staffed: County) -> None:
    fail(staffed, 5, name=NAME)
    waits = []
    for _ in range(8):
        with pytest.raises(LoginThrottledError) as refused:
            log_in(staffed, NAME, PASSWORD, "10.0.1.1")
        waits.append(refused.value.retry_after_seconds)
        later(staffed, seconds=waits[-1])
        fail(staffed, 1, name=NAME)
    assert waits == [15, 30, 60, 120, 240, 480, 900, 900]


def test_attempts_while_waiting_make_nothing_longer(staffed: County) -> None:
    fail(staffed, 5, name=NAME)
    for _ in range(20):
        with pytest.raises(LoginThrottledError):
            log_in(staffed, NAME, PASSWORD, "10.0.0.1")
    later(staffed, seconds=15)
    assert log_in(staffed, NAME, PASSWORD, "10.0.0.1")


def test_the_right_password_forgives_the_account(staffed: County) -> None:
    fail(staffed, 4, name=NAME)
    assert log_in(staffed, NAME, PASSWORD, "10.0.0.1")
    fail(staffed, 4, name=NAME)
    assert log_in(staffed, NAME, PASSWORD, "10.0.0.1")


def test_failures_are_forgotten_after_an_hour(staffed: County) -> None:
    fail(staffed, 4, name=NAME)
    later(staffed, minutes=61)
    fail(staffed, 4, name=NAME)
    assert log_in(staffed, NAME, PASSWORD, "10.0.0.1")


def test_an_address_that_tries_many_names_is_made_to_wait(staffed: County) -> None:
    fail(staffed, 30, address="10.0.0.66")
    with pytest.raises(LoginThrottledError):
        log_in(staffed, NAME, PASSWORD, "10.0.0.66")
    assert log_in(staffed, NAME, PASSWORD, "10.0.0.67")


def test_one_right_password_does_not_forgive_the_address(staffed: County) -> None:
    fail(staffed, 29, address="10.0.0.66")
    later(staffed, seconds=15)
    assert log_in(staffed, NAME, PASSWORD, "10.0.0.66")
    fail(staffed, 1, address="10.0.0.66")
    with pytest.raises(LoginThrottledError):
        log_in(staffed, NAME, PASSWORD, "10.0.0.66")


def test_a_failed_login_counts(staffed: County) -> None:
    fail(staffed, 4, name=NAME)
    with pytest.raises(LoginFailedError):
        log_in(staffed, NAME, "wrong", "10.0.0.1")
    with pytest.raises(LoginThrottledError):
        log_in(staffed, NAME, PASSWORD, "10.0.0.1")


def test_names_are_unique_whatever_their_case(staffed: County) -> None:
    with pytest.raises(AccountExistsError):
        add_account(staffed, "Lin", "another password", Role.SUPERVISOR)
    with pytest.raises(InvalidError):
        add_account(staffed, "林", "another password", Role.SUPERVISOR)
    with pytest.raises(AccountUnknownError):
        find_account(staffed, "nobody")
    with pytest.raises(AccountUnknownError):
        change_password(staffed, "nobody", "another password")


@pytest.mark.parametrize("password", ["", "short", "aaaaaaaaaaaaaaa", "xx-LIN-xx-LIN", "p" * 300])
def test_a_weak_password_is_refused(password: str) -> None:
    with pytest.raises(PasswordTooWeakError):
        QUICK.hash("lin", password)


def test_a_password_is_the_same_whatever_width_it_was_typed_in() -> None:
    stored = QUICK.hash("lin", "平安是福2026年ABC")
    assert QUICK.is_right(stored, "平安是福２０２６年ＡＢＣ")
    assert not QUICK.is_right(stored, "平安是福2026年abc")
    assert not QUICK.is_right(None, "nobody has this account")
    assert not QUICK.is_right("not a hash", "平安是福2026年ABC")


def test_a_county_that_nobody_told_otherwise_makes_each_guess_dear() -> None:
    """RFC 9106, 4, the second recommended parameters."""
    dear = Passwords()
    stored = dear.hash("lin", PASSWORD)
    assert stored.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert dear.is_right(stored, PASSWORD)
    assert QUICK.is_right(stored, PASSWORD)
