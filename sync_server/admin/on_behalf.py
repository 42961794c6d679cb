"""What the commands share: which county, on behalf of whom, and refusals as one line with an exit code."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import rich_click as click

from shared_models.errors import BadlyFormedError, ZhuqiError
from sync_server.accounts.account import Role
from sync_server.accounts.errors import AccountUnknownError
from sync_server.accounts.read_accounts import find_account
from sync_server.county import County
from sync_server.open_county import open_county
from sync_server.settings import settings_from
from sync_server.texts import Say

F = TypeVar("F", bound=Callable[..., Any])
_MAY_ACT = frozenset({Role.COUNTY_OFFICE, Role.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class Desk:
    """A county, and the account on whose behalf acts are signed; blank for commands that sign none.

    `person` is who the account is in the register, blank where it is nobody there.
    """

    county: County
    account: str
    person: str = ""


def desk_command(*, acts: bool, roles: frozenset[Role] = _MAY_ACT) -> Callable[[F], F]:
    """Gives a command `--data`, and `--account` where it acts; the command takes a Desk first.

    `roles`: who may act by it.
    """

    def decorate(function: F) -> F:
        @functools.wraps(function)
        def run(data: Path | None, account: str = "", **given: Any) -> Any:
            try:
                desk = Desk(_county(data), account)
                if acts:
                    desk = _acting(desk.county, account, roles)
                return function(desk, **given)
            except ZhuqiError as err:
                raise refusal(err) from err

        options = [
            click.option(
                "--data",
                type=click.Path(path_type=Path, file_okay=False),
                help="The server's data folder; default ZHUQI_DATA, else zhuqi-data.",
            )
        ]
        if acts:
            options.append(
                click.option(
                    "--account",
                    envvar="ZHUQI_ACCOUNT",
                    required=True,
                    help=f"Account ({_words(roles)}) that the act is signed on behalf of; or ZHUQI_ACCOUNT.",
                )
            )
        wrapped: Any = run
        for option in options:
            wrapped = option(wrapped)
        return wrapped  # type: ignore[no-any-return]

    return decorate


def _county(data: Path | None) -> County:
    """One that the server has made: a slip in the path must not found another county with keys of its own."""
    settings = settings_from(data_dir=data)
    if not settings.service_key_file.exists():
        raise click.UsageError(
            f"there is no county in {settings.data_dir}: start `zhuqi server --data {settings.data_dir}` once"
        )
    return open_county(settings)


def refusal(error: ZhuqiError) -> click.ClickException:
    """One line: the code, what it concerns, and the same in words; exit 2 for a file that is not what it should be."""
    kind = _UnusableInputError if isinstance(error, BadlyFormedError) else click.ClickException
    return kind(_line(error))


class _UnusableInputError(click.ClickException):
    exit_code = 2


def _line(error: ZhuqiError) -> str:
    words = Say("en").code(error.code)
    return f"{error} – {words}" if words != error.code else str(error)


def _words(roles: frozenset[Role]) -> str:
    return " or ".join(sorted(role.value.replace("_", " ") for role in roles))


def _acting(county: County, name: str, roles: frozenset[Role]) -> Desk:
    account = find_account(county, name)
    if account.disabled:
        raise AccountUnknownError(name)
    if not account.has(*roles):
        held = ", ".join(str(grant) for grant in account.grants)
        raise click.UsageError(f"account {name} is {held}: this is signed on behalf of: {_words(roles)}")
    return Desk(county, account.name, account.person or "")
