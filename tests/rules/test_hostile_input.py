"""Whatever is fed to `zhuqi rules`: a right answer, or exit 2 with one line that names the key."""

import copy
import json

import pytest
from click.testing import CliRunner

from sync_server.rules.cli import rules

VALID = {
    "now": "2026-11-17T09:30:00+08:00",
    "reference_issued_at": "2026-11-17T07:00:00+08:00",
    "calendar": {
        "protected": [["2026-11-09", "2026-11-15"]],
        "days_off": [],
        "extra_workdays": [],
        "covers_until": None,
    },
    "policy": {"min_people": {"inspection": 2}},
    "approvers": ["p9"],
    "enterprise": {"uscc": "91330326MA2ABCDE1X", "status": "active"},
    "people": [
        {"id": "p1", "licence": "A1", "department": "market", "valid_until": "2027-12-31", "revoked": False},
        {"id": "p2", "licence": "A2", "department": "market"},
    ],
    "visit": {
        "purpose": "inspection",
        "ground": None,
        "exception": {"reason": "complaint", "note": "n", "proof": "1", "approver": "p9"},
    },
    "filings": [
        {
            "number": "F-1",
            "departments": ["market"],
            "purpose": "inspection",
            "enterprises": ["91330326MA2ABCDE1X"],
            "window": ["2026-11-16", "2026-11-20"],
            "state": "accepted",
            "exception": None,
            "planned_visits": 1,
            "visits_made": 0,
        }
    ],
    "visits_this_year": {"market": 1},
    "frequency_caps": {"market": 2},
}
REMOVED = object()


def run(command, stdin, *options):
    """(exit code, stdout, stderr); any exception but the exit itself fails the test as it is."""
    if isinstance(stdin, str):
        stdin = stdin.encode()
    answer = CliRunner().invoke(rules, [command, "-", *options], input=stdin)
    if answer.exception is not None and not isinstance(answer.exception, SystemExit):
        raise answer.exception
    return answer.exit_code, answer.stdout, answer.stderr


def changed(path, value):
    made = copy.deepcopy(VALID)
    place, *_ = [made]
    *way, last = path.split("/")
    for step in way:
        place = place[int(step)] if isinstance(place, list) else place[step]
    if isinstance(place, list):
        last = int(last)
    if value is REMOVED:
        del place[last]
    else:
        place[last] = value
    return made


def refused(stdin, key, command="gate"):
    code, out, err = run(command, stdin)
    assert (code, out) == (2, ""), (code, out[:300], err[:300])
    assert len(err.strip().splitlines()) == 1, err[:500]
    assert len(err) < 1000
    assert key in err, err[:500]
    assert "Traceback" not in err


def test_the_untouched_object_is_answered():
    code, out, err = run("gate", json.dumps(VALID))
    assert (code, err) == (0, "")
    assert json.loads(out)["verdict"] == "allow"


WRONG = [
    ("now", REMOVED, "now"),
    ("now", None, "now"),
    ("now", 0, "now"),
    ("now", True, "now"),
    ("now", [], "now"),
    ("now", "", "now"),
    ("now", "2026-11-17T09:30:00", "now"),
    ("now", "2026-11-17", "now"),
    ("now", "2026-11-31T09:30:00+08:00", "now"),
    ("now", "2026-02-29T09:30:00+08:00", "now"),
    ("now", "2026-11-17T25:30:00+08:00", "now"),
    ("now", "2026-11-17T09:30:00+24:00", "now"),
    ("now", "yesterday", "now"),
    ("now", "2026-11-17T09:30:00 08:00", "now"),
    ("now", "9999-12-31T23:59:59-08:00", "now"),
    ("now", "0001-01-01T00:00:00+14:00", "now"),
    ("now", "٢٠٢٦-11-17T09:30:00+08:00", "now"),
    ("reference_issued_at", REMOVED, "reference_issued_at"),
    ("reference_issued_at", "2026-11-17T07:00:00", "reference_issued_at"),
    ("reference_issued_at", 1e9, "reference_issued_at"),
    ("people", REMOVED, "people"),
    ("people", None, "people"),
    ("people", {}, "people"),
    ("people", "p1", "people"),
    ("people/0", None, "people"),
    ("people/0", "p1", "people"),
    ("people/0/id", REMOVED, "id"),
    ("people/0/id", None, "id"),
    ("people/0/id", 1, "id"),
    ("people/0/department", REMOVED, "department"),
    ("people/0/department", None, "department"),
    ("people/0/department", ["market"], "department"),
    ("people/0/licence", 7, "licence"),
    ("people/0/licence", True, "licence"),
    ("people/0/unit", 7, "unit"),
    ("people/0/revoked", 0, "revoked"),
    ("people/0/revoked", 1, "revoked"),
    ("people/0/revoked", "false", "revoked"),
    ("people/0/revoked", None, "revoked"),
    ("people/0/valid_from", "2026-13-01", "valid_from"),
    ("people/0/valid_from", 20260101, "valid_from"),
    ("people/0/valid_until", "2026-02-30", "valid_until"),
    ("people/0/valid_until", "2026-11-17T00:00:00+08:00", "valid_until"),
    ("people/0/valid_until", "", "valid_until"),
    ("people/0/valid_until", "2026-1-1", "valid_until"),
    ("people/0/name", "Zhang", "name"),
    ("people/1/Id", "p2", "Id"),
    ("visit", REMOVED, "visit"),
    ("visit", None, "visit"),
    ("visit", [], "visit"),
    ("visit", {}, "purpose"),
    ("visit/purpose", None, "purpose"),
    ("visit/purpose", "", "purpose"),
    ("visit/purpose", "Inspection", "purpose"),
    ("visit/purpose", "inspection ", "purpose"),
    ("visit/purpose", ["inspection"], "purpose"),
    ("visit/ground", "", "ground"),
    ("visit/ground", "because", "ground"),
    ("visit/ground", False, "ground"),
    ("visit/ground", {"by": "x"}, "ground"),
    ("visit/exception", "complaint", "exception"),
    ("visit/exception", [], "exception"),
    ("visit/exception", False, "exception"),
    ("visit/exception", {}, "reason"),
    ("visit/exception/reason", None, "reason"),
    ("visit/exception/reason", 3, "reason"),
    ("visit/exception/note", 3, "note"),
    ("visit/exception/proof", 12345881, "proof"),
    ("visit/exception/approver", ["p9"], "approver"),
    ("visit/exception/approved", True, "approved"),
    ("visit/findings", [], "findings"),
    ("enterprise", "91330326MA2ABCDE1X", "enterprise"),
    ("enterprise", [], "enterprise"),
    ("enterprise", False, "enterprise"),
    ("enterprise", {}, "uscc"),
    ("enterprise/uscc", None, "uscc"),
    ("enterprise/uscc", 91330326, "uscc"),
    ("enterprise/status", REMOVED, "status"),
    ("enterprise/status", None, "status"),
    ("enterprise/status", "ACTIVE", "status"),
    ("enterprise/status", "suspended", "status"),
    ("enterprise/name", "x", "name"),
    ("calendar", [], "calendar"),
    ("calendar", "x", "calendar"),
    ("calendar/weekends", [], "weekends"),
    ("calendar/protected", {}, "protected"),
    ("calendar/protected", None, "protected"),
    ("calendar/protected/0", "2026-11-09", "protected"),
    ("calendar/protected/0", [], "protected"),
    ("calendar/protected/0", ["2026-11-09"], "protected"),
    ("calendar/protected/0", ["2026-11-09", "2026-11-10", "2026-11-11"], "protected"),
    ("calendar/protected/0", ["2026-11-15", "2026-11-09"], "protected"),
    ("calendar/protected/0", ["2026-11-09", None], "protected"),
    ("calendar/protected/0", {"start": "2026-11-09", "end": "2026-11-15"}, "protected"),
    ("calendar/days_off", "2026-11-09", "days_off"),
    ("calendar/days_off", ["2026-11-9"], "days_off"),
    ("calendar/days_off", [None], "days_off"),
    ("calendar/days_off", [["2026-11-09"]], "days_off"),
    ("calendar/extra_workdays", ["20261109x"], "extra_workdays"),
    ("calendar/extra_workdays", [20261109], "extra_workdays"),
    ("calendar/covers_until", "", "covers_until"),
    ("calendar/covers_until", "soon", "covers_until"),
    ("calendar/covers_until", 0, "covers_until"),
    ("policy", [], "policy"),
    ("policy", "default", "policy"),
    ("policy/colour", 1, "colour"),
    ("policy/listed_reasons", "complaint", "listed_reasons"),
    ("policy/listed_reasons", {"complaint": 1}, "listed_reasons"),
    ("policy/listed_reasons", [1], "listed_reasons"),
    ("policy/expost_reasons", None, "expost_reasons"),
    ("policy/cap_exempt_reasons", [None], "cap_exempt_reasons"),
    ("policy/proof_required", "", "proof_required"),
    ("policy/expost_working_days", True, "expost_working_days"),
    ("policy/expost_working_days", 2.0, "expost_working_days"),
    ("policy/expost_working_days", "2", "expost_working_days"),
    ("policy/expost_working_days", None, "expost_working_days"),
    ("policy/expost_working_days", -1, "expost_working_days"),
    ("policy/merge_window_days", False, "merge_window_days"),
    ("policy/merge_window_days", 30.5, "merge_window_days"),
    ("policy/reference_max_working_days", "3", "reference_max_working_days"),
    ("policy/reference_max_working_days", [3], "reference_max_working_days"),
    ("policy/clock_tolerance_minutes", 1e1, "clock_tolerance_minutes"),
    ("policy/clock_tolerance_minutes", True, "clock_tolerance_minutes"),
    ("policy/min_people", [2, 2, 1, 1], "min_people"),
    ("policy/min_people", 2, "min_people"),
    ("policy/min_people", {"inspection": 1}, "min_people"),
    ("policy/min_people", {"recheck": 1}, "min_people"),
    ("policy/min_people", {"survey": 0}, "min_people"),
    ("policy/min_people", {"service": 0}, "min_people"),
    ("policy/min_people", {"service": -5}, "min_people"),
    ("policy/min_people", {"visit": 2}, "min_people"),
    ("policy/min_people", {"inspection": True}, "min_people"),
    ("policy/min_people", {"inspection": 2.0}, "min_people"),
    ("policy/min_people", {"inspection": "2"}, "min_people"),
    ("policy/min_people", {"inspection": None}, "min_people"),
    ("approvers", "p9", "approvers"),
    ("approvers", {}, "approvers"),
    ("approvers", [9], "approvers"),
    ("approvers", [None], "approvers"),
    ("approvers", False, "approvers"),
    ("filings", None, "filings"),
    ("filings", {}, "filings"),
    ("filings/0", None, "filings"),
    ("filings/0", [], "filings"),
    ("filings/0/number", REMOVED, "number"),
    ("filings/0/number", 1, "number"),
    ("filings/0/number", None, "number"),
    ("filings/0/departments", REMOVED, "departments"),
    ("filings/0/departments", "market", "departments"),
    ("filings/0/departments", [1], "departments"),
    ("filings/0/purpose", REMOVED, "purpose"),
    ("filings/0/purpose", "raid", "purpose"),
    ("filings/0/enterprises", REMOVED, "enterprises"),
    ("filings/0/enterprises", "91330326MA2ABCDE1X", "enterprises"),
    ("filings/0/window", REMOVED, "window"),
    ("filings/0/window", ["2026-11-20", "2026-11-16"], "window"),
    ("filings/0/window", ["2026-11-16"], "window"),
    ("filings/0/window", ["2026-11-16", "2026-11-31"], "window"),
    ("filings/0/window", "2026-11-16/2026-11-20", "window"),
    ("filings/0/state", REMOVED, "state"),
    ("filings/0/state", "Accepted", "state"),
    ("filings/0/state", None, "state"),
    ("filings/0/exception", "complaint", "exception"),
    ("filings/0/exception", {}, "reason"),
    ("filings/0/exception", {"reason": None}, "reason"),
    ("filings/0/exception", {"reason": "case", "note": "n"}, "note"),
    ("filings/0/merged_into", 1, "merged_into"),
    ("filings/0/merged_into", False, "merged_into"),
    ("filings/0/planned_visits", True, "planned_visits"),
    ("filings/0/planned_visits", 1.0, "planned_visits"),
    ("filings/0/planned_visits", "1", "planned_visits"),
    ("filings/0/planned_visits", None, "planned_visits"),
    ("filings/0/visits_made", False, "visits_made"),
    ("filings/0/visits_made", None, "visits_made"),
    ("filings/0/visits_made", 0.5, "visits_made"),
    ("filings/0/approved_by", "x", "approved_by"),
    ("visits_this_year", [], "visits_this_year"),
    ("visits_this_year", None, "visits_this_year"),
    ("visits_this_year/market", True, "visits_this_year"),
    ("visits_this_year/market", 1.0, "visits_this_year"),
    ("visits_this_year/market", "1", "visits_this_year"),
    ("visits_this_year/market", None, "visits_this_year"),
    ("frequency_caps", [["market", 2]], "frequency_caps"),
    ("frequency_caps/market", None, "frequency_caps"),
    ("frequency_caps/market", False, "frequency_caps"),
    ("frequency_caps/market", {}, "frequency_caps"),
    ("today", "2026-11-17", "today"),
    ("", 1, ""),
]


@pytest.mark.parametrize(("path", "value", "key"), WRONG, ids=[f"{n}-{row[0]}" for n, row in enumerate(WRONG)])
def test_one_wrong_place_is_refused_by_name(path, value, key):
    for command in ("gate", "next"):
        refused(json.dumps(changed(path, value), ensure_ascii=False), key, command)
