"""Which field of a case's form is said to be blank."""

from __future__ import annotations

import pytest

from shared_models.case import Step
from sync_server.cases.typed_case import step_typed
from sync_server.registry.desk.typed import Typed


@pytest.mark.parametrize(
    ("step", "given", "blank"),
    [
        (Step.DISCRETION_STANDARD, {"standard": "裁量基准"}, "provision"),
        (Step.DISCRETION_STANDARD, {"provision": "第三档"}, "standard"),
        (Step.LEGAL_REVIEW, {"passed": "yes"}, "opinion"),
        (Step.EDUCATION, {}, "note"),
    ],
)
def test_the_blank_field_is_the_one_that_is_named(step: Step, given: dict[str, str], blank: str) -> None:
    typed = Typed({f"{step}_{name}": text for name, text in given.items()})
    assert step_typed(typed, step) is None
    assert typed.errors == {f"{step}_{blank}": "empty"}
