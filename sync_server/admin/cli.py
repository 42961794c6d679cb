"""`zhuqi admin`: each command opens the county of `--data` and calls one use case."""

from __future__ import annotations

import rich_click as click

from sync_server.admin.account_commands import account
from sync_server.admin.door_commands import gates, sheets, spoken
from sync_server.admin.filing_commands import filing
from sync_server.admin.phone_commands import enrol, exception
from sync_server.admin.publish_commands import calendar, caps, policy
from sync_server.admin.registry_commands import departments, enterprises, people, provisions, snippets


@click.group()
def admin() -> None:
    """The county office's tasks: accounts, registry, filings, calendar, policy, phones, exceptions.

    Acts are records of the county's log, signed by the server on behalf of the account that --account names.
    Exit codes: 0 done, 1 refused, 2 a file or argument that is not what it should be.
    """


for _command in (
    *(account, departments, people, enterprises, snippets, provisions),
    *(filing, calendar, policy, caps, enrol, exception),
    *(gates, sheets, spoken),
):
    admin.add_command(_command)
