"""The list of filings, one filing's page, its documents; what a department may do with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shared_models.filing import Purpose
from sync_server.county import County
from tests.desks.town import CODES
from tests.pages.visitor import Visitor
from tests.server.towns import file

Logged = Callable[[str], Visitor]


def test_the_list_is_narrowed_by_its_address_and_pages_on(town: County, logged_in: Logged) -> None:
    for one in CODES[:3]:
        file(town, enterprises=(one,), days=(1, 2))
    file(town, "fire", enterprises=(CODES[4],), purpose=Purpose.RECHECK)
    clerk, office = logged_in("clerk"), logged_in("office")
    assert clerk.get("/filings").text.count('class="name"') == 3, "its own department's"
    assert office.get("/filings").text.count('class="name"') == 4
    assert office.get("/filings?purpose=recheck").text.count('class="name"') == 1
    assert office.get("/filings?words=测试02").text.count('class="name"') == 1
    assert office.get("/filings?words=BA3303262026-00004").text.count('class="name"') == 1
    assert office.get("/filings?state=withdrawn").text.count('class="name"') == 0
    assert office.get("/filings?department=fire&from=2026-11-03&until=2026-11-03").text.count('class="name"') == 1
    assert office.get("/filings?state=nonsense").status_code == 400
    assert clerk.get("/filings?department=fire").text.count('class="name"') == 3, "another's are not asked for"


def test_a_withdrawn_filing_says_why_and_another_department_cannot_withdraw_it(town: County, logged_in: Logged) -> None:
    made = file(town, enterprises=(CODES[0],))
    path = f"/filings/{made.filing}"
    assert logged_in("fireclerk").get(path).status_code == 404
    clerk = logged_in("clerk")
    assert (
        clerk.post(f"{path}/withdraw", {"form_token": clerk.token_of(path), "comment": "企业停产"}).status_code == 303
    )
    assert "企业停产" in clerk.get(path).text
    again = clerk.post(f"{path}/withdraw", {"form_token": clerk.token_of(path)})
    assert again.status_code == 409
    assert "状态已变" in again.text


@pytest.mark.parametrize("document", ["form", "notice"])
def test_documents_are_pdfs_of_the_filing(town: County, logged_in: Logged, document: str) -> None:
    made = file(town, enterprises=(CODES[0],), items=("检查" * 100,), basis="办法" * 200)
    answer = logged_in("clerk").get(f"/filings/{made.filing}/{document}.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_there_is_no_notice_of_what_was_not_accepted(town: County, logged_in: Logged) -> None:
    made = file(town, enterprises=(CODES[0],), basis="")
    assert logged_in("clerk").get(f"/filings/{made.filing}/notice.pdf").status_code == 404
    assert logged_in("clerk").get(f"/filings/{made.filing}/form.pdf").status_code == 200
