"""Several roles a person, some for one department; and the accounts of before keep what they had."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

import sync_server.storage as storage
from shared_models.people import Department
from sync_server.accounts.account import Grant, Role, grant_of
from sync_server.accounts.add_account import add_account
from sync_server.accounts.change_roles import change_roles
from sync_server.accounts.errors import AccountUnknownError
from sync_server.accounts.log_in import log_in
from sync_server.accounts.read_accounts import find_account
from sync_server.accounts.sessions import find_session
from sync_server.county import County
from sync_server.errors import InvalidError
from sync_server.registry.register_departments import register_departments
from sync_server.storage.engine import open_engine, writing
from tests.accounts.conftest import NAME, PASSWORD


@pytest.fixture
def departments(bare: County) -> County:
    register_departments(bare, "office", [Department("market", "市场监管局"), Department("fire", "消防救援局")])
    return bare


def test_a_person_holds_several_roles_each_for_its_department(departments: County) -> None:
    grants = (Grant(Role.SUPERVISOR), Grant(Role.CLERK, "market"), Grant(Role.CLERK, "fire"))
    add_account(departments, NAME, PASSWORD, grants)
    account = find_account(departments, NAME)
    assert account.roles == {Role.CLERK, Role.SUPERVISOR}
    assert account.departments(Role.CLERK) == ("fire", "market")
    assert account.departments(Role.SUPERVISOR) == ()
    assert [str(grant) for grant in account.grants] == ["clerk@fire", "clerk@market", "supervisor"]
    assert [grant_of(str(grant)) for grant in account.grants] == list(account.grants)


@pytest.mark.parametrize(
    ("grants", "person", "where"),
    [
        ((), None, "account"),
        ((Grant(Role.CLERK),), None, "account"),
        ((Grant(Role.SUPERVISOR, "market"),), None, "account"),
        ((Grant(Role.CLERK, "nowhere"),), None, "account.department"),
        ((Grant(Role.CLERK, "mar\x00ket"),), None, "account.department"),
        ((Grant(Role.APPROVER),), None, "account"),
    ],
)
def test_a_role_without_its_department_or_person_is_refused(
    departments: County, grants: tuple[Grant, ...], person: str | None, where: str
) -> None:
    with pytest.raises(InvalidError) as refused:
        add_account(departments, NAME, PASSWORD, grants, person=person)
    assert refused.value.where == where
    with pytest.raises(AccountUnknownError):
        find_account(departments, NAME)


def test_changed_roles_end_the_sessions_that_had_the_old_ones(departments: County) -> None:
    add_account(departments, NAME, PASSWORD, Role.SUPERVISOR)
    token = log_in(departments, NAME, PASSWORD, "10.0.0.1")
    change_roles(departments, NAME, (Grant(Role.DEPARTMENT_HEAD, "fire"),))
    assert find_session(departments, token) is None
    session = find_session(departments, log_in(departments, NAME, PASSWORD, "10.0.0.1"))
    assert session is not None
    assert session.account.grants == (Grant(Role.DEPARTMENT_HEAD, "fire"),)


def test_accounts_of_the_release_before_keep_their_role(tmp_path: Path, engine_url: str | None) -> None:
    engine = open_engine(engine_url or f"sqlite:///{tmp_path / 'old.sqlite'}")
    config = Config()
    config.set_main_option("script_location", str(Path(storage.__file__).parent / "migrations"))
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0005")
        for name, role in (("lin", "supervisor"), ("root", "administrator")):
            values = {"name": name, "role": role, "shown": name.encode(), "hash": "x", "off": False}
            connection.execute(
                text(
                    "INSERT INTO accounts (name, role, display_name, password_hash, disabled, made_at) "
                    "VALUES (:name, :role, :shown, :hash, :off, 1)"
                ),
                values,
            )
        command.upgrade(config, "head")
        kept = connection.execute(text("SELECT account, role, department FROM account_roles ORDER BY account")).all()
        assert [tuple(row) for row in kept] == [("lin", "supervisor", ""), ("root", "administrator", "")]
        command.downgrade(config, "0005")
        assert set(connection.execute(text("SELECT name, role FROM accounts")).all()) == {
            ("lin", "supervisor"),
            ("root", "administrator"),
        }
    engine.dispose()
