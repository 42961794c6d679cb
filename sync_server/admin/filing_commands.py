"""`zhuqi admin filing`."""

from __future__ import annotations

import json
from pathlib import Path

import rich_click as click

from shared_models.filing import FilingState
from sync_server.admin.on_behalf import Desk, desk_command
from sync_server.admin.read_files import read_filing_form
from sync_server.filings.accept_filing import accept_filing
from sync_server.filings.merge_filings import merge_filings
from sync_server.filings.register import FilingEntry
from sync_server.filings.return_filing import return_filing
from sync_server.filings.submit_filing import submit_filing
from sync_server.filings.withdraw_filing import withdraw_filing
from sync_server.storage.engine import reading
from sync_server.storage.facts import current_of_kind

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def filing() -> None:
    """备案: submit, accept, return, withdraw, merge. FILING is the sixteen characters that `submit` prints."""


@filing.command("submit")
@click.argument("file", type=FILE)
@click.option("--for-office", is_flag=True, help="Leave it to the office even where the rules would accept it at once.")
@desk_command(acts=True)
def submit(desk: Desk, file: Path, for_office: bool) -> None:
    """Submit the filing form of a JSON file; prints its id, and its number where it was accepted at once.

    Needs departments, purpose, enterprises, window, officers, items, basis. One that follows an entry by exception
    has the plan "afterwards" and names its visit in opened_by_visit.
    """
    made = submit_filing(desk.county, desk.account, read_filing_form(file), accept_by_rule=not for_office)
    click.echo(json.dumps({"filing": made.filing, "number": made.number, "for_office": list(made.for_office)}))


@filing.command("list")
@click.option("--state", type=click.Choice([state.value for state in FilingState]))
@desk_command(acts=False)
def list_all(desk: Desk, state: str | None) -> None:
    """The register: id, number, state, window, purpose, lead department, enterprises."""
    with reading(desk.county.engine) as connection:
        entries = [fact.load(FilingEntry) for fact in current_of_kind(connection, "filing")]
    for one in sorted(entries, key=lambda one: one.submitted_at):
        if state is None or one.state.value == state:
            form = one.form
            window = f"{form.window[0]}..{form.window[1]}"
            known = (one.filing, one.number or "-", one.state, window, form.purpose, form.departments[0])
            click.echo("\t".join((*known, " ".join(form.enterprises))))


@filing.command("accept")
@click.argument("filing_id", metavar="FILING")
@desk_command(acts=True)
def accept(desk: Desk, filing_id: str) -> None:
    """Accept a submitted filing; prints its number."""
    click.echo(accept_filing(desk.county, desk.account, filing_id))


@filing.command("return")
@click.argument("filing_id", metavar="FILING")
@click.option("--comment", required=True, help="What is to be mended.")
@desk_command(acts=True)
def send_back(desk: Desk, filing_id: str, comment: str) -> None:
    """Return a filing to its department."""
    return_filing(desk.county, desk.account, filing_id, comment)
    click.echo("returned")


@filing.command("withdraw")
@click.argument("filing_id", metavar="FILING")
@click.option("--comment", default="")
@desk_command(acts=True)
def withdraw(desk: Desk, filing_id: str, comment: str) -> None:
    """Withdraw a filing."""
    withdraw_filing(desk.county, desk.account, filing_id, comment)
    click.echo("withdrawn")


@filing.command("merge")
@click.argument("joint")
@click.argument("parts", nargs=-1, required=True)
@desk_command(acts=True)
def merge(desk: Desk, joint: str, parts: tuple[str, ...]) -> None:
    """Merge filings into JOINT, an accepted filing that names all their departments (联合入企)."""
    merge_filings(desk.county, desk.account, joint, parts)
    click.echo(f"{len(parts)} merged into {joint}")
