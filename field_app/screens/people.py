"""Who comes along: colleagues with one tap, others by name, strangers by name and unit, helpers as a number."""

from __future__ import annotations

import flet as ft

from field_app.enrolment.state import companion_of
from field_app.state.app import App
from field_app.state.gate import Gate, stranger
from field_app.widgets.basics import body, card, field, line, marked, more_to_find, muted, primary, secondary, section
from field_app.widgets.component import component
from field_app.widgets.frame import screen
from field_app.widgets.ids import Id, nth
from field_app.widgets.theme import GRID
from field_app.widgets.ui import Ui, does, types
from shared_models.people import Person
from shared_models.visit import Companion

SEARCH, NAME, UNIT = "people/search", "people/name", "people/unit"
SHOWN = 12


@component
def PeopleScreen(app: App, gate: Gate, ui: Ui) -> ft.Control:
    proposal = gate.proposal
    if proposal is None:
        return screen(ui, app, "people", ui.t("people"), [])
    me, *others = proposal.companions
    chosen = {one.id for one in proposal.companions}
    controls: list[ft.Control] = [section(ui, ui.t("people_chosen")), _chosen(ui, gate, me, others)]
    controls.append(_assistants(ui, gate, proposal.assistants))
    words = app.text(SEARCH).strip()
    found = [one for one in gate.people if one.id not in chosen and _fits(one, words, me.department)]
    controls.append(
        field(
            ui,
            Id.SEARCH,
            ui.t("people_search"),
            app.text(SEARCH),
            types(app.write, SEARCH),
            prefix_icon=ft.Icons.SEARCH,
        )
    )
    controls.append(section(ui, ui.t("people_found" if words else "people_own")))
    controls.extend(_addable(ui, gate, i, one) for i, one in enumerate(found[:SHOWN]))
    controls.extend(more_to_find(ui, len(found) - SHOWN))
    controls.extend(_stranger(ui, app, gate))
    foot = [primary(ui, Id.PEOPLE_DONE, ui.t("people_done"), does(app.back))]
    return screen(ui, app, "people", ui.t("people"), controls, foot=foot)


def _fits(person: Person, words: str, department: str) -> bool:
    return words in person.name if words else person.department == department


def _chosen(ui: Ui, gate: Gate, me: Companion, others: list[Companion]) -> ft.Control:
    rows: list[ft.Control] = [ft.Row([body(ui, ui.t("gate_name_me", name=me.name), bold=True, expand=True)], height=48)]
    for one in others:
        remove = ft.IconButton(
            ft.Icons.CLOSE,
            icon_color=ui.c.bad,
            width=48,
            height=48,
            on_click=does(gate.remove, one.id),
            tooltip=ui.t("people_remove", name=one.name),
        )
        detail = muted(ui, gate.name_of(one.department))
        texts = ft.Column([body(ui, one.name, bold=True), detail], spacing=0, expand=True, tight=True)
        rows.append(ft.Row([texts, marked(nth(Id.PEOPLE_REMOVE, one.id), remove)]))
    return marked(Id.PEOPLE, card(ui, *rows))


def _assistants(ui: Ui, gate: Gate, number: int) -> ft.Control:
    def step(icon: ft.IconData, to: int, label: str) -> ft.Control:
        return ft.IconButton(
            icon,
            icon_color=ui.c.accent,
            icon_size=32,
            width=56,
            height=56,
            on_click=does(gate.set_assistants, to),
            tooltip=ui.t(label),
        )

    row = ft.Row(
        [
            body(ui, ui.t("people_assistants"), expand=True),
            step(ft.Icons.REMOVE_CIRCLE_OUTLINE, number - 1, "fewer"),
            body(ui, str(number), bold=True, size=22),
            step(ft.Icons.ADD_CIRCLE_OUTLINE, number + 1, "more"),
        ],
        spacing=GRID,
    )
    return card(ui, row, padding=GRID)


def _addable(ui: Ui, gate: Gate, i: int, one: Person) -> ft.Control:
    own = gate.proposal is not None and one.department == gate.proposal.companions[0].department
    licence = one.licence or ui.t("gate_no_licence")
    detail = licence if own else f"{gate.name_of(one.department)}\n{licence}"
    add = does(gate.add, companion_of(one))
    return line(ui, nth(Id.PERSON, i), ft.Icons.PERSON_ADD_ALT, one.name, detail, add)


def _stranger(ui: Ui, app: App, gate: Gate) -> list[ft.Control]:
    name, unit = app.text(NAME).strip(), app.text(UNIT).strip()

    async def add() -> None:
        await gate.add(stranger(name, unit))
        app.put(app.desk.forget(NAME, UNIT))

    return [
        section(ui, ui.t("people_visitor")),
        field(ui, Id.VISITOR_NAME, ui.t("people_visitor_name"), app.text(NAME), types(app.write, NAME)),
        field(ui, Id.VISITOR_UNIT, ui.t("people_visitor_unit"), app.text(UNIT), types(app.write, UNIT)),
        secondary(
            ui,
            Id.VISITOR_ADD,
            ui.t("people_visitor_add"),
            add,
            icon=ft.Icons.ADD,
            disabled=not (name and unit),
        ),
    ]
