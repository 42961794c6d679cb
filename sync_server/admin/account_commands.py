"""`zhuqi admin account`."""

from __future__ import annotations

import sys

import rich_click as click

from sync_server.accounts.account import OF_A_DEPARTMENT, Account, Grant, Role, grant_of
from sync_server.accounts.add_account import add_account
from sync_server.accounts.change_password import change_password
from sync_server.accounts.change_roles import change_roles
from sync_server.accounts.disable_account import disable_account
from sync_server.accounts.read_accounts import find_account, list_accounts
from sync_server.admin.on_behalf import Desk, desk_command


@click.group()
def account() -> None:
    """Who may log in, and as what: clerks, heads, the county office, approvers, supervisors and others."""


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))


def _grants(_context: click.Context, _option: click.Parameter, texts: tuple[str, ...]) -> tuple[Grant, ...]:
    try:
        return tuple(grant_of(text) for text in texts)
    except ValueError as err:
        known = ", ".join(f"{role}@DEPARTMENT" if role in OF_A_DEPARTMENT else role for role in Role)
        raise click.BadParameter(f"a role is one of {known}") from err


_roles = click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    metavar="ROLE[@DEPARTMENT]",
    callback=_grants,
    help="E.g. supervisor, or clerk@market for one of a department; may be repeated.",
)
_person = click.option("--person", default=None, help="Id in the register of whom an approver's account belongs to.")


@account.command("add")
@click.argument("name")
@_roles
@_person
@click.option("--display-name", default="", help="As pages show it; default the name.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of asking.")
@desk_command(acts=False)
def add(
    desk: Desk, name: str, roles: tuple[Grant, ...], person: str | None, display_name: str, password_stdin: bool
) -> None:
    """Make an account. The password is asked for; it has at least ten characters."""
    password = _password(from_stdin=password_stdin)
    made = add_account(desk.county, name, password, roles, display_name, person=person)
    click.echo(f"{made.name} {_named(made)}")


@account.command("roles")
@click.argument("name")
@_roles
@_person
@desk_command(acts=False)
def set_roles(desk: Desk, name: str, roles: tuple[Grant, ...], person: str | None) -> None:
    """Give an account these roles instead of those it had; ends its sessions."""
    change_roles(desk.county, name, roles, person=person)
    click.echo(f"{name} {_named(find_account(desk.county, name))}")


@account.command("list")
@desk_command(acts=False)
def list_all(desk: Desk) -> None:
    """All accounts: name, roles, display name."""
    for one in list_accounts(desk.county):
        known = (one.name, _named(one), one.display_name, *(("disabled",) if one.disabled else ()))
        click.echo("\t".join(known))


def _named(account: Account) -> str:
    return " ".join(str(grant) for grant in account.grants)


@account.command("passwd")
@click.argument("name")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of asking.")
@desk_command(acts=False)
def passwd(desk: Desk, name: str, password_stdin: bool) -> None:
    """Set a new password; ends the account's sessions."""
    change_password(desk.county, name, _password(from_stdin=password_stdin))
    click.echo("changed")


@account.command("disable")
@click.argument("name")
@desk_command(acts=False)
def disable(desk: Desk, name: str) -> None:
    """Let an account log in no more. Accounts are never deleted: the log names them."""
    disable_account(desk.county, name)
    click.echo("disabled")


@account.command("enable")
@click.argument("name")
@desk_command(acts=False)
def enable(desk: Desk, name: str) -> None:
    """Let a disabled account log in again."""
    disable_account(desk.county, name, disabled=False)
    click.echo("enabled")
