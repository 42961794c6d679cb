from __future__ import annotations

import itertools
import json

from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from field_app.letters.leniency_dialog import Gravity, LeniencyDialog
from field_app.screens.finding import BASES, CORRECTIONS, GRAVITIES, HARMS, NEEDS, OUTCOMES
from field_app.texts import SCREENS
from shared_models.leniency import Correction, Harm, spare
from shared_models.shape import to_plain
from sync_server.rules.cli import rules

ALL = list(itertools.product(Gravity, Harm, Correction, (False, True), (None, True, False)))


def answered(gravity: Gravity, harm: Harm, correction: Correction, disproved: bool, first: bool | None):
    dialog = LeniencyDialog().with_register(first)
    dialog = dialog.answer_gravity(gravity).answer_harm(harm).answer_correction(correction)
    return dialog.answer_fault(disproved=disproved)


def test_the_dialog_and_the_command_agree_on_all_inputs() -> None:
    dialogs = [answered(*one) for one in ALL]
    lines = "\n".join(json.dumps(to_plain(dialog.facts)) for dialog in dialogs)
    said = CliRunner().invoke(rules, ["leniency", "-"], input=lines)
    assert said.exit_code == 0, said.output
    answers = [json.loads(line) for line in said.stdout.splitlines()]
    assert len(answers) == len(ALL) == 216
    assert answers == [json.loads(json.dumps(to_plain(dialog.outcome))) for dialog in dialogs]


STEPS = st.lists(
    st.one_of(
        st.sampled_from(Gravity).map(lambda one: ("gravity", one)),
        st.sampled_from(Harm).map(lambda one: ("harm", one)),
        st.sampled_from(Correction).map(lambda one: ("correction", one)),
        st.booleans().map(lambda one: ("fault", one)),
        st.sampled_from((None, True, False)).map(lambda one: ("register", one)),
    ),
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(STEPS)
def test_whatever_is_tapped_in_whatever_order_the_last_answers_count(steps: list) -> None:
    dialog, last = LeniencyDialog(), {"fault": False, "register": None}
    for what, value in steps:
        last[what] = value
        if what == "gravity":
            dialog = dialog.answer_gravity(value)
        elif what == "harm":
            dialog = dialog.answer_harm(value)
        elif what == "correction":
            dialog = dialog.answer_correction(value)
        elif what == "fault":
            dialog = dialog.answer_fault(disproved=value)
        else:
            dialog = dialog.with_register(value)
    is_complete = {"gravity", "harm", "correction"} <= last.keys()
    assert (dialog.outcome is not None) == is_complete
    if dialog.facts is not None:
        assert not (dialog.facts.serious and dialog.facts.minor)
        assert dialog.outcome == spare(dialog.facts)
        assert dialog.facts.first_offence == last["register"]


def test_every_answer_outcome_basis_and_need_has_words() -> None:
    outcomes = [answered(*one).outcome for one in ALL]
    assert {one.outcome for one in outcomes if one} == set(OUTCOMES)
    assert {one.basis for one in outcomes if one} == set(BASES)
    assert {need for one in outcomes if one for need in one.needs} == set(NEEDS)
    assert set(GRAVITIES) == set(Gravity)
    assert set(HARMS) == set(Harm)
    assert set(CORRECTIONS) == set(Correction)
    for table in (GRAVITIES, HARMS, CORRECTIONS, OUTCOMES, BASES, NEEDS):
        assert set(table.values()) <= set(SCREENS)
