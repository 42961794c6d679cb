from __future__ import annotations

from importlib.util import find_spec

import pytest
from click.testing import CliRunner

from field_app.cli import field


def test_the_help_names_what_can_be_set() -> None:
    said = CliRunner().invoke(field, ["--help"]).output
    for option in ("--web", "--port", "--data", "--server", "--clock-file", "--cockpit"):
        assert option in said


@pytest.mark.skipif(find_spec("flet_desktop") is not None, reason="a window can be opened here")
def test_without_a_window_it_says_so_and_installs_nothing() -> None:
    result = CliRunner().invoke(field, [])
    assert result.exit_code == 1
    assert "--web" in result.output
