"""A finding on a visit whose purpose allows none (三.4): kept, shown as what it is, and of no consequence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from shared_models.copy_code import Copied, Copy, copy_text
from shared_models.facts import Ground
from shared_models.filing import Purpose
from shared_models.visit import GroundGiven
from sync_server.accounts.account import Role
from sync_server.accounts.add_account import add_account
from sync_server.county import County
from sync_server.documents.print_documents import print_letter
from sync_server.errors import NotFoundError
from sync_server.letters.answer_letter import answer_letter
from sync_server.log.rebuild_views import rebuild_views
from sync_server.supervision.read_visit import read_visit
from tests.letters.hands import VISIT, finding, signed_letter
from tests.pages.stories import PASSWORD
from tests.pages.visitor import Visitor
from tests.server.lent_app import client_of
from tests.server.towns import NOON, at_gate, enrolled, fetch, later, of_kind, send, settled_town

ASKED = {
    Purpose.SURVEY: {"purpose": Purpose.SURVEY},
    Purpose.SERVICE: {"purpose": Purpose.SERVICE, "ground": GroundGiven(Ground.INVITED, "厂长")},
}


@pytest.fixture
def town(tmp_path: Path) -> Iterator[County]:
    county = settled_town(tmp_path / "data")
    add_account(county, "lin", PASSWORD, Role.SUPERVISOR, "林监督")
    yield county
    county.engine.dispose()


@pytest.mark.parametrize("purpose", ASKED)
def test_an_altered_apps_finding_on_a_survey_or_service_visit_is_marked_and_counts_for_nothing(
    town: County, purpose: Purpose
) -> None:
    phone, other = enrolled(town, "market1"), enrolled(town, "fire1")
    fetch(town, phone)
    opened = phone.write("visit_opened", at_gate(phone, **ASKED[purpose]), visit=VISIT)
    noted = phone.write("finding_noted", finding(), visit=VISIT, at=NOON + timedelta(minutes=5))
    signed = phone.write("letter_signed", signed_letter(phone.prev or b""), visit=VISIT, at=NOON + timedelta(minutes=9))
    letter = (phone.prev or b"").hex()
    later(town, minutes=15)
    assert [receipt.code for receipt in send(town, opened, noted, signed).receipts] == [None, None, None]
    shown = read_visit(town, VISIT)
    assert [(one.kind, one.is_disguised) for one in shown.records] == [
        ("visit_opened", False),
        ("finding_noted", True),
        ("letter_signed", True),
    ]
    fetch(town, other)
    assert of_kind(other, "offence") == {}
    with pytest.raises(NotFoundError):
        print_letter(town, shown, letter)
    assert rebuild_views(town).differences == {}
    with client_of(town) as client:
        visitor = Visitor(client)
        visitor.log_in("lin", PASSWORD)
        page = visitor.get(f"/visits/{VISIT.hex()}").text
        path = "/l/" + copy_text("x", Copy(Copied.LETTER, bytes.fromhex(letter), "")).rpartition("/")[2]
        copy = client.get(path).text
        answer_letter(town, bytes.fromhex(letter), confirmed=False, note="没有这回事")
        contested = client.get(path).text
    assert "这份不作数" in copy
    assert "您提出了异议" in contested
    assert "核实后答复" not in contested, "it stands on no desk, so nobody answers"
    assert page.count("不得记录问题、不得签承诺书（三.4）") == 2
    assert f"documents/{letter}.pdf" not in page


def test_on_an_inspection_a_finding_is_a_finding(town: County) -> None:
    phone = enrolled(town, "market1")
    fetch(town, phone)
    opened = phone.write("visit_opened", at_gate(phone), visit=VISIT)
    send(town, opened, phone.write("finding_noted", finding(), visit=VISIT))
    assert [one.is_disguised for one in read_visit(town, VISIT).records] == [False, False]
