"""Rules 7, 四.3, 行政处罚法 74: nothing anywhere counts penalties, cases or fines."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import sync_server
from shared_models.case import CaseFacts, DecisionKind
from sync_server.accounts.access import ACCESS
from sync_server.accounts.account import OF_A_DEPARTMENT, Grant, Role
from sync_server.accounts.add_account import add_account
from sync_server.cases.decide_case import decide_case
from sync_server.cases.open_case import open_case
from sync_server.cases.serve_decision import serve_decision
from sync_server.county import County
from sync_server.registry.sheets.export import TABLES
from tests.cases.town import CLERK, HEAD, PASSWORD, broken_letter, grave, new_case, staffed_town, who, whole
from tests.pages.visitor import Visitor
from tests.server.lent_app import client_of
from tests.server.towns import TODAY

ROOT = Path(sync_server.__file__).parent
FINE = 7_654_321
OWN_PAGES = ("/cases", "/letters")
"""What a department does with its own: a row for each, which no number sums up."""
COUNTING = {"count", "sum", "avg", "Counter", "group_by", "rank", "dense_rank"}
KNOWS_CASES = re.compile(r"cases\.tables|cases\.register|shared_models\.case|case_acts|CaseDecided|matters")
SOMEWHERE = ("/health/ready", "/health/live", "/metrics")
OF_THIS_VISIT = re.compile(r'name="form_token" value="[0-9a-f]*"|name="token" value="[^"]*"|nonce-[^"\' ;]+')


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    county = staffed_town(tmp_path_factory.mktemp("uncounted"))
    for role in Role:
        grants = (Grant(role, "market" if role in OF_A_DEPARTMENT else ""),)
        add_account(county, f"one-{role}".replace("_", "-"), PASSWORD, grants, role.value, person="culture1")
    yield county
    county.engine.dispose()


def everything(county: County) -> dict[tuple[str, str], str]:
    """Every page without a blank to fill, every export and every machine's door, as each role sees it."""
    paths = [route.removeprefix("GET ") for route in ACCESS if route.startswith("GET ") and "{" not in route]
    paths.remove("/account")  # one's own sessions, of which this very walk is a new one
    paths += [f"/registry/exports/{table}.csv" for table in TABLES]
    paths += ["/registry/people/market1", "/registry/people?words=market"]
    seen = {}
    for role in (None, *Role):
        with client_of(county) as client:
            somebody = Visitor(client)
            if role is not None:
                assert somebody.log_in(f"one-{role}".replace("_", "-"), PASSWORD).status_code == 303
            for path in paths:
                answer = somebody.get(path)
                seen[role.value if role else "", path] = OF_THIS_VISIT.sub("", f"{answer.status_code} {answer.text}")
    return seen


def test_no_page_or_export_but_the_departments_own_list_changes_with_its_cases(
    town: County, capfd: pytest.CaptureFixture[str]
) -> None:
    letters = [broken_letter(town, visit=b"letter-visit-%03d" % n) for n in range(4)]
    before = everything(town)
    capfd.readouterr()
    for letter in letters[:3]:
        number = whole(town, open_case(town, CLERK, new_case(town, letter, facts=CaseFacts(grave()))))
        decide_case(town, who(HEAD), number, DecisionKind.PENALTY, "拒不改正", fine=FINE)
        serve_decision(town, who(CLERK), number, TODAY, "当场交付")
    lines = capfd.readouterr()
    after = everything(town)
    changed = {place for place in before if before[place] != after[place]}
    assert {path for _, path in changed} <= set(OWN_PAGES)
    assert {role for role, path in changed if path == "/cases"} == {"clerk", "department_head"}
    total = f"{3 * FINE // 100:,}.{3 * FINE % 100:02}"
    for place in changed:
        assert total not in after[place], place
        assert str(3 * FINE) not in after[place], place
    assert "case" not in lines.err.replace("cases_", "")
    assert str(FINE) not in lines.err + lines.out


def test_the_doors_of_machines_tell_of_no_case(town: County) -> None:
    with client_of(town) as client:
        somebody = Visitor(client)
        somebody.log_in(HEAD, PASSWORD)
        letter = broken_letter(town, visit=b"letter-visit-099")
        number = open_case(town, CLERK, new_case(town, letter))
        assert somebody.get(f"/cases/{number}").status_code == 200
        told = "".join(client.get(path).text for path in SOMEWHERE)
        described = client.get("/schema/openapi.json")
    assert "AJ33" not in told
    for word in ("fine", "penalt", "case_decided", "market"):
        assert word not in told.lower(), word
    assert described.status_code == 404 or "case" not in json.dumps(described.json()).lower()


def test_no_file_that_knows_cases_counts_sums_or_groups() -> None:
    knowing = [path for path in sorted(ROOT.rglob("*.py")) if KNOWS_CASES.search(path.read_text("utf-8"))]
    assert len(knowing) > 10
    found = []
    for path in knowing:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
            if name in COUNTING:
                found.append(f"{path.relative_to(ROOT)}: {name}")
    assert not found


def test_no_template_of_cases_says_how_many_there_are() -> None:
    for path in sorted((ROOT / "templates" / "cases").glob("*.html")):
        text = path.read_text("utf-8")
        assert "|sum" not in text, path
        assert not re.search(r"found\.cases\s*\|\s*(length|count)", text), path
