"""My visits, refused ones too; each opens read-only once it is closed."""

from __future__ import annotations

import flet as ft

from field_app.state.app import App
from field_app.state.today import Today
from field_app.state.visiting import Visiting
from field_app.visits.visit_page import VisitSummary
from field_app.widgets.basics import card, line, muted
from field_app.widgets.component import component
from field_app.widgets.frame import screen
from field_app.widgets.ids import Id, nth
from field_app.widgets.ui import Ui, does
from field_app.widgets.verdict import SHAPES


@component
def HistoryScreen(app: App, today: Today, visiting: Visiting, ui: Ui) -> ft.Control:
    if today.visits:
        controls = [_visit(ui, i, one, visiting) for i, one in enumerate(today.visits)]
    else:
        controls = [card(ui, muted(ui, ui.t("history_none")))]
    return screen(ui, app, "history", ui.t("history"), controls)


def _visit(ui: Ui, i: int, one: VisitSummary, visiting: Visiting) -> ft.Control:
    if one.refused:
        state, color = ui.t("visit_refused"), ui.c.bad
    elif one.in_progress:
        state, color = ui.t("visit_open"), ui.c.accent
    else:
        state, color = ui.t("visit_closed"), ui.c.good
    receipts = f"{ui.t('mark_receipted')} {one.records_receipted}/{one.records_total}"
    sub = f"{ui.t.instant(one.at)} · {ui.t.purpose(one.decision.purpose)}"
    name = one.decision.enterprise_name or one.decision.enterprise
    icon = SHAPES[one.decision.verdict.verdict]
    go = does(visiting.open, one.visit)
    return line(ui, nth(Id.HISTORY, i), icon, name, sub, go, color=color, state=f"{state} · {receipts}")
