"""A recheck's filing, prepared from the letter that it is about: the clerk looks at it, the head approves it."""

from __future__ import annotations

from shared_models.calendar import day_of
from shared_models.filing import CheckCategory, FilingPlan, Purpose
from sync_server.calendar.published import working_calendar
from sync_server.filings.typed_filing import TypedFiling, TypedRow
from sync_server.letters.find_matter import Matter, officers_of
from sync_server.letters.open_window import open_window
from sync_server.log.writing import Writing
from sync_server.texts.recheck_draft import items_of_recheck, why_on_site


def prepare_recheck(tx: Writing, matter: Matter, comment: str) -> TypedFiling:
    """Purpose, enterprise, officers and reason are filled in, and the next days that are no protected ones."""
    first, last = open_window(working_calendar(tx.facts), day_of(tx.now))
    letter, finding = matter.commitment, matter.finding
    basis = letter.provision_name if letter else finding.provision_name if finding else ""
    return TypedFiling(
        why_not_off_site=why_on_site(matter.number, comment),
        purpose=Purpose.RECHECK.value,
        plan=FilingPlan.MONTH.value,
        category=CheckCategory.CASE.value,
        officers=officers_of(tx.connection, matter),
        items=items_of_recheck(matter.number, matter.what),
        basis=basis,
        first=first.isoformat(),
        last=last.isoformat(),
        rows=(TypedRow(matter.uscc),),
    )
