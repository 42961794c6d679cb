"""A visit is needed after all: the filing's draft begins with what the off-site check has found."""

from __future__ import annotations

from collections.abc import Iterable

from sync_server.county import County
from sync_server.filings.drafts import FilingDraft, filing_drafts
from sync_server.filings.typed_filing import MAX_TEXT, TypedFiling, TypedRow
from sync_server.offsite.read_check import ShownCheck

_WHY = "非现场检查 {number} 之后仍须上门：{text}"


def prepare_visit(county: County, account: str, shown: ShownCheck) -> FilingDraft:
    """The same draft as before where it is still open. Only a draft: a visit is filed like any other."""
    form = shown.entry.form
    begun = (
        one
        for one in filing_drafts.list_open(county, {form.department})
        if form.number in one.typed.external_refs.split() and not one.filed
    )
    found = next(begun, None)
    if found is not None:
        return found
    text = shown.review.text if shown.review else ""
    provisions = dict.fromkeys(item.provision for item in form.items if item.provision)
    typed = TypedFiling(
        why_not_off_site=_WHY.format(number=form.number, text=text),
        officers=form.officers,
        items=_lines([form.title, *(item.text for item in form.items)]),
        basis=_lines(provisions),
        external_refs="\n".join([form.number, *form.external_refs]),
        rows=(TypedRow(form.enterprise),),
    )
    return filing_drafts.begin(county, account, form.department, typed)


def _lines(lines: Iterable[str]) -> str:
    """As many as a filing's field takes."""
    text = ""
    for line in lines:
        if len(text) + len(line) >= MAX_TEXT:
            break
        text += f"{line}\n"
    return text.strip()
