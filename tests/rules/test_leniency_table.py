"""First offence, no penalty: the table of rules 5."""

from dataclasses import replace
from itertools import product

import pytest

from shared_models.errors import BadlyFormedError
from shared_models.leniency import Correction, Harm, Leniency, LeniencyFacts, spare

FORGIVEN = LeniencyFacts(
    serious=False,
    minor=True,
    harm=Harm.NONE,
    first_offence=True,
    correction=Correction.ON_THE_SPOT,
    fault_disproved=False,
)
EVERY_CASE = [
    LeniencyFacts(serious, minor, harm, first, correction, disproved)
    for serious, minor, harm, first, correction, disproved in product(
        (True, False), (True, False), Harm, (True, False, None), Correction, (True, False)
    )
    if not (serious and minor)
]


def case(**changes):
    outcome = spare(replace(FORGIVEN, **changes))
    return outcome.outcome.value, outcome.basis, " ".join(outcome.needs), outcome.provisional


@pytest.mark.parametrize("correction", [Correction.ON_THE_SPOT, Correction.WITHIN_DEADLINE])
def test_minor_corrected_and_harmless_must_not_be_punished(correction):
    for first in (True, False, None):
        expected = ("no_penalty_minor", "处罚法33.1前", "commitment_letter education", False)
        assert case(first_offence=first, correction=correction) == expected


def test_a_pledge_is_looked_at_again():
    pledged = {"correction": Correction.PLEDGED}
    assert case(**pledged) == ("no_penalty_minor", "处罚法33.1前", "commitment_letter education recheck", True)
    needs = "commitment_letter education department_decision recheck"
    assert case(harm=Harm.SLIGHT, **pledged) == ("no_penalty_first", "处罚法33.1后", needs, True)


def test_a_first_offence_with_slight_harm_may_be_spared():
    expected = ("no_penalty_first", "处罚法33.1后", "commitment_letter education department_decision", False)
    assert case(harm=Harm.SLIGHT) == expected
    assert case(minor=False) == expected


def test_when_the_phone_cannot_say_the_server_must():
    needs = "commitment_letter education department_decision server_confirmation"
    assert case(minor=False, first_offence=None) == ("no_penalty_first", "处罚法33.1后", needs, True)
    both = "commitment_letter education department_decision recheck server_confirmation"
    assert case(minor=False, first_offence=None, correction=Correction.PLEDGED)[2:] == (both, True)


@pytest.mark.parametrize(
    "changes",
    [
        {"correction": Correction.REFUSED},
        {"minor": False, "first_offence": False},
        {"harm": Harm.SLIGHT, "first_offence": False},
    ],
)
def test_anything_else_is_an_ordinary_case(changes):
    assert case(**changes) == ("case", "处罚法5", "discretion_standard", False)


@pytest.mark.parametrize("changes", [{"serious": True, "minor": False}, {"harm": Harm.SERIOUS}])
def test_a_serious_matter_is_reviewed_and_decided_together(changes):
    needs = "discretion_standard legal_review collective_decision"
    assert case(**changes) == ("case", "处罚法57,58", needs, False)
    disproved = ("no_penalty_no_fault", "处罚法33.2", "education legal_review collective_decision", False)
    assert case(fault_disproved=True, **changes) == disproved


def test_without_fault_there_is_no_penalty():
    for correction in Correction:
        assert case(fault_disproved=True, correction=correction) == (
            "no_penalty_no_fault",
            "处罚法33.2",
            "education",
            False,
        )


def test_serious_and_minor_contradict_each_other():
    with pytest.raises(BadlyFormedError) as refusal:
        case(serious=True)
    assert refusal.value.where == "minor"


def test_only_a_spared_matter_is_provisional_and_no_refused_correction_is_spared():
    for facts in EVERY_CASE:
        outcome = spare(facts)
        if outcome.provisional:
            assert outcome.outcome in {Leniency.NO_PENALTY_MINOR, Leniency.NO_PENALTY_FIRST}
        if facts.correction is Correction.REFUSED and not facts.fault_disproved:
            assert outcome.outcome is Leniency.CASE
        assert len(set(outcome.needs)) == len(outcome.needs)
