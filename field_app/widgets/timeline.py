"""What was written in a visit, in its order, each with its mark: saved on the phone, receipted, set aside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import flet as ft

from field_app.storage.records import RECEIPTED, REFUSED, SET_ASIDE
from field_app.visits.visit_page import VisitEntry
from field_app.widgets.basics import body, card, marked, muted
from field_app.widgets.ids import Id, nth
from field_app.widgets.theme import GRID, LABEL
from field_app.widgets.ui import Ui
from shared_models.commitment import Finding, LetterRefused, LetterSigned
from shared_models.visit import Amendment, GateDecision, Guidance, LegalEducation, Need, Photo, VisitClosed

ICONS: dict[str, ft.IconData] = {
    "visit_opened": ft.Icons.LOGIN,
    "visit_refused": ft.Icons.DO_NOT_DISTURB_ON_OUTLINED,
    "guidance_given": ft.Icons.LIGHTBULB_OUTLINE,
    "law_taught": ft.Icons.MENU_BOOK,
    "photo_taken": ft.Icons.PHOTO_CAMERA_OUTLINED,
    "need_noted": ft.Icons.SUPPORT_AGENT,
    "finding_noted": ft.Icons.REPORT_OUTLINED,
    "letter_signed": ft.Icons.DRAW,
    "letter_refused": ft.Icons.DRAW,
    "visit_closed": ft.Icons.FLAG_OUTLINED,
    "amended": ft.Icons.EDIT_NOTE,
}


def timeline(
    ui: Ui,
    entries: tuple[VisitEntry, ...],
    thumbnails: Mapping[bytes, bytes],
    amend: Callable[[bytes], Callable[..., Any]] | None,
) -> ft.Control:
    rows = [_entry(ui, i, entry, thumbnails, amend) for i, entry in enumerate(entries)]
    return marked(Id.WRITTEN, ft.Column(rows, spacing=GRID))


def mark(ui: Ui, entry: VisitEntry) -> tuple[ft.IconData, str, str]:
    """Icon, words and colour of how safe a record is."""
    if entry.state == RECEIPTED:
        return ft.Icons.VERIFIED_USER_OUTLINED, ui.t("mark_receipted"), ui.c.good
    if entry.state == SET_ASIDE:
        return ft.Icons.REPORT_GMAILERRORRED, ui.t("mark_set_aside", code=ui.t.set_aside(entry.code or "")), ui.c.warn
    if entry.state == REFUSED:
        return ft.Icons.ERROR_OUTLINE, ui.t("mark_refused", code=ui.t.error(entry.code or "")), ui.c.bad
    return ft.Icons.SAVE_OUTLINED, ui.t("mark_saved"), ui.c.muted


def _entry(
    ui: Ui,
    i: int,
    entry: VisitEntry,
    thumbnails: Mapping[bytes, bytes],
    amend: Callable[[bytes], Callable[..., Any]] | None,
) -> ft.Control:
    icon, state, color = mark(ui, entry)
    kind = ui.t.kind(entry.kind)
    content: list[ft.Control] = [
        ft.Row([muted(ui, f"{kind} · {ui.t.clock(entry.at)}", expand=True)], spacing=GRID),
    ]
    text = _text(ui, entry.body)
    if text:
        content.append(body(ui, text))
    if isinstance(entry.body, Photo) and entry.body.sha256 in thumbnails:
        picture = ft.Image(
            src=thumbnails[entry.body.sha256], height=150, fit=ft.BoxFit.COVER, border_radius=8, semantics_label=kind
        )
        content.append(picture)
    content.append(
        ft.Row(
            [ft.Icon(icon, size=18, color=color), ft.Text(state, size=LABEL - 1, color=color, expand=True)], spacing=4
        )
    )
    row: list[ft.Control] = [
        ft.Icon(ICONS.get(entry.kind, ft.Icons.ARTICLE_OUTLINED), color=ui.c.accent, size=26),
        ft.Column(content, spacing=4, expand=True, tight=True),
    ]
    if amend is not None and entry.kind not in ("visit_opened", "visit_refused", "visit_closed", "amended"):
        row.append(_amend(ui, i, amend(entry.id)))
    line = ft.Row(row, spacing=12, vertical_alignment=ft.CrossAxisAlignment.START)
    return marked(nth(Id.WRITTEN, i), card(ui, line, padding=12))


def _amend(ui: Ui, i: int, on_click: Callable[..., Any]) -> ft.Control:
    edit = ft.IconButton(
        ft.Icons.EDIT_NOTE, icon_color=ui.c.muted, width=48, height=48, on_click=on_click, tooltip=ui.t("amend")
    )
    return marked(nth(Id.AMEND, i), edit)


def _text(ui: Ui, said: Any) -> str:  # noqa: PLR0911 one line a kind
    match said:
        case Guidance(text=text) | Need(text=text) | Amendment(text=text):
            return text
        case LegalEducation(text=text, provision=provision):
            return f"{provision}\n{text}" if provision else text
        case Finding(what=what, where=where, provision_name=name):
            return "\n".join(part for part in (f"{where}：{what}" if where else what, name) if part)
        case LetterSigned(letter=letter) | LetterRefused(letter=letter):
            return f"{letter.number}\n{letter.facts}"
        case VisitClosed(why_no_legal_education=why, note=note):
            return "\n".join(part for part in (why and ui.t("close_why_was", why=why), note) if part)
        case GateDecision(verdict=verdict, purpose=purpose):
            return f"{ui.t.purpose(purpose)} · {ui.t.verdict(verdict)[0]}"
        case _:
            return ""
