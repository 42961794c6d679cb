from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from shared_models.facts import ExceptionClaim
from shared_models.people import Person
from sync_server.accounts.account import Role
from sync_server.accounts.add_account import add_account
from sync_server.accounts.errors import ForbiddenError
from sync_server.accounts.open_work import open_work
from sync_server.accounts.read_accounts import find_account
from sync_server.admin.cli import admin
from sync_server.approvals.list_claims import list_claims
from sync_server.county import County
from sync_server.registry.register_people import register_people
from sync_server.supervision.read_visit import read_visit
from sync_server.visits.answer_exception import answer_exception
from tests.pages.stories import HOSTILE, PASSWORD
from tests.pages.visitor import Visitor
from tests.server.lent_app import client_of
from tests.server.towns import at_gate, enrolled, fetch, file, later, send, settled_town


@pytest.fixture
def town(tmp_path: Path) -> Iterator[County]:
    county = settled_town(tmp_path / "data")
    file(county)
    register_people(county, "office", [Person("culture1", "culture", "culture-1", name="批准人")])
    for name, person in (("chief", "culture1"), ("other", "culture2")):
        add_account(county, name, PASSWORD, Role.APPROVER, name, person=person)
    yield county
    county.engine.dispose()


@pytest.fixture
def chief(town: County) -> Iterator[Visitor]:
    with client_of(town) as client:
        visitor = Visitor(client)
        assert visitor.log_in("chief", PASSWORD).status_code == 303
        yield visitor


def claim_one(town: County, visit: bytes, note: str = "罐区泄漏") -> None:
    phone = enrolled(town, "market1", keep_others=True)
    fetch(town, phone)
    claim = ExceptionClaim("emergency", note, "12345-881", "culture1")
    reply = send(town, phone.write("visit_opened", at_gate(phone, claim=claim), visit=visit))
    assert [receipt.code for receipt in reply.receipts] == [None]


def answer(visitor: Visitor, visit: bytes, word: str, reason: str = ""):  # type: ignore[no-untyped-def]
    form = {"form_token": visitor.token_of("/exceptions"), "visit": visit.hex(), "answer": word, "reason": reason}
    return visitor.post("/exceptions", form)


ONE, TWO = b"claimed-visit-01", b"claimed-visit-02"


def test_one_tap_confirms_and_the_visit_says_so(town: County, chief: Visitor) -> None:
    claim_one(town, ONE)
    page = chief.get("/exceptions")
    assert "12345-881" in page.text
    assert "请在 2026-11-04 前答复" in page.text
    assert "已确认" in answer(chief, ONE, "confirmed").text
    assert read_visit(town, ONE).exceptions[0].state == "confirmed"
    assert "没有等您确认的例外" in chief.get("/exceptions").text
    assert answer_status(chief, ONE) == 409


def answer_status(chief: Visitor, visit: bytes) -> int:
    token = chief.token_of("/exceptions")
    form = {"form_token": token, "visit": visit.hex(), "answer": "confirmed", "reason": ""}
    return chief.post("/exceptions", form).status_code


def test_a_denial_gives_its_reason(town: County, chief: Visitor) -> None:
    claim_one(town, ONE, HOSTILE)
    assert answer(chief, ONE, "denied").status_code == 422
    assert answer(chief, ONE, "denied", "长" * 5000).status_code == 422
    assert answer(chief, ONE, "burned", "x").status_code == 422
    denied = answer(chief, ONE, "denied", HOSTILE)
    assert denied.status_code == 200
    assert "<script>alert" not in denied.text
    shown = read_visit(town, ONE).exceptions[0]
    assert (shown.state, shown.why) == ("denied", HOSTILE)


def test_a_late_answer_is_still_an_answer_and_until_then_it_is_stated_only(town: County, chief: Visitor) -> None:
    claim_one(town, ONE)
    later(town, days=2)
    assert chief.log_in("chief", PASSWORD).status_code == 303
    page = chief.get("/exceptions")
    assert "只显示为“已声明”" in page.text
    assert answer(chief, ONE, "confirmed").status_code == 200


def test_each_claim_says_how_long_it_waits_and_those_over_their_time_stand_first(town: County, chief: Visitor) -> None:
    claim_one(town, TWO, "最早")
    later(town, hours=30)
    claim_one(town, ONE, "后来")
    later(town, hours=20)
    assert chief.log_in("chief", PASSWORD).status_code == 303
    page = chief.get("/exceptions").text
    assert "已等 2 天" in page
    assert "已等 20 小时" in page
    assert "1 个已过答复期限" in page
    assert re.findall(r'id="v([0-9a-f]+)"', page) == [TWO.hex(), ONE.hex()]
    claims = list_claims(town, "culture1").waiting
    assert [(one.is_late, one.waited_hours) for one in claims] == [(True, 50), (False, 20)]


def test_what_waits_for_an_approver_is_counted_before_the_account_is_shut(town: County) -> None:
    claim_one(town, ONE)
    claim_one(town, TWO)
    answer_exception(town, "chief", TWO, approver="culture1", confirmed=True)
    assert [open_work(town, find_account(town, name)).claims for name in ("chief", "other")] == [1, 0]


def test_whoever_is_not_named_answers_nothing_whichever_way_they_try(town: County) -> None:
    claim_one(town, ONE)
    for person in ("culture2", "market1", "", " "):
        with pytest.raises(ForbiddenError):
            answer_exception(town, "other", ONE, approver=person, confirmed=True)
    assert read_visit(town, ONE).exceptions[0].state == "stated"


def test_a_visitor_who_named_himself_in_an_altered_app_cannot_confirm_it(town: County) -> None:
    phone = enrolled(town, "market1", keep_others=True)
    fetch(town, phone)
    claim = ExceptionClaim("emergency", "罐区泄漏", "12345-881", "market1")
    send(town, phone.write("visit_opened", at_gate(phone, claim=claim), visit=ONE))
    assert list_claims(town, "market1").waiting == ()
    with pytest.raises(ForbiddenError):
        answer_exception(town, "market1", ONE, approver="market1", confirmed=True)


def test_on_the_command_line_too_only_the_named_approver_answers(town: County) -> None:
    claim_one(town, ONE)
    add_account(town, "office", PASSWORD, Role.COUNTY_OFFICE, "专班")

    def say(account: str) -> Result:
        told = ["exception", "confirm", ONE.hex(), "--account", account, "--data", str(town.settings.data_dir)]
        return CliRunner().invoke(admin, told)

    for account, why in (("office", "approver"), ("other", "forbidden")):
        refused = say(account)
        assert refused.exit_code != 0
        assert why in refused.output
    assert read_visit(town, ONE).exceptions[0].state == "stated"
    assert say("chief").output == "confirmed\n"
    assert read_visit(town, ONE).exceptions[0].state == "confirmed"


def test_another_approver_neither_sees_nor_answers_it(town: County, chief: Visitor) -> None:
    claim_one(town, ONE)
    claim_one(town, TWO)
    assert len(re.findall(r'name="visit"', chief.get("/exceptions").text)) == 2
    with client_of(town) as client:
        other = Visitor(client)
        other.log_in("other", PASSWORD)
        assert "没有等您确认的例外" in other.get("/exceptions").text
        token = other.token_of("/")
        form = {"form_token": token, "visit": ONE.hex(), "answer": "confirmed", "reason": ""}
        assert other.post("/exceptions", form).status_code == 409
    assert read_visit(town, ONE).exceptions[0].state == "stated"
