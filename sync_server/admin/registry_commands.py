"""`zhuqi admin departments | people | enterprises | snippets | provisions`."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from shared_models.acts import Snippet
from shared_models.commitment import Provision
from sync_server.admin.on_behalf import Desk, desk_command
from sync_server.admin.read_files import read_departments, read_enterprises, read_json_list, read_people
from sync_server.registry.publish_provisions import publish_provisions
from sync_server.registry.publish_snippets import publish_snippets
from sync_server.registry.register_departments import register_departments
from sync_server.registry.register_enterprises import register_enterprises
from sync_server.registry.register_people import register_people
from sync_server.registry.revoke_person import revoke_person
from sync_server.registry.teach_code import teach_code

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def departments() -> None:
    """执法单位: the county's departments and their units."""


@departments.command("import")
@click.argument("file", type=FILE)
@desk_command(acts=True)
def import_departments(desk: Desk, file: Path) -> None:
    """Register the departments of a JSON or CSV file; known ids are replaced. CSV: id, name, units (a=甲科;b=乙科)."""
    found = read_departments(file)
    register_departments(desk.county, desk.account, found)
    click.echo(f"{len(found)} departments")


@click.group()
def people() -> None:
    """执法人员、来访人员: the roster of officers and visitors."""


@people.command("import")
@click.argument("file", type=FILE)
@desk_command(acts=True)
def import_people(desk: Desk, file: Path) -> None:
    """Register the people of a JSON or CSV file.

    CSV: id, name, department, unit, licence, valid_from, valid_until, portrait (a picture beside the file).
    """
    found = read_people(file, desk.county)
    register_people(desk.county, desk.account, found)
    click.echo(f"{len(found)} people")


@people.command("revoke")
@click.argument("person")
@click.option("--reason", required=True)
@desk_command(acts=True)
def revoke(desk: Desk, person: str, reason: str) -> None:
    """Revoke a person's licence: gates refuse their inspections from the next synchronisation on."""
    revoke_person(desk.county, desk.account, person, reason)
    click.echo(f"{person} revoked")


@click.group()
def enterprises() -> None:
    """企业: the registry of enterprises and their gates."""


@enterprises.command("import")
@click.argument("file", type=FILE)
@desk_command(acts=True)
def import_enterprises(desk: Desk, file: Path) -> None:
    """Register the enterprises of a JSON or CSV file.

    CSV: uscc, name, status (active or closed), township, address, industry, gates (1=东门;2=西门).
    """
    found = read_enterprises(file)
    register_enterprises(desk.county, desk.account, found)
    click.echo(f"{len(found)} enterprises")


@enterprises.command("teach-code")
@click.argument("text")
@click.argument("uscc")
@desk_command(acts=True)
def teach(desk: Desk, text: str, uscc: str) -> None:
    """Let the TEXT of an e-licence's 企业码 lead to this enterprise on all phones."""
    teach_code(desk.county, desk.account, text, uscc)
    click.echo(f"{uscc} has this code")


@click.group()
def snippets() -> None:
    """Ready sentences for guidance, and provisions to teach."""


@snippets.command("publish")
@click.argument("file", type=FILE)
@desk_command(acts=True)
def publish(desk: Desk, file: Path) -> None:
    """Publish the snippets of a JSON file: id, kind (guidance or law), title, text, provision, department."""
    found = read_json_list(Snippet, file)
    publish_snippets(desk.county, desk.account, found)
    click.echo(f"{len(found)} snippets")


@click.group()
def provisions() -> None:
    """法条库: clauses for findings and letters, with how they are usually broken and put right."""


@provisions.command("publish")
@click.argument("file", type=FILE)
@desk_command(acts=True)
def publish_library(desk: Desk, file: Path) -> None:
    """Publish the provisions of a JSON file: id, title, clause, text, field, fact, measure, department."""
    found = read_json_list(Provision, file)
    publish_provisions(desk.county, desk.account, found)
    click.echo(f"{len(found)} provisions")
