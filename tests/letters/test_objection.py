"""A contested letter is answered by the department's head, on record; objection and letter both stay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from shared_models.corrections import ObjectionAnswered, ObjectionWord
from shared_models.errors import BadlyFormedError
from sync_server.county import County
from sync_server.letters.matter_filter import Stage
from sync_server.log.rebuild_views import rebuild_views
from tests.letters.promises import copy_path, promise, token_in, visit_id
from tests.letters.test_promise_desk import act, phone, somebody, town
from tests.pages.stories import HOSTILE
from tests.pages.visitor import Visitor
from tests.server.towns import USCC, PhoneInHand

Logged = Callable[[str], Visitor]
__all__ = ["phone", "somebody", "town"]


def contest(owner: Visitor, town: County, record: bytes, note: str = "期限太短") -> None:
    token = token_in(owner.get(copy_path(town, record)))
    answer = owner.client.post("/l/answer", data={"token": token, "answer": "contested", "note": note})
    assert answer.status_code == 200


@pytest.fixture
def contested(town: County, phone: PhoneInHand, somebody: Logged) -> bytes:
    record = promise(town, phone, due=date(2026, 11, 10))
    contest(somebody(""), town, record)
    return record


def test_the_enterprise_reads_the_answer_on_its_copy(town: County, contested: bytes, somebody: Logged) -> None:
    owner, head = somebody(""), somebody("head")
    assert "答复会出现在这个页面上" in owner.get(copy_path(town, contested)).text
    form = {"act": "accepted", "objection": f"设备要从外地运来，属实 {HOSTILE}", "objection_due": "2026-11-15"}
    answered = act(head, contested, "objection", **form)
    assert answered.status_code == 303
    page = head.get(answered.headers["location"]).text
    assert "已办好，记入存证" in page
    assert "采纳了企业的异议" in page
    assert "期限太短" in page, "what was contested stays"
    assert HOSTILE not in page
    copy = owner.get(copy_path(town, contested)).text
    assert "单位采纳了您的异议" in copy
    assert "设备要从外地运来，属实" in copy
    assert "新的期限：2026 年 11 月 15 日" in copy
    assert "期限太短" in copy
    visit = somebody("office").get(f"/visits/{visit_id(1).hex()}")
    assert visit.status_code == 200
    assert f'href="/letters/{contested.hex()}"' in visit.text.partition("采纳了企业的异议")[2]
    assert rebuild_views(town).differences == {}


def test_desk_copy_and_visit_page_say_that_it_was_no_violation(
    town: County, contested: bytes, somebody: Logged
) -> None:
    owner, head = somebody(""), somebody("head")
    page = f"/letters/{contested.hex()}"
    assert "不计入首违登记" in head.get(page).text, "what the word means is said beside it"
    why = "现场复核，通道没有被占用"
    assert act(head, contested, "objection", act="unfounded", objection=why).status_code == 303
    told = head.get(page).text
    assert "采纳了企业的异议：问题不成立，了结" in told
    assert "问题不成立，不计入首违登记" in told
    assert 'name="comment"' not in told, "nothing is to be put right"
    assert "还没有交照片" not in told, "nobody waits for one"
    assert "问题不成立" in head.get(f"/letters?stage={Stage.UNFOUNDED}").text
    assert "经查不成立" in head.get(f"/registry/enterprises/{USCC}/offences").text
    copy = owner.get(copy_path(town, contested)).text
    assert "单位采纳了您的异议：问题不成立" in copy
    assert why in copy
    assert "不用整改，不为它复查，不立案" in copy
    assert "/l/shown" not in copy
    owner.get("/language/en")
    assert "it was no violation" in owner.get(copy_path(town, contested)).text
    assert "企业有异议，问题不成立" in somebody("office").get(f"/visits/{visit_id(1).hex()}").text


def test_an_accepted_objection_says_that_the_finding_was_not_withdrawn(
    town: County, contested: bytes, somebody: Logged
) -> None:
    form = {"act": "accepted", "objection": "设备在路上", "objection_due": "2026-11-15"}
    assert act(somebody("head"), contested, "objection", **form).status_code == 303
    copy = somebody("").get(copy_path(town, contested)).text
    assert "问题本身没有撤销" in copy
    assert "请在 2026 年 11 月 15 日 前整改好" in copy


def test_an_answered_objection_waits_for_nobody(town: County, contested: bytes, somebody: Logged) -> None:
    head = somebody("head")
    waiting = f"/letters?stage={Stage.CONTESTED}"
    assert contested.hex() in head.get(waiting).text
    assert act(head, contested, "objection", act="stands", objection="现场复核，内容属实").status_code == 303
    assert contested.hex() not in head.get(waiting).text
    assert act(head, contested, "objection", act="accepted", objection="再答一次").status_code == 409
    owner = somebody("")
    assert "维持原内容" in owner.get(copy_path(town, contested)).text


@pytest.mark.parametrize(
    ("form", "problem"),
    [
        ({"act": "stands", "objection": "  "}, "还没有填"),
        ({"act": "", "objection": "有理由"}, "还没有填"),
        ({"act": "stands", "objection": f"{'长' * 3_000}末句"}, "太长"),
        ({"act": "accepted", "objection": "有理由", "objection_due": "2027-12-31"}, "objection_due"),
    ],
)
def test_a_bad_answer_is_refused_and_keeps_what_was_typed(
    contested: bytes, somebody: Logged, form: dict[str, str], problem: str
) -> None:
    refused = act(somebody("head"), contested, "objection", **form)
    assert refused.status_code == 422
    assert problem in refused.text
    assert form["objection"].strip() in refused.text
    assert "采纳了企业的异议" not in refused.text


def test_only_the_letters_own_head_answers(contested: bytes, somebody: Logged) -> None:
    form = {"act": "stands", "objection": "属实"}
    assert act(somebody("clerk"), contested, "objection", **form).status_code == 403
    assert act(somebody("office"), contested, "objection", **form).status_code == 403
    assert act(somebody("firehead"), contested, "objection", **form).status_code == 404
    clerk = somebody("clerk").get(f"/letters/{contested.hex()}").text
    assert "等单位负责人答复" in clerk
    assert 'name="objection"' not in clerk


def test_a_letter_that_nobody_contested_needs_no_answer(town: County, phone: PhoneInHand, somebody: Logged) -> None:
    record = promise(town, phone, due=date(2026, 11, 10))
    head = somebody("head")
    assert 'name="objection"' not in head.get(f"/letters/{record.hex()}").text
    assert act(head, record, "objection", act="stands", objection="属实").status_code == 409


def test_an_answer_says_something_and_moves_the_day_only_where_it_accepts() -> None:
    with pytest.raises(BadlyFormedError):
        ObjectionAnswered(b"l" * 32, ObjectionWord.STANDS, " ")
    with pytest.raises(BadlyFormedError):
        ObjectionAnswered(b"l" * 32, ObjectionWord.STANDS, "属实", date(2026, 11, 15))
