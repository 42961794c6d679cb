"""What attacking the command line with an independent reading of the rules brought to light, one example each."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from sync_server.rules.cli import rules

FACTS = {
    "now": "2026-11-17T09:30:00+08:00",
    "reference_issued_at": "2026-11-17T07:00:00+08:00",
    "people": [{"id": "p1", "department": "market"}],
    "visit": {"purpose": "service"},
}
NOT_A_TIME = [
    "2026-11-17 09:30:00+08:00",
    "2026-11-17x09:30:00+08:00",
    "2026-11-17\ud80009:30:00+08:00",
    "2026-W47-2T09:30:00+08:00",
    "20261117T093000+0800",
]


@pytest.mark.parametrize("now", NOT_A_TIME, ids=range(len(NOT_A_TIME)))
def test_a_time_is_a_day_a_t_and_a_clock_time(now):
    answer = CliRunner().invoke(rules, ["gate", "-"], input=json.dumps({**FACTS, "now": now}))
    assert answer.exit_code == 2
    assert answer.stderr == "zhuqi rules: now: must be a time such as 2026-11-10T09:30:00+08:00\n"


@pytest.mark.parametrize("now", ["2026-11-17T09:30+08:00", "2026-11-17T01:30:00Z", "2026-11-17T01:30:00.123456Z"])
def test_a_time_may_leave_out_seconds_or_divide_them(now):
    answer = CliRunner().invoke(rules, ["gate", "-"], input=json.dumps({**FACTS, "now": now}))
    assert answer.exit_code == 0
    assert json.loads(answer.stdout)["verdict"] == "allow"


def test_a_closed_standard_input_is_refused_in_one_line():
    program = "import sys; sys.argv[0] = 'zhuqi'; from sync_server.cli import main; main()"
    command = f'"{sys.executable}" -c "{program}" rules gate - <&-'
    answer = subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=30, check=False)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr == "zhuqi rules: input: is closed\n"
