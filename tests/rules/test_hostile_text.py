"""Text that is hardly JSON, numbers and dates at the ends, and the small commands, as an attacker would try them."""

import json

import pytest
from click.testing import CliRunner

from sync_server.rules.cli import rules

PEOPLE = [{"id": "p1", "licence": "A1", "department": "market"}, {"id": "p2", "licence": "A2", "department": "market"}]
CLAIM = {"reason": "emergency", "note": "smoke", "approver": "p9"}
GOOD = {
    "now": "2026-11-17T09:30:00+08:00",
    "reference_issued_at": "2026-11-17T07:00:00+08:00",
    "enterprise": {"uscc": "91330326MA2ABCDE1X", "status": "active"},
    "people": PEOPLE,
    "visit": {"purpose": "survey"},
}
LINE = json.dumps(GOOD)
MAD = {"serious": False, "minor": True, "harm": "none", "first_offence": True, "correction": "pledged"}
LENIENT = {**MAD, "fault_disproved": False}


def run(*arguments, stdin=b""):
    if isinstance(stdin, str):
        stdin = stdin.encode()
    answer = CliRunner().invoke(rules, list(arguments), input=stdin)
    if answer.exception is not None and not isinstance(answer.exception, SystemExit):
        raise answer.exception
    return answer.exit_code, answer.stdout, answer.stderr


def clean(*arguments, stdin=b"", answers=None):
    """Answered with as many lines as asked (any number when None), or refused in one short line."""
    code, out, err = run(*arguments, stdin=stdin)
    assert code in (0, 2), (code, err[:300])
    if code == 2:
        assert out == ""
        assert len(err.strip().splitlines()) == 1, err[:500]
        assert len(err) < 1000
        assert "Traceback" not in err
    elif answers is not None:
        assert len([json.loads(line) for line in out.splitlines()]) == answers
    return code


def facts(**more):
    return json.dumps({**GOOD, **more})


ANSWERED = [
    ("pretty-printed", json.dumps(GOOD, indent=2), 1),
    ("one line without an end", LINE, 1),
    ("windows line ends", f"{LINE}\r\n{LINE}\r\n", 2),
    ("pretty-printed with windows line ends", json.dumps(GOOD, indent=1).replace("\n", "\r\n"), 1),
    ("blank lines between", f"\n\n{LINE}\n\n   \n{LINE}\n\n", 2),
    ("ten thousand blank lines", "\n" * 10_000 + LINE, 1),
    ("raw line separator in a text", facts(visit={"purpose": "survey", "exception": {**CLAIM, "note": "@"}}), 1),
    ("escaped keys", LINE.replace('"now"', '"\\u006eow"'), 1),
    ("a text of two megabytes", facts(visit={"purpose": "survey", "exception": {**CLAIM, "note": "x" * 2_000_000}}), 1),
    ("protected for ever", facts(calendar={"protected": [["0001-01-01", "9999-12-31"]]}), 1),
]


@pytest.mark.parametrize(("text", "answers"), [row[1:] for row in ANSWERED], ids=[row[0] for row in ANSWERED])
def test_odd_but_right_text_is_answered(text, answers):
    for separator in ("\u2028", "\x85", "\u3000"):
        assert clean("gate", "-", stdin=text.replace("@", separator), answers=answers) == 0


REFUSED = [
    b"",
    b" \r\n\t\n",
    b"\xef\xbb\xbf",
    b"null",
    b"1",
    b'"x"',
    b"[]",
    b"{",
    b"}",
    b"{}",
    b"NaN",
    f"[{LINE}]".encode(),
    f"{LINE},".encode(),
    f"{LINE}{LINE}".encode(),
    f"{LINE}\n}}".encode(),
    f"{LINE}\nnull\n{LINE}".encode(),
    LINE.replace("}", ",}").encode(),
    LINE.replace('"', "'").encode(),
    f"// a note\n{LINE}".encode(),
    b"\x00" + LINE.encode(),
    LINE.encode("utf-16"),
    LINE.encode().replace(b"p1", b"\xff\xfe"),
    LINE.encode().replace(b"p1", b"\xed\xa0\x80"),
    LINE.encode().replace(b"p1", b"p\n1"),
    b"[" * 200_000,
    b'{"visit":' * 100_000,
    b'{"a":' * 3000 + b"1" + b"}" * 3000,
]


@pytest.mark.parametrize("text", REFUSED, ids=range(len(REFUSED)))
@pytest.mark.parametrize("command", ["gate", "next", "leniency"])
def test_what_is_no_object_is_refused(command, text):
    assert clean(command, "-", stdin=text) == 2


@pytest.mark.parametrize(
    "number", ["NaN", "Infinity", "-Infinity", "1e400", "1.0", "1e2", "-0.0", "true", '"1"', "null", "[1]"]
)
def test_only_a_whole_number_is_a_count(number):
    text = facts(frequency_caps={"market": 7}).replace("7}", number + "}")
    code, out, err = run("gate", "-", stdin=text)
    assert (code, out) == (2, "")
    assert "frequency_caps" in err


@pytest.mark.parametrize("digits", [19, 20, 400, 4299, 5000, 100_000])
def test_enormous_counts_end_cleanly(digits):
    huge = "9" * digits
    for key in ("expost_working_days", "merge_window_days", "reference_max_working_days", "clock_tolerance_minutes"):
        for command in ("gate", "next"):
            text = facts(policy={key: 7}, visit={"purpose": "inspection", "exception": CLAIM}).replace(
                ": 7}", f": {huge}}}"
            )
            clean(command, "-", stdin=text, answers=1)
    clean("gate", "-", stdin=facts(visits_this_year={"a": 7}).replace(": 7}", f": {huge}}}"), answers=1)


ENDS = [
    "0001-01-01T00:00:00Z",
    "0001-01-01T00:00:00+08:00",
    "0001-01-02T00:00:00+08:00",
    "9999-12-31T15:59:59Z",
    "9999-12-31T23:59:59+08:00",
    "9999-12-31T16:00:00Z",
    "9999-12-01T00:00:00+08:00",
    "2026-11-17T09:30:00+08:00",
    "1927-06-01T00:00:00+23:59",
]


@pytest.mark.parametrize("now", ENDS)
@pytest.mark.parametrize("issued", ENDS)
def test_the_ends_of_the_calendar_end_cleanly(now, issued):
    for command in ("gate", "next"):
        for visit in ({"purpose": "survey"}, {"purpose": "survey", "exception": CLAIM}):
            clean(command, "-", stdin=facts(now=now, reference_issued_at=issued, visit=visit), answers=1)


@pytest.mark.parametrize("text", ["\ud800", "\udfff\ud800", "a\x00b", "\u202e", "👮", "\u2028", "a\nb", "x" * 100_000])
def test_strange_texts_end_cleanly_wherever_they_are_shown(text):
    people = [{"id": text, "department": text, "valid_until": "2026-01-01"}]
    clean("gate", "-", stdin=facts(people=people, visit={"purpose": "inspection"}), answers=1)
    clean("gate", "-", stdin=facts(visit={"purpose": text}), answers=1)
    clean("gate", "-", stdin=facts(now=text), answers=1)
    clean("leniency", "-", stdin=json.dumps({**LENIENT, "harm": text}))
    for where in ({text: 1}, {"policy": {text: 1}}, {"calendar": {text: 1}}, {"frequency_caps": {text: "x"}}):
        assert clean("gate", "-", stdin=facts(**where)) == 2


@pytest.mark.parametrize("key", ["now", "purpose", "id"])
def test_a_key_given_twice_is_refused_by_name(key):
    for escaped in (key, f"\\u{ord(key[0]):04x}{key[1:]}"):
        text = LINE.replace(f'"{key}": ', f'"{escaped}": "x", "{key}": ', 1)
        code, out, err = run("gate", "-", stdin=text)
        assert (code, out) == (2, "")
        assert key in err
    code, _, err = run("leniency", "-", stdin=json.dumps(LENIENT).replace('"harm"', '"harm": "none", "harm"'))
    assert code == 2
    assert "harm" in err


def test_one_bad_line_among_good_ones_prints_no_answer():
    code, out, err = run("gate", "-", stdin=f"{LINE}\n{LINE}\n{facts(visit={'purpose': 'raid'})}\n")
    assert (code, out) == (2, "")
    assert "purpose" in err


BAD_LENIENCY = [(key, value) for key in LENIENT for value in (1, 0, "", "yes", [], {}, 0.0)] + [
    ("harm", None),
    ("harm", True),
    ("harm", "NONE"),
    ("correction", None),
    ("correction", "later"),
    ("serious", None),
    ("minor", None),
    ("fault_disproved", None),
    ("first_offence", "null"),
]


@pytest.mark.parametrize(("key", "value"), BAD_LENIENCY)
def test_leniency_names_the_wrong_key(key, value):
    code, out, err = run("leniency", "-", stdin=json.dumps({**LENIENT, key: value}))
    assert (code, out) == (2, "")
    assert key in err
    missing = {k: v for k, v in LENIENT.items() if k != key}
    code, _, err = run("leniency", "-", stdin=json.dumps(missing))
    assert code == 2
    assert key in err


BAD_MONTHS = ["", "2026", "2026-13", "2026-00", "2026-1", "26-11", "2026-11-01", "0000-01", "２０２６-11", "2026-1１"]
BAD_MONTHS += [
    " 2026-11",
    "2026-11\n",
    "10000-01",
    "2026/11",
    "+026-11",
    "2_26-11",
    "x",
    "2026-W1",
    "\ud800",
    "2026-11 ",
]


@pytest.mark.parametrize("month", BAD_MONTHS)
def test_service_week_refuses_what_is_no_month(month):
    assert clean("service-week", month) == 2


@pytest.mark.parametrize(
    ("month", "week"), [("0001-01", "0001-01-08 0001-01-14"), ("9999-12", "9999-12-13 9999-12-19")]
)
def test_service_week_knows_the_first_and_the_last_month(month, week):
    assert run("service-week", month)[:2] == (0, week + "\n")


BAD_CODES = [
    "",
    " ",
    "9" * 18,
    "91350100M000100Y4",
    "91350100m000100y43",
    "91350100M000100Y43\n",
    "９１350100M000100Y43",
]
BAD_CODES += ["\ud800" * 18, "\x00" * 18, "9" * 100_000, "٩١350100M000100Y43", "null"]


@pytest.mark.parametrize("code", BAD_CODES)
def test_uscc_says_no_without_a_trace(code):
    exit_code, _, err = run("uscc", code)
    assert exit_code == 1
    assert "Traceback" not in err


def test_a_missing_file_and_a_directory_are_refused():
    for command in ("gate", "next", "leniency"):
        for file in ("no/such/file.json", "/", "a\x00b"):
            assert clean(command, file) == 2
