"""`zhuqi admin enrol | exception`: phones, and the approvers' word."""

from __future__ import annotations

import sys

import rich_click as click
from sqlalchemy import select

from sync_server.accounts.account import Role
from sync_server.admin.on_behalf import Desk, desk_command
from sync_server.enrolment.confirm_enrolment import confirm_enrolment
from sync_server.enrolment.issue_code import issue_code
from sync_server.enrolment.pending import waiting_enrolments
from sync_server.enrolment.refuse_enrolment import refuse_enrolment
from sync_server.enrolment.revoke_phone import revoke_phone
from sync_server.pages.times import shown_datetime, shown_instant
from sync_server.storage.engine import reading
from sync_server.storage.tables import visits
from sync_server.visits.answer_exception import STATED, answer_exception


class _Hex(click.ParamType):  # type: ignore[type-arg]
    name = "hex"

    def __init__(self, size: int) -> None:
        self._size = size

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> bytes:
        try:
            data = bytes.fromhex(str(value))
        except ValueError:
            data = b""
        if len(data) != self._size:
            self.fail(f"must be {self._size * 2} hexadecimal characters", param, ctx)
        return data


KID, VISIT = _Hex(8), _Hex(16)
_APPROVER = frozenset({Role.APPROVER})


@click.group()
def enrol() -> None:
    """Phones: hand out a code, confirm the one that shows the same four words, revoke a lost one."""


@enrol.command("issue")
@click.argument("officer")
@click.option("--qr/--no-qr", default=True, help="Draw the code for the phone's camera.")
@desk_command(acts=True)
def issue(desk: Desk, officer: str, qr: bool) -> None:
    """Hand out a code for an officer's phone: ten minutes, once. It can be scanned or typed."""
    code = issue_code(desk.county, desk.account, officer)
    if qr:
        import qrcode  # noqa: PLC0415 - only here

        drawn = qrcode.QRCode(border=2)
        drawn.add_data(code.text)
        drawn.print_ascii(out=sys.stdout, invert=True)
    click.echo(code.typed)
    click.echo(f"until {shown_datetime(code.expires_at)}")


@enrol.command("pending")
@desk_command(acts=False)
def pending(desk: Desk) -> None:
    """Phones that wait: id, officer, four words, since when. Compare the words with the officer's screen."""
    for one in waiting_enrolments(desk.county):
        since = shown_instant(one.requested_at or one.issued_at)
        click.echo("\t".join((one.id, one.officer, " ".join(one.words), since)))


@enrol.command("confirm")
@click.argument("enrolment")
@click.option("--keep-others", is_flag=True, help="Leave the officer's other phones active.")
@desk_command(acts=True)
def confirm(desk: Desk, enrolment: str, keep_others: bool) -> None:
    """Give the phone its credential. The officer stood before you, and the four words were the same."""
    phone = confirm_enrolment(desk.county, desk.account, enrolment, keep_others=keep_others)
    click.echo(f"{phone.officer} {phone.kid.hex()}")


@enrol.command("refuse")
@click.argument("enrolment")
@desk_command(acts=True)
def refuse(desk: Desk, enrolment: str) -> None:
    """Refuse a phone that waits."""
    refuse_enrolment(desk.county, enrolment)
    click.echo("refused")


@enrol.command("revoke")
@click.argument("kid", type=KID)
@click.option("--reason", required=True)
@desk_command(acts=True)
def revoke(desk: Desk, kid: bytes, reason: str) -> None:
    """Revoke a phone by its key's id: what it sends from now on is set aside."""
    revoke_phone(desk.county, desk.account, kid, reason)
    click.echo("revoked")


@click.group()
def exception() -> None:
    """例外情形: the approver's word on an exception claimed at a gate, within one working day."""


@exception.command("list")
@desk_command(acts=False)
def list_stated(desk: Desk) -> None:
    """Those that wait for their approver: visit, reason, when, enterprise."""
    query = select(visits).where(visits.c.exception_state == STATED).order_by(visits.c.at)
    with reading(desk.county.engine) as connection:
        for row in connection.execute(query):
            click.echo("\t".join((row.visit.hex(), row.exception_reason, shown_instant(row.at), row.uscc)))


@exception.command("confirm")
@click.argument("visit", type=VISIT)
@click.option("--reason", default="")
@desk_command(acts=True, roles=_APPROVER)
def confirm_stated(desk: Desk, visit: bytes, reason: str) -> None:
    """The approver whom the claim names says: yes, I approved it."""
    answer_exception(desk.county, desk.account, visit, approver=desk.person, confirmed=True, reason=reason)
    click.echo("confirmed")


@exception.command("deny")
@click.argument("visit", type=VISIT)
@click.option("--reason", required=True)
@desk_command(acts=True, roles=_APPROVER)
def deny_stated(desk: Desk, visit: bytes, reason: str) -> None:
    """The approver whom the claim names says: no, I did not."""
    answer_exception(desk.county, desk.account, visit, approver=desk.person, confirmed=False, reason=reason)
    click.echo("denied")
