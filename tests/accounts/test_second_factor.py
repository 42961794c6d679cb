"""Second factor, invitations, sessions, and the record of every change."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pyotp
import pytest

from shared_models.acts import AccountChange
from sync_server.accounts.account import Grant, Role
from sync_server.accounts.add_account import add_account
from sync_server.accounts.change_password import change_password
from sync_server.accounts.change_roles import change_roles
from sync_server.accounts.disable_account import disable_account
from sync_server.accounts.errors import (
    AccountExistsError,
    InvitationError,
    LastAdministratorError,
    LoginFailedError,
    SecondFactorError,
)
from sync_server.accounts.invite import (
    accept_invitation,
    find_invitation,
    invite,
    open_invitations,
    withdraw_invitation,
)
from sync_server.accounts.log_in import log_in
from sync_server.accounts.read_accounts import find_account
from sync_server.accounts.second_factor import factor_address, new_factor, right_step, typed_secret
from sync_server.accounts.sessions import end_sessions, find_session, key_of, sessions_of
from sync_server.accounts.set_second_factor import set_second_factor
from sync_server.accounts.tables import accounts, invitations
from sync_server.accounts.views import history_of
from sync_server.county import County
from sync_server.log.rebuild_views import rebuild_views
from sync_server.storage.engine import reading
from tests.accounts.conftest import NAME, PASSWORD
from tests.pages.visitor import Visitor
from tests.registry_desk.desk_hands import send
from tests.server.towns import clock_of, later

Visits = Callable[..., Visitor]


def code_of(county: County, name: str, factor: bytes) -> str:
    return pyotp.TOTP(typed_secret(county, name, factor)).at(clock_of(county).now())


@pytest.fixture
def guarded(bare: County) -> tuple[County, bytes]:
    add_account(bare, NAME, PASSWORD, Role.SUPERVISOR)
    factor = new_factor()
    step = right_step(bare, NAME, factor, code_of(bare, NAME, factor))
    assert step is not None
    set_second_factor(bare, NAME, factor, step - 1, by=NAME)
    return bare, factor


def test_a_guarded_account_needs_password_and_code(guarded: tuple[County, bytes]) -> None:
    county, factor = guarded
    for code in ("", "000000", "12345", "六", code_of(county, NAME, new_factor())):
        with pytest.raises(SecondFactorError):
            log_in(county, NAME, PASSWORD, "10.0.0.1", code)
        later(county, hours=2)
    code = code_of(county, NAME, factor)
    with pytest.raises(LoginFailedError):
        log_in(county, NAME, "the wrong password", "10.0.0.1", code)
    assert find_session(county, log_in(county, NAME, PASSWORD, "10.0.0.1", f"{code[:3]} {code[3:]}")) is not None


def test_a_code_is_taken_once_and_for_a_minute_or_so(guarded: tuple[County, bytes]) -> None:
    county, factor = guarded
    code = code_of(county, NAME, factor)
    log_in(county, NAME, PASSWORD, "10.0.0.1", code)
    with pytest.raises(SecondFactorError):
        log_in(county, NAME, PASSWORD, "10.0.0.1", code)
    later(county, seconds=120)
    fresh = code_of(county, NAME, factor)
    later(county, seconds=90)
    with pytest.raises(SecondFactorError):
        log_in(county, NAME, PASSWORD, "10.0.0.1", fresh)


def test_guessing_codes_is_slowed_down_as_guessing_passwords_is(guarded: tuple[County, bytes]) -> None:
    county, _ = guarded
    refused = []
    for _ in range(12):
        try:
            log_in(county, NAME, PASSWORD, "10.0.0.1", "000000")
        except Exception as err:  # noqa: BLE001 - which of the two is the question
            refused.append(type(err).__name__)
    assert "LoginThrottledError" in refused


def test_the_database_alone_does_not_tell_the_codes(guarded: tuple[County, bytes]) -> None:
    county, factor = guarded
    with reading(county.engine) as connection:
        row = connection.execute(accounts.select()).one()
    assert row.second_factor == factor
    assert typed_secret(county, NAME, factor).encode() not in bytes(row.second_factor)
    address = factor_address(county, NAME, factor)
    assert address.startswith("otpauth://totp/")
    assert pyotp.parse_uri(address).secret == typed_secret(county, NAME, factor)


def test_an_invitation_makes_one_account_and_names_who_invited(bare: County) -> None:
    token = invite(bare, " Lin ", "林", (Grant(Role.SUPERVISOR),), by="root")
    assert find_invitation(bare, token).name == "lin"
    made = accept_invitation(bare, token, PASSWORD)
    assert (made.name, made.display_name, made.roles) == ("lin", "林", {Role.SUPERVISOR})
    with pytest.raises(InvitationError):
        accept_invitation(bare, token, PASSWORD)
    with reading(bare.engine) as connection:
        (entry,) = history_of(connection, "lin")
    assert (entry.by, entry.changed.change, entry.changed.roles) == ("root", AccountChange.MADE, ("supervisor",))


def test_an_invitation_ends_and_can_be_withdrawn(bare: County) -> None:
    token = invite(bare, "lin", "", (Grant(Role.SUPERVISOR),), by="root")
    again = invite(bare, "lin", "", (Grant(Role.HOTLINE),), by="root")
    for over in (token, "", "x" * 9999, "\x00", "林"):
        with pytest.raises(InvitationError):
            find_invitation(bare, over)
    withdraw_invitation(bare, "lin")
    with pytest.raises(InvitationError):
        find_invitation(bare, again)
    late = invite(bare, "lin", "", (Grant(Role.HOTLINE),), by="root")
    later(bare, days=4)
    assert open_invitations(bare) == ()
    with pytest.raises(InvitationError):
        accept_invitation(bare, late, PASSWORD)
    add_account(bare, "lin", PASSWORD, Role.HOTLINE)
    with pytest.raises(AccountExistsError):
        invite(bare, "lin", "", (Grant(Role.HOTLINE),), by="root")


def test_the_token_of_an_invitation_is_not_in_the_database(bare: County) -> None:
    token = invite(bare, "lin", "", (Grant(Role.SUPERVISOR),), by="root")
    with reading(bare.engine) as connection:
        assert token not in repr(connection.execute(invitations.select()).all())


def test_every_change_is_a_record_and_the_views_come_again_from_the_log(bare: County) -> None:
    add_account(bare, "root", PASSWORD, Role.ADMINISTRATOR)
    add_account(bare, NAME, PASSWORD, Role.SUPERVISOR)
    change_roles(bare, NAME, (Grant(Role.HOTLINE), Grant(Role.DISCIPLINE)), by="root")
    change_password(bare, NAME, "another password", by=NAME)
    change_password(bare, NAME, "and yet another", by=NAME)
    disable_account(bare, NAME, by="root")
    disable_account(bare, NAME, disabled=False, by="root")
    set_second_factor(bare, NAME, new_factor(), 1, by=NAME)
    set_second_factor(bare, NAME, None, None, by="root")
    with reading(bare.engine) as connection:
        history = history_of(connection, NAME)[::-1]
    assert [(one.by, one.changed.change.value) for one in history] == [
        ("system", "made"),
        ("root", "roles"),
        (NAME, "password"),
        (NAME, "password"),
        ("root", "disabled"),
        ("root", "enabled"),
        (NAME, "second_factor"),
        ("root", "second_factor_taken"),
    ]
    assert history[1].changed.roles == ("discipline", "hotline")
    assert "another password" not in repr(history)
    assert rebuild_views(bare).differences == {}


def test_nobody_takes_away_the_last_administrator(bare: County) -> None:
    add_account(bare, "root", PASSWORD, Role.ADMINISTRATOR)
    for change in (
        lambda: disable_account(bare, "root", by="root"),
        lambda: change_roles(bare, "root", (Grant(Role.HOTLINE),), by="root"),
    ):
        with pytest.raises(LastAdministratorError):
            change()
    account = find_account(bare, "root")
    assert (account.disabled, account.roles) == (False, {Role.ADMINISTRATOR})
    add_account(bare, "other", PASSWORD, Role.ADMINISTRATOR)
    disable_account(bare, "root", by="other")


def test_sessions_are_listed_and_ended_one_by_one(bare: County) -> None:
    add_account(bare, NAME, PASSWORD, Role.SUPERVISOR)
    tokens = [log_in(bare, NAME, PASSWORD, "10.0.0.1") for _ in range(3)]
    assert {one.key for one in sessions_of(bare, NAME)} == {key_of(token) for token in tokens}
    end_sessions(bare, NAME, key=key_of(tokens[0]))
    assert [find_session(bare, token) is None for token in tokens] == [True, False, False]
    end_sessions(bare, "another", key=key_of(tokens[1]))
    end_sessions(bare, NAME, but=key_of(tokens[1]))
    assert [find_session(bare, token) is None for token in tokens] == [True, False, True]
    later(bare, hours=13)
    assert sessions_of(bare, NAME) == ()


def test_one_sets_a_second_factor_and_logs_in_with_it(county: County, visitor: Visits) -> None:
    lin = visitor()
    lin.log_in(NAME, PASSWORD)
    page = lin.get("/account").text
    factor = re.search(r'name="factor" value="([0-9a-f]{32})"', page)
    assert factor
    assert "<svg" in page
    assert "otpauth" not in page
    known = bytes.fromhex(factor[1])
    wrong = send(lin, "/account", act="factor", factor=factor[1], code="000000", old=PASSWORD)
    assert wrong.status_code == 422
    assert factor[1] in wrong.text
    stolen = send(lin, "/account", act="factor", factor=factor[1], code=code_of(county, NAME, known), old="guess")
    assert stolen.status_code == 422
    assert "密码不对" in stolen.text
    done = send(lin, "/account", act="factor", factor=factor[1], code=code_of(county, NAME, known), old=PASSWORD)
    assert done.status_code == 303
    other = visitor()
    asked = other.log_in(NAME, PASSWORD)
    assert asked.status_code == 401
    assert "这个账号开启了动态码" in asked.text
    clock_of(county).instant += timedelta(minutes=1)
    code = code_of(county, NAME, known)
    assert send(other, "/login", account=NAME, password=PASSWORD, code=code, next="").status_code == 303
    assert send(lin, "/account", act="take_factor", old=PASSWORD).status_code == 303
    assert not find_account(county, NAME).has_second_factor


def test_a_new_password_ends_all_sessions_and_needs_the_old_one(county: County, visitor: Visits) -> None:
    lin, elsewhere = visitor(), visitor()
    lin.log_in(NAME, PASSWORD)
    elsewhere.log_in(NAME, PASSWORD)
    for odd in (
        {"old": "x", "password": "a fresh password", "again": "a fresh password"},
        {"old": PASSWORD, "password": "a fresh password", "again": "another one here"},
        {"old": PASSWORD, "password": "short", "again": "short"},
    ):
        assert send(lin, "/account", act="password", **odd).status_code == 422
    new = {"old": PASSWORD, "password": "a fresh password", "again": "a fresh password"}
    assert send(lin, "/account", act="password", **new).headers["location"] == "/login"
    assert elsewhere.get("/account").status_code == 303
    assert visitor().log_in(NAME, "a fresh password").status_code == 303


def test_an_administrator_invites_changes_and_disables(county: County, visitor: Visits) -> None:
    add_account(county, "root", PASSWORD, Role.ADMINISTRATOR)
    root = visitor()
    root.log_in("root", PASSWORD)
    refused = send(root, "/accounts/invite", name="王 五", display_name="王五")
    assert refused.status_code == 422
    assert "王 五" in refused.text
    no_role = send(root, "/accounts/invite", name="wang", display_name="王五")
    assert "至少选一个角色" in no_role.text
    answer = send(root, "/accounts/invite", name="wang", display_name="王五", grant="hotline")
    link = re.search(r"https://zhuqi\.test(/join/[\w-]+)", answer.text)
    assert link
    assert "wang" in root.get("/accounts").text
    wang = visitor()
    assert send(wang, link[1], password="a good long one", again="a good long two").status_code == 422
    assert send(wang, link[1], password="a good long one", again="a good long one").headers["location"] == "/login"
    assert wang.get(link[1]).status_code == 404
    assert wang.log_in("wang", "a good long one").status_code == 303
    assert send(root, "/accounts/wang", act="roles", grant="discipline").status_code == 303
    assert find_account(county, "wang").roles == {Role.DISCIPLINE}
    assert wang.get("/hotline").status_code == 303
    assert send(root, "/accounts/wang", act="disable").status_code == 303
    assert visitor().log_in("wang", "a good long one").status_code == 401
    last = send(root, "/accounts/root", act="disable")
    assert last.status_code == 422
    assert "至少要保留一名" in last.text
    assert "改角色" in root.get("/accounts/wang").text
    assert root.get("/accounts/nobody").status_code == 404


def test_only_administrators_keep_accounts(county: County, visitor: Visits) -> None:
    lin = visitor()
    lin.log_in(NAME, PASSWORD)
    for path in ("/accounts", "/accounts/invite", f"/accounts/{NAME}"):
        assert lin.get(path).status_code == 403
    assert send(lin, f"/accounts/{NAME}", page="/account", act="roles", grant="administrator").status_code == 403
