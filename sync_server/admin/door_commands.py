"""`zhuqi admin spoken | gates | sheets`: what concerns the enterprise's door."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from shared_models.calendar import day_of
from shared_models.code_texts import gate_text
from sync_server.accounts.errors import LoginThrottledError
from sync_server.admin.on_behalf import Desk, desk_command
from sync_server.check.check_spoken import SpokenAnswer, check_spoken, read_spoken, spoken_check
from sync_server.check.find_gates import find_gates
from sync_server.check.record_check import record_check
from sync_server.pages.times import shown_instant
from sync_server.registry.void_gate import void_gate
from sync_server.texts import Say


@click.command()
@click.argument("code")
@desk_command(acts=False)
def spoken(desk: Desk, code: str) -> None:
    """Whose spoken CODE this is: the officer's number and the six digits, e.g. "p001 123456".

    Exits 0 where they belong together and the officer's standing holds. The check is recorded, as at the hotline's.
    """
    read = read_spoken(code)
    if read is None:
        raise click.UsageError('CODE is a number, a blank and six digits: "p001 123456"')
    try:
        answer = check_spoken(desk.county, *read, "command line")
    except LoginThrottledError as err:
        raise click.ClickException(f"too many tries: wait {err.retry_after_seconds} seconds") from err
    if answer.person is not None:
        record_check(desk.county, spoken_check(answer, None))
    _print_spoken(answer)
    if answer.status != "right":
        raise SystemExit(1)


@click.group()
def gates() -> None:
    """入企码: the enterprises' gates and their sheets."""


@gates.command("void")
@click.argument("uscc")
@click.argument("gate", type=click.IntRange(1, 9999))
@click.option("--renew", is_flag=True, help="Give the place a new gate number at once; print its sheet next.")
@desk_command(acts=True)
def void(desk: Desk, uscc: str, gate: int, *, renew: bool) -> None:
    """Void the sheet of a GATE: phones refuse it from their next synchronisation on, its page says so at once."""
    fresh = void_gate(desk.county, desk.account, uscc, gate, renew=renew)
    click.echo(f"{uscc}-{gate} is void")
    if fresh is not None:
        click.echo(f"{gate_text(desk.county.settings.public_host, uscc, fresh.no)} takes its place")


@click.command()
@click.option("--enterprise", "enterprises", multiple=True, metavar="USCC", help="Of this enterprise; may be repeated.")
@click.option("--all", "everything", is_flag=True, help="Of every active enterprise of the register.")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The PDF to write.")
@desk_command(acts=False)
def sheets(desk: Desk, enterprises: tuple[str, ...], out: Path, *, everything: bool) -> None:
    """Print gate sheets: one page A5 for each gate that is not void."""
    from sync_server.check.print_sheets import print_sheets  # noqa: PLC0415 - typst is loaded for this alone

    if bool(enterprises) == everything:
        raise click.UsageError("give --enterprise USCC, or --all")
    found = find_gates(desk.county, None if everything else enterprises)
    if not found:
        raise click.ClickException("no gate to print: void ones and those of closed enterprises are left out")
    out.write_bytes(print_sheets(desk.county.settings, found, day_of(desk.county.clock.now())))
    click.echo(f"{len(found)} sheets: {out}")


def _print_spoken(answer: SpokenAnswer) -> None:
    say = Say("en")
    click.echo(say("spoken_" + answer.status))
    if answer.person is None:
        return
    licence = answer.person.licence or say("answer_no_licence")
    click.echo(f"{answer.person.name} ({answer.person.id}) · {answer.department} · {licence}")
    if answer.status != "right":
        return
    for visit in answer.visits:
        words = (say.term(visit.purpose), say.term(visit.verdict), say.term(visit.state))
        click.echo(f"  {shown_instant(visit.at, seconds=False)} {visit.enterprise}: {', '.join(words)}")
    if not answer.visits:
        click.echo(f"  {say('spoken_no_visits')}")
    for line in answer.filings:
        click.echo(f"  {line.number} {say.term(line.purpose)} {line.enterprise} {line.window[0]} – {line.window[1]}")
