"""`zhuqi rules` as a script sees it: one line in, one line out; or exit 2 and one line that names the key."""

import json
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given

from shared_models.gate import decide
from shared_models.shape import to_plain
from sync_server.cli import GROUP, SUMMARIES, zhuqi
from sync_server.rules.cli import rules
from tests.rules.gate_strategies import any_facts

EXAMPLE = """{"now": "2026-11-10T09:30:00+08:00", "reference_issued_at": "2026-11-10T07:00:00+08:00",
 "calendar": {"protected": [["2026-11-09", "2026-11-15"]], "days_off": [], "extra_workdays": [], "covers_until": null},
 "policy": {}, "approvers": null,
 "enterprise": {"uscc": "91330326MA2ABCDE1X", "status": "active"},
 "people": [{"id": "p1", "licence": "A1", "department": "market", "unit": "food", "valid_from": "2024-01-01",
             "valid_until": "2027-12-31", "revoked": false},
            {"id": "p2", "licence": "A2", "department": "market", "unit": "food", "valid_from": "2024-01-01",
             "valid_until": null, "revoked": false}],
 "visit": {"purpose": "inspection", "ground": null,
           "exception": {"reason": "complaint", "note": "smell of gas", "proof": "12345-881", "approver": "p9"}},
 "filings": [{"number": "F-1", "departments": ["market"], "purpose": "inspection",
              "enterprises": ["91330326MA2ABCDE1X"], "window": ["2026-11-16", "2026-11-20"], "state": "accepted",
              "exception": null, "merged_into": null, "planned_visits": 1, "visits_made": 0}],
 "visits_this_year": {"market": 1}, "frequency_caps": {"market": 2}}
"""
VERDICT = (
    '{"verdict": "allow_then_file", "filing": null, "post_filing_due": "2026-11-12", "reasons": '
    '[{"code": "filing_outside_window", "level": "lifted", "clause": "三.3", "about": null}, '
    '{"code": "service_week", "level": "lifted", "clause": "三.1", "about": null}]}\n'
)
ALLOWED = '{"allowed": ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20"]}\n'
LEAST = {
    "now": "2026-11-10T09:30:00+08:00",
    "reference_issued_at": "2026-11-10T09:30:00+08:00",
    "people": [{"id": "p1", "department": "market"}],
    "visit": {"purpose": "service"},
}
LENIENT = {
    "serious": False,
    "minor": True,
    "harm": "none",
    "first_offence": None,
    "correction": "pledged",
    "fault_disproved": False,
}
ONE_LINE = json.dumps(json.loads(EXAMPLE)) + "\n"
ZHUQI = Path(sys.executable).with_name("zhuqi")


def run(*args, given=""):
    answer = CliRunner().invoke(rules, list(args), input=given)
    assert answer.exception is None or isinstance(answer.exception, SystemExit)
    return answer.exit_code, answer.stdout, answer.stderr


def refusal(*args, given=""):
    code, out, err = run(*args, given=given)
    assert (code, out, err.count("\n"), err[-1]) == (2, "", 1, "\n")
    return err


@pytest.mark.parametrize(("command", "expected"), [("gate", VERDICT), ("next", ALLOWED)])
def test_the_example_of_the_rules_is_answered_to_the_letter(command, expected, tmp_path):
    file = tmp_path / "facts.json"
    file.write_text(EXAMPLE, encoding="utf-8")
    assert run(command, str(file)) == (0, expected, "")
    assert run(command, "-", given=EXAMPLE) == (0, expected, "")


def test_one_object_a_line_gives_one_answer_a_line():
    assert run("gate", "-", given=ONE_LINE + "\n" + ONE_LINE.replace("\n", "\r\n") + EXAMPLE) == (0, VERDICT * 3, "")


def test_what_must_be_given_is_enough():
    _, out, _ = run("gate", "-", given=json.dumps(LEAST))
    assert [reason["code"] for reason in json.loads(out)["reasons"]] == ["enterprise_unknown", "no_findings"]


@pytest.mark.parametrize("key", LEAST)
def test_what_must_be_given_is_missed_by_name(key):
    given = json.dumps({name: value for name, value in LEAST.items() if name != key})
    assert f"{key}: is missing" in refusal("gate", "-", given=given)


def test_a_null_text_of_a_claim_is_blank():
    claim = {"reason": "emergency", "note": "fire", "proof": None, "approver": "p9"}
    given = json.loads(EXAMPLE) | {"visit": {"purpose": "inspection", "exception": claim}}
    assert json.loads(run("gate", "-", given=json.dumps(given))[1])["verdict"] == "allow_then_file"


def test_a_partial_map_of_people_keeps_the_other_defaults():
    given = LEAST | {"policy": {"min_people": {"survey": 3}}}
    assert json.loads(run("gate", "-", given=json.dumps(given))[1])["verdict"] == "allow"


def test_a_bad_line_among_good_ones_is_named_and_nothing_is_answered():
    err = refusal("gate", "-", given=ONE_LINE + ONE_LINE.replace('"inspection"', '"raid"', 1) + ONE_LINE)
    assert "line 2: visit.purpose" in err


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ("", "empty"),
        (" \n\n", "empty"),
        ("not json", "line 1"),
        ("[]", "line 1"),
        (ONE_LINE + "{", "line 2"),
        (ONE_LINE.strip() + ONE_LINE, "line 1"),
        (ONE_LINE.replace('"now"', '"now": 1, "now"'), "now"),
        (ONE_LINE.replace('"market": 2', '"market": NaN'), "frequency_caps.market"),
        (ONE_LINE.replace('"market": 2', '"market": 1' + "0" * 5000), "line 1"),
        ("[" * 100_000, "line 1"),
    ],
)
def test_what_is_no_json_object_is_refused(given, names):
    assert names in refusal("gate", "-", given=given)


def test_a_day_to_file_by_that_no_calendar_holds_is_refused():
    given = ONE_LINE.replace('"policy": {}', '"policy": {"expost_working_days": 100000000}')
    assert "policy.expost_working_days" in refusal("gate", "-", given=given)


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    assert "missing.json" in refusal("gate", str(tmp_path / "missing.json"))
    assert str(tmp_path.name) in refusal("gate", str(tmp_path))
    (tmp_path / "gbk.json").write_bytes('{"now": "上海"}'.encode("gbk"))
    assert "UTF-8" in refusal("gate", str(tmp_path / "gbk.json"))


@given(any_facts())
def test_the_command_line_says_what_the_gate_says(facts):
    given = _as_given(to_plain(facts))
    answer = json.loads(run("gate", "-", given=json.dumps(given))[1])
    assert answer == to_plain(decide(facts))


def _as_given(plain):
    """The keys of the command line only."""
    for person in plain["people"]:
        del person["name"], person["portrait"]
    if plain["enterprise"]:
        plain["enterprise"] = {key: plain["enterprise"][key] for key in ("uscc", "status")}
    for filing in plain["filings"]:
        if filing["exception"]:
            filing["exception"] = {"reason": filing["exception"]["reason"]}
    return plain


def test_leniency_is_answered_in_the_order_of_the_page():
    expected = (
        '{"outcome": "no_penalty_minor", "basis": "处罚法33.1前", '
        '"needs": ["commitment_letter", "education", "recheck"], "provisional": true}\n'
    )
    assert run("leniency", "-", given=json.dumps(LENIENT)) == (0, expected, "")


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"serious": True}, "minor"),
        ({"harm": "great"}, "harm"),
        ({"minor": 1}, "minor"),
        ({"first_offence": "yes"}, "first_offence"),
        ({"fault_disproved": None}, "fault_disproved"),
        ({"more": 1}, "more"),
    ],
)
def test_leniency_refuses_by_name(changes, key):
    assert key in refusal("leniency", "-", given=json.dumps(LENIENT | changes))


@pytest.mark.parametrize("key", LENIENT)
def test_leniency_needs_every_key(key):
    given = {name: value for name, value in LENIENT.items() if name != key}
    assert f"{key}: is missing" in refusal("leniency", "-", given=json.dumps(given))


def test_the_service_week_is_printed():
    assert run("service-week", "2026-11") == (0, "2026-11-09 2026-11-15\n", "")
    for month in ("2026-13", "2026-00", "0000-01", "2026", "2026-1", "2026-11-01", "２０２６-11", ""):
        assert "month" in refusal("service-week", month)


@pytest.mark.parametrize(
    ("code", "exit_code"),
    [
        ("91350100M000100Y43", 0),
        ("914403001922038216", 0),
        ("91110108551385082Q", 0),
        ("91330100799655058B", 0),
        ("91350100M000100Y4Z", 1),
        ("914403001922038217", 1),
        ("914403001870826678", 1),
        ("91350100m000100y43", 1),
        ("９1350100M000100Y43", 1),
        (" 91350100M000100Y4", 1),
        ("-x", 1),
        ("", 1),
    ],
)
def test_uscc_answers_by_its_exit_code(code, exit_code):
    assert run("uscc", code) == (exit_code, "", "")


def test_zhuqi_lists_every_command_without_importing_it():
    script = (
        "import sys; from click.testing import CliRunner; from sync_server.cli import zhuqi;"
        "print(CliRunner().invoke(zhuqi, ['--help']).output);"
        "sys.exit(any(name.startswith(('field_app', 'litestar', 'shared_models')) for name in sys.modules))"
    )
    answer = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, text=True, timeout=30)
    assert answer.returncode == 0, answer.stderr
    assert all(name in answer.stdout for name in SUMMARIES)


def test_every_command_says_in_the_list_what_it_does():
    assert set(SUMMARIES) == {point.name for point in entry_points(group=GROUP)}


def test_zhuqi_does_not_know_every_command():
    answer = CliRunner().invoke(zhuqi, ["no-such-command"])
    assert answer.exit_code == 2


def test_the_installed_command_speaks_utf8_in_any_locale():
    answer = subprocess.run(
        [ZHUQI, "rules", "gate", "-"],
        input=EXAMPLE.encode(),
        check=False,
        capture_output=True,
        timeout=30,
        env={"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PATH": "/usr/bin:/bin"},
    )
    assert (answer.returncode, answer.stdout.decode("utf-8"), answer.stderr) == (0, VERDICT, b"")


@pytest.mark.parametrize("args", [["gate", "nowhere.json"], ["leniency", "-"], ["service-week", "x"]])
def test_the_installed_command_refuses_with_one_line(args):
    answer = subprocess.run([ZHUQI, "rules", *args], input=b"{}", check=False, capture_output=True, timeout=30)
    assert (answer.returncode, answer.stdout, answer.stderr.count(b"\n")) == (2, b"", 1)
