"""What was drawn becomes drafts of filings: one for each set of officers, with the enterprises drawn for it."""

from __future__ import annotations

from sqlalchemy import select

from shared_models.draw import Drawn
from sync_server.county import County
from sync_server.draws.register import find_draw
from sync_server.errors import WrongStateError
from sync_server.filings.drafts import FilingDraft, filing_drafts
from sync_server.filings.tables import filing_refs
from sync_server.filings.typed_filing import TypedFiling, TypedRow
from sync_server.registry.refs import folded_ref, refs_in
from sync_server.storage.engine import reading


def draw_ref(key: str) -> str:
    """By which the draw's filings name it, and are found."""
    return f"DRAW-{key}"


def prepare_filings(county: County, account: str, key: str) -> tuple[FilingDraft, ...]:
    """The drafts, the first time; what was prepared already stays as it is, and none is made twice.

    Raises NotFoundError, or WrongStateError before the draw is closed and after its drafts were filed.
    """
    with reading(county.engine) as connection:
        entry = find_draw(connection, key)
        filed = select(filing_refs.c.filing).where(filing_refs.c.ref == folded_ref(draw_ref(key))).limit(1)
        is_filed = connection.execute(filed).first() is not None
    if entry.closed is None:
        raise WrongStateError("draw", key, "open")
    department = entry.opened.department
    drafts = filing_drafts.list_open(county, {department})
    begun = tuple(one for one in drafts if folded_ref(draw_ref(key)) in refs_in(one.typed.external_refs))
    if begun:
        return begun
    if is_filed:
        raise WrongStateError("draw", key, "filed")
    forms = _forms(entry.closed.drawn, draw_ref(key))
    return tuple(filing_drafts.begin(county, account, department, typed) for typed in forms)


def _forms(drawn: tuple[Drawn, ...], ref: str) -> list[TypedFiling]:
    groups: dict[tuple[str, ...], list[TypedRow]] = {}
    for one in drawn:
        groups.setdefault(tuple(sorted(one.officers)), []).append(TypedRow(one.enterprise))
    return [
        TypedFiling(officers=officers, rows=tuple(rows), external_refs=ref, method="双随机抽查")
        for officers, rows in groups.items()
    ]
