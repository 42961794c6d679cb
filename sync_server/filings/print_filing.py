"""The filing form and the inspection notice (行政检查通知书) as PDF, by typst: A4, in the words of domain c1 and c2."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typst

from shared_models.filing import FilingState
from sync_server.county import County
from sync_server.filings.read_filing import ShownFiling
from sync_server.pages.printed_text import font_folder, printed
from sync_server.pages.shown_names import ShownNames
from sync_server.pages.times import shown_datetime, shown_instant
from sync_server.texts import Say
from sync_server.texts.filing_documents import DISCIPLINE, LABELS, RIGHTS

_FOLDER = Path(__file__).parent
_FONT = "Noto Sans CJK TC"
_MOST_TEXT, _MOST_ROWS = 600, 60
Rows = Iterator[tuple[str, str]]


def print_filing(county: County, shown: ShownFiling) -> bytes:
    data = {
        "title": LABELS["filing_title"],
        "rows": [
            *_heading(shown),
            *_what(shown),
            *_plan(shown),
            *_who(shown),
            *_exception(shown),
            *_answers(county, shown),
        ],
        "lists": [_enterprises(shown)],
        "notes": [],
        "signatures": [LABELS["sign_department"], LABELS["sign_office"]],
    }
    return _compile(county, shown, data)


def print_notice(county: County, shown: ShownFiling) -> bytes:
    data = {
        "title": LABELS["notice_title"],
        "rows": [*_heading(shown), *_what(shown), *_who(shown), *_exception(shown), *_frequency(shown)],
        "lists": [_enterprises(shown)],
        "notes": [
            {"title": LABELS["rights_title"], "lines": RIGHTS},
            {"title": LABELS["discipline_title"], "lines": DISCIPLINE},
        ],
        "signatures": [LABELS["sign_authority"], LABELS["sign_enterprise"]],
    }
    return _compile(county, shown, data)


def _compile(county: County, shown: ShownFiling, data: dict[str, Any]) -> bytes:
    entry = shown.entry
    whole = {
        **data,
        "font": _FONT,
        "county": county.settings.county_name,
        "number": entry.number or LABELS["not_numbered"],
        "state": Say("zh").term(f"filing_state_{entry.state.value}"),
        "is_valid": entry.state is FilingState.ACCEPTED and entry.merged_into is None,
        "printed": LABELS["printed"].format(at=shown_datetime(county.clock.now()), filing=entry.filing),
    }
    made: Any = typst.compile(
        str(_FOLDER / "document.typ"),
        format="pdf",
        font_paths=[str(font_folder())],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(whole, ensure_ascii=False)},
    )
    return bytes(made)


def _heading(shown: ShownFiling) -> Rows:
    form, say = shown.form, Say("zh")
    yield LABELS["department"], "、".join(one.name or one.id for one in shown.departments)
    if form.unit:
        yield LABELS["unit"], _printable(form.unit)
    kinds = (say.term(form.purpose.value), say.term(f"category_{form.category}"), say.term(f"plan_{form.plan}"))
    yield LABELS["kind"], " · ".join(kinds)


def _what(shown: ShownFiling) -> Rows:
    form = shown.form
    yield LABELS["items"], _printable("\n".join(form.items))
    yield LABELS["basis"], _printable(form.basis)
    if form.method:
        yield LABELS["method"], _printable(form.method)
    yield LABELS["window"], LABELS["window_text"].format(first=form.window[0], last=form.window[1])


def _plan(shown: ShownFiling) -> Rows:
    """What the county asks and the enterprise need not know."""
    form = shown.form
    yield LABELS["planned_visits"], str(form.planned_visits)
    yield LABELS["why_not_off_site"], _printable(form.why_not_off_site)
    if form.why_afterwards:
        yield LABELS["why_afterwards"], _printable(form.why_afterwards)


def _who(shown: ShownFiling) -> Rows:
    people = (f"{one.name or one.id}（{one.licence or LABELS['no_licence']}）" for one in shown.officers)
    yield LABELS["officers"], _printable("、".join(people))
    yield LABELS["assistants"], str(shown.form.assistants)


def _exception(shown: ShownFiling) -> Rows:
    exception = shown.form.exception
    if exception is not None:
        parts = (Say("zh").term(exception.reason), exception.note, exception.proof, shown.approver)
        yield LABELS["exception"], _printable("；".join(part for part in parts if part))


def _frequency(shown: ShownFiling) -> Rows:
    yield LABELS["frequency"], LABELS["frequency_text"].format(number=shown.form.planned_visits)


def _answers(county: County, shown: ShownFiling) -> Rows:
    entry, form = shown.entry, shown.form
    at = shown_instant(form.approved_at, seconds=False) if form.approved_at else ""
    yield LABELS["approved"], _printable(f"{form.approved_by} {at}".strip())
    yield LABELS["submitted"], shown_instant(entry.submitted_at, seconds=False)
    if entry.answered_at is not None:
        who = LABELS["by_rule"] if entry.by_rule else ShownNames(county, Say("zh")).account(entry.answered_by)
        yield LABELS["answered"], _printable(f"{who} {shown_instant(entry.answered_at, seconds=False)} {entry.comment}")
    if entry.merged_into:
        yield LABELS["merged"], entry.merged_into
    if form.external_refs:
        yield LABELS["external_refs"], _printable("、".join(form.external_refs))


def _enterprises(shown: ShownFiling) -> dict[str, Any]:
    rows = [[_printable(one.name), one.uscc, _printable(one.address)] for one in shown.enterprises[:_MOST_ROWS]]
    left = len(shown.form.enterprises) - len(rows)
    return {
        "title": LABELS["enterprises"],
        "head": [LABELS["enterprise"], LABELS["uscc"], LABELS["address"]],
        "rows": rows,
        "more": LABELS["more"].format(number=left) if left > 0 else "",
    }


def _printable(text: str) -> str:
    return printed(text, _MOST_TEXT, lines=True)
