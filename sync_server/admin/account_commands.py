"""`zhuqi admin account`."""

from __future__ import annotations

import sys

import rich_click as click

from sync_server.accounts.account import Role
from sync_server.accounts.keep_accounts import add_account, change_password, disable_account, list_accounts
from sync_server.admin.on_behalf import Desk, desk_command


@click.group()
def account() -> None:
    """Who may log in: supervisors, the county office, administrators."""


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))


@account.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--person", default=None, help="Id in the register of whom an approver's account belongs to.")
@click.option("--display-name", default="", help="As pages show it; default the name.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of asking.")
@desk_command(acts=False)
def add(desk: Desk, name: str, role: str, person: str | None, display_name: str, password_stdin: bool) -> None:
    """Make an account. The password is asked for; it has at least ten characters."""
    password = _password(from_stdin=password_stdin)
    made = add_account(desk.county, name, password, Role(role), display_name, person=person)
    click.echo(f"{made.name} {made.role}")


@account.command("list")
@desk_command(acts=False)
def list_all(desk: Desk) -> None:
    """All accounts: name, role, display name."""
    for one in list_accounts(desk.county):
        known = (one.name, one.role, one.display_name, *(("disabled",) if one.disabled else ()))
        click.echo("\t".join(known))


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
