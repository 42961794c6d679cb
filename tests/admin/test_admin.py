"""`zhuqi admin`: a county set up and run from the command line alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from shared_models.codes import read_typed_enrolment
from shared_models.enterprise import Enterprise
from shared_models.people import Department, Person
from shared_models.sync import EnrolmentRequest
from sync_server.accounts.account import Role
from sync_server.accounts.add_account import add_account
from sync_server.accounts.disable_account import disable_account
from sync_server.accounts.log_in import log_in
from sync_server.admin.cli import admin
from sync_server.county import County
from sync_server.enrolment.request_enrolment import request_enrolment
from sync_server.open_county import open_county
from sync_server.settings import settings_from
from sync_server.storage.engine import reading
from sync_server.storage.facts import current_facts
from tests.pages.stories import PASSWORD, picture, tell
from tests.server.towns import USCC, new_phone, settle, settled_town


@dataclass
class Console:
    data: Path

    def __call__(self, *arguments: str, stdin: str = "", account: str = "office") -> Result:
        acting = [] if account == "" else ["--account", account]
        return CliRunner().invoke(admin, [*arguments, "--data", str(self.data), *acting], input=stdin)

    def done(self, *arguments: str, stdin: str = "", account: str = "office") -> str:
        result = self(*arguments, stdin=stdin, account=account)
        assert result.exit_code == 0, result.output
        return result.output.strip()


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    county = open_county(settings_from({}, data_dir=tmp_path / "data"))
    add_account(county, "office", PASSWORD, Role.COUNTY_OFFICE, "县专班")
    yield county
    county.engine.dispose()


@pytest.fixture
def zhuqi(county: County) -> Console:
    return Console(county.settings.data_dir)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, object], str]:
    def make(name: str, content: object) -> str:
        path = tmp_path / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content if isinstance(content, str) else json.dumps(content, ensure_ascii=False), "utf-8")
        return str(path)

    return make


def current(county: County, kind: str, key: str, cls: type) -> object:
    with reading(county.engine) as connection:
        return current_facts(connection, kind, [key])[key].load(cls)


DEPARTMENTS = "id,name,units\nmarket,市场监管局,food=食品科;drug=药品科\nfire,消防救援局,\n"
PEOPLE = """id,name,department,unit,licence,valid_from,valid_until,portrait
p1,陈立群,market,food,浙C330326001,2024-01-01,2027-12-31,p1.jpg
p2,林一鸣,market,drug,浙C330326002,,,
"""
ENTERPRISES = f"uscc,name,township,gates\n{USCC},平阳水产有限公司,鳌江镇,1=东门；2=西门\n"


def test_a_county_is_set_up_from_spreadsheets(
    county: County, zhuqi: Console, write: Callable[[str, object], str]
) -> None:
    write("p1.jpg", picture())
    assert zhuqi.done("departments", "import", write("d.csv", "\ufeff" + DEPARTMENTS)) == "2 departments"
    assert zhuqi.done("people", "import", write("p.csv", PEOPLE)) == "2 people"
    assert zhuqi.done("enterprises", "import", write("e.csv", ENTERPRISES)) == "1 enterprises"
    department = current(county, "department", "market", Department)
    assert [unit.name for unit in department.units] == ["食品科", "药品科"]
    person = current(county, "person", "p1", Person)
    assert (person.name, person.licence, str(person.valid_until)) == ("陈立群", "浙C330326001", "2027-12-31")
    assert county.blobs.get(person.portrait) == picture()
    enterprise = current(county, "enterprise", USCC, Enterprise)
    assert [(gate.no, gate.place) for gate in enterprise.gates] == [(1, "东门"), (2, "西门")]
    assert zhuqi.done("enterprises", "teach-code", "https://licence.example/abc", USCC)
    assert zhuqi.done("people", "revoke", "p2", "--reason", "调离") == "p2 revoked"
    assert current(county, "person", "p2", Person).revoked


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("e.csv", "uscc,colour\n91350100M000100Y43,red\n", "colour"),
        ("e.csv", "uscc,gates\n91350100M000100Y43,东门\n", "1=东门"),
        ("e.csv", "uscc\n91350100M000100Y43,too,many\n", "more fields"),
        ("e.csv", b"uscc,name\n91350100M000100Y43,\xb6\xab\n", "UTF-8"),
        ("e.json", "[", "JSON"),
        ("e.json", '{"uscc": 1}', "list of objects"),
        ("e.json", '[{"uscc": 1}]', "uscc"),
        ("e.json", "[" * 100_000, "JSON"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_exits_2_and_says_where(
    zhuqi: Console, write: Callable[[str, object], str], name: str, content: object, complaint: str
) -> None:
    result = zhuqi("enterprises", "import", write(name, content))
    assert result.exit_code == 2
    assert complaint in " ".join(result.output.split())
    assert "Traceback" not in result.output


def test_what_the_registry_refuses_exits_1_with_a_code(zhuqi: Console, write: Callable[[str, object], str]) -> None:
    result = zhuqi("enterprises", "import", write("e.json", [{"uscc": "91350100M000100Y4Z"}]))
    assert result.exit_code == 1
    assert "not_a_uscc" in result.output


def test_accounts_are_made_listed_changed_and_disabled(county: County, zhuqi: Console) -> None:
    made = zhuqi.done(
        *("account", "add", "lin", "--role", "supervisor", "--display-name", "林监督", "--password-stdin"),
        stdin=f"{PASSWORD}\n",
        account="",
    )
    assert made == "lin supervisor"
    assert log_in(county, "lin", PASSWORD, "10.0.0.1")
    assert "lin\tsupervisor\t林监督" in zhuqi.done("account", "list", account="")
    zhuqi.done("account", "passwd", "lin", "--password-stdin", stdin="another plum rain\n", account="")
    assert log_in(county, "lin", "another plum rain", "10.0.0.1")
    zhuqi.done("account", "disable", "lin", account="")
    assert "disabled" in zhuqi.done("account", "list", account="")
    zhuqi.done("account", "enable", "lin", account="")
    assert log_in(county, "lin", "another plum rain", "10.0.0.1")
    weak = zhuqi("account", "add", "wu", "--role", "supervisor", "--password-stdin", stdin="short\n", account="")
    assert weak.exit_code == 1
    assert "password_too_weak" in weak.output
    again = zhuqi("account", "add", "LIN", "--role", "supervisor", "--password-stdin", stdin=PASSWORD, account="")
    assert "account_exists" in again.output


def test_a_password_is_asked_for_twice_where_there_is_a_person(county: County, zhuqi: Console) -> None:
    zhuqi.done("account", "add", "wu", "--role", "supervisor", stdin=f"{PASSWORD}\n{PASSWORD}\n", account="")
    assert log_in(county, "wu", PASSWORD, "10.0.0.1")


@pytest.mark.parametrize("account", ["nobody", "lin", "gone"])
def test_acts_need_an_account_of_the_office(county: County, zhuqi: Console, account: str) -> None:
    add_account(county, "lin", PASSWORD, Role.SUPERVISOR)
    add_account(county, "gone", PASSWORD, Role.COUNTY_OFFICE)
    disable_account(county, "gone")
    settle(county)
    assert zhuqi("people", "revoke", "market1", "--reason", "x", account=account).exit_code != 0
    assert not current(county, "person", "market1", Person).revoked


def test_a_slip_in_the_path_makes_no_second_county(tmp_path: Path) -> None:
    result = Console(tmp_path / "elsewhere")("calendar", "publish")
    assert result.exit_code == 2
    assert "there is no county" in " ".join(result.output.replace("│", " ").split())
    assert not (tmp_path / "elsewhere").exists()


def form(**more: object) -> dict[str, object]:
    return {
        "departments": ["market"],
        "purpose": "inspection",
        "enterprises": [USCC],
        "window": ["2031-03-03", "2031-03-07"],
        "officers": ["market1", "market2"],
        "items": ["检查"],
        "basis": "办法第三条",
        "why_not_off_site": "须看现场",
        "approved_by": "局长",
        **more,
    }


def test_filings_go_through_all_their_states(
    county: County, zhuqi: Console, write: Callable[[str, object], str]
) -> None:
    settle(county)

    def submit(*more: str, **values: object) -> dict[str, object]:
        return json.loads(zhuqi.done("filing", "submit", write("f.json", form(**values)), *more))

    one, two = submit("--for-office"), submit("--for-office", departments=["market", "fire"])
    assert one["number"] is None
    number = zhuqi.done("filing", "accept", str(one["filing"]))
    assert number.startswith("BA330326")
    zhuqi.done("filing", "accept", str(two["filing"]))
    assert zhuqi.done("filing", "merge", str(two["filing"]), str(one["filing"])).startswith("1 merged")
    three = submit("--for-office")
    assert zhuqi("filing", "return", str(three["filing"]), "--comment", " ").exit_code == 1
    assert zhuqi.done("filing", "return", str(three["filing"]), "--comment", "补依据") == "returned"
    assert zhuqi.done("filing", "withdraw", str(three["filing"])) == "withdrawn"
    wrong = zhuqi("filing", "accept", str(three["filing"]))
    assert wrong.exit_code == 1
    assert "wrong_state" in wrong.output
    assert zhuqi("filing", "accept", "0" * 16).exit_code == 1
    rows = zhuqi.done("filing", "list", account="").splitlines()
    assert [row.split("\t")[2] for row in rows] == ["accepted", "accepted", "withdrawn"]
    assert zhuqi.done("filing", "list", "--state", "withdrawn", account="").startswith(str(three["filing"]))


def test_calendar_policy_caps_and_snippets_are_published(
    county: County, zhuqi: Console, write: Callable[[str, object], str]
) -> None:
    assert zhuqi("caps", "set", "market", "2").exit_code == 1  # there is no policy yet
    settle(county)
    assert "weeks up to" in zhuqi.done("calendar", "publish")
    assert zhuqi("calendar", "move", "2031-03", "2031-04-14", "2031-04-20", "--note", "x").exit_code == 1
    zhuqi.done("calendar", "publish", write("c.json", {"weeks": [], "days_off": ["2031-01-01"]}))
    month = zhuqi.done("calendar", "show", account="").splitlines()[-1].split("\t")[0]
    zhuqi.done("calendar", "move", month, f"{month}-20", f"{month}-26", "--note", "县专班:台风")
    assert f"{month}\t{month}-20\t{month}-26\t县专班:台风" in zhuqi.done("calendar", "show", account="")
    policy = json.loads(zhuqi.done("policy", "show", account=""))
    policy["policy"]["expost_working_days"] = 3
    zhuqi.done("policy", "publish", write("p.json", policy))
    zhuqi.done("caps", "set", "fire", "4")
    shown = json.loads(zhuqi.done("policy", "show", account=""))
    assert shown["policy"]["expost_working_days"] == 3
    assert shown["frequency_caps"] == {"market": 2, "fire": 4}
    zhuqi.done("caps", "remove", "market")
    assert json.loads(zhuqi.done("policy", "show", account=""))["frequency_caps"] == {"fire": 4}
    snippet = {"id": "g1", "kind": "guidance", "title": "配电箱", "text": "前一米内不堆物"}
    assert zhuqi.done("snippets", "publish", write("s.json", [snippet])) == "1 snippets"
    provision = {"id": "f", "title": "《消防法》", "clause": "第十六条", "text": "保持畅通", "field": "消防安全"}
    assert zhuqi.done("provisions", "publish", write("l.json", [provision])) == "1 provisions"
    assert zhuqi("provisions", "publish", write("l.json", [{**provision, "text": " "}])).exit_code == 1
    assert zhuqi("provisions", "publish", write("l.json", [{**provision, "colour": "red"}])).exit_code == 2


def test_a_phone_is_enrolled_refused_and_revoked(county: County, zhuqi: Console) -> None:
    settle(county)

    def ask() -> tuple[str, tuple[str, ...]]:
        phone = new_phone()
        typed = zhuqi.done("enrol", "issue", "market1", "--no-qr").splitlines()[0]
        code = read_typed_enrolment(typed)
        proof = phone.sign(code.secret)
        reply = request_enrolment(county, EnrolmentRequest(code.secret, phone.public_key, "software", proof))
        return reply.id, reply.words

    waiting, words = ask()
    pending = zhuqi.done("enrol", "pending", account="")
    assert pending.split("\t")[:3] == [waiting, "market1", " ".join(words)]
    officer, kid = zhuqi.done("enrol", "confirm", waiting).split()
    assert officer == "market1"
    assert zhuqi("enrol", "confirm", waiting).exit_code == 1
    refused, _ = ask()
    assert zhuqi.done("enrol", "refuse", refused) == "refused"
    assert zhuqi.done("enrol", "revoke", kid, "--reason", "丢失") == "revoked"
    assert zhuqi("enrol", "revoke", kid, "--reason", "丢失").exit_code == 1
    assert zhuqi("enrol", "revoke", "xyz", "--reason", "丢失").exit_code == 2
    assert zhuqi("enrol", "issue", "nobody").exit_code == 1
    assert "█" in zhuqi.done("enrol", "issue", "market1")


def test_the_approver_who_was_named_answers_once(county: County, tmp_path: Path) -> None:
    town = settled_town(tmp_path / "town")
    story = tell(town)
    add_account(town, "office", PASSWORD, Role.COUNTY_OFFICE)
    add_account(town, "judge", PASSWORD, Role.APPROVER, person="culture1")
    zhuqi, judge = Console(tmp_path / "town"), {"account": "judge"}
    assert zhuqi.done("exception", "list", account="").split("\t")[:2] == [story.stormy, "emergency"]
    assert zhuqi("exception", "confirm", story.stormy).exit_code == 2  # the office is nobody's approver
    assert zhuqi("exception", "deny", story.stormy, **judge).exit_code == 2  # a denial needs its reason
    assert zhuqi.done("exception", "confirm", story.stormy, **judge) == "confirmed"
    assert zhuqi("exception", "deny", story.stormy, "--reason", "x", **judge).exit_code == 1
    assert zhuqi("exception", "confirm", story.sound, **judge).exit_code == 1
    assert zhuqi.done("exception", "list", account="") == ""


def test_every_command_explains_itself() -> None:
    def walk(command: object, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        for name, one in getattr(command, "commands", {}).items():
            yield (*path, name)
            yield from walk(one, (*path, name))

    commands = list(walk(admin, ()))
    assert len(commands) > 35
    for path in commands:
        shown = CliRunner().invoke(admin, [*path, "--help"])
        assert shown.exit_code == 0
        assert len(shown.output) > 200, path
