from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from shared_models.commitment import LetterRefused
from shared_models.copy_code import Copied, Copy, copy_text
from shared_models.visit import Guidance, LegalEducation
from sync_server.county import County
from sync_server.letters.answer_letter import answer_letter
from sync_server.supervision.read_visit import read_visit
from tests.core.test_letter import OFFICERS, RARE, letter
from tests.letters.hands import VISIT, finding, write_letter
from tests.pages.stories import HOSTILE
from tests.server.lent_app import client_of
from tests.server.towns import USCC, PhoneInHand, at_gate, enrolled, fetch, file, later, send, settled_town

MOST_BYTES = 100 * 1024


@pytest.fixture
def town(tmp_path: Path) -> Iterator[County]:
    county = settled_town(tmp_path / "data")
    file(county)
    yield county
    county.engine.dispose()


@pytest.fixture
def phone(town: County) -> PhoneInHand:
    phone = enrolled(town)
    fetch(town, phone)
    return phone


@pytest.fixture
def owner(town: County) -> Iterator[Callable[..., httpx.Response]]:
    """An owner's browser without a script: GET of a copy, or its form sent."""
    with client_of(town) as client:

        def look(copy: Copy | None = None, **form: str) -> httpx.Response:
            if copy is None:
                return client.post("/l/answer", data=form)
            path = copy_text(town.settings.public_host, copy).partition(town.settings.public_host)[2]
            return client.get(path, headers={"accept": "text/html"})

        yield look


def token_of(page: httpx.Response) -> str:
    found = re.search(r'name="token" value="([0-9a-f]+)"', page.text)
    assert found, page.text
    return found[1]


def test_before_it_arrives_the_page_shows_the_codes_words_as_not_compared(
    owner: Callable[..., httpx.Response],
) -> None:
    page = owner(Copy(Copied.LETTER, b"n" * 32, f"承诺书 {RARE} {HOSTILE}"))
    assert page.status_code == 200
    assert "还没有送达县里" in page.text
    assert "㙍𠮷喆" in page.text
    assert "<script>alert" not in page.text
    assert "/l/answer" not in page.text


@pytest.mark.parametrize("digits", ["0", "1", "abc", "9" * 4000, "12" * 900, "%00", "1%2e"])
def test_a_torn_copy_is_said_to_be_torn(town: County, digits: str) -> None:
    with client_of(town) as client:
        page = client.get(f"/l/{digits}", headers={"accept": "text/html"})
        assert page.status_code in (404, 422)
        assert "Traceback" not in page.text


def test_the_copy_shows_what_was_signed_with_its_proof_and_no_script(
    town: County, phone: PhoneInHand, owner: Callable[..., httpx.Response]
) -> None:
    _, record = write_letter(town, phone)
    page = owner(Copy(Copied.LETTER, record, "what the code says is not what counts"))
    for text in (
        "已签署，等您确认",
        "二号车间疏散通道堆放原料",
        "《消防法》第十六条",
        "2026 年 11 月 27 日",
        record.hex(),
        "<svg",
    ):
        assert text in page.text
    assert "已用县里公布的密钥核对" in page.text
    assert "what the code says" not in page.text
    assert len(page.content) <= MOST_BYTES
    assert page.headers["referrer-policy"] == "no-referrer"


def test_confirmed_then_contested_then_nothing_more(
    town: County, phone: PhoneInHand, owner: Callable[..., httpx.Response]
) -> None:
    _, record = write_letter(town, phone)
    copy = Copy(Copied.LETTER, record, "")
    token = token_of(owner(copy))
    assert "已确认，并记入" in owner(token=token, answer="confirmed").text
    again = owner(token=token, answer="confirmed")
    assert again.status_code == 409
    assert "没有再记一次" in again.text
    assert owner(token=token, answer="contested", note=" ").status_code == 422
    too_long = owner(token=token, answer="contested", note="长" * 600 + "末句")
    assert too_long.status_code == 422
    assert "长" * 600 + "末句</textarea>" in too_long.text, "what was typed can be shortened"
    contested = owner(token=token, answer="contested", note=HOSTILE)
    assert "您提出了异议" in contested.text
    assert "<b onmouseover" not in contested.text
    for answer in ("confirmed", "contested"):
        assert owner(token=token, answer=answer, note="又").status_code == 409
    assert "/l/answer" not in owner(copy).text
    states = [one.letter_state for one in read_visit(town, VISIT).records if one.letter_state]
    assert states == ["letter_contested"]


def test_line_ends_count_as_the_page_counts_them(
    town: County, phone: PhoneInHand, owner: Callable[..., httpx.Response]
) -> None:
    _, record = write_letter(town, phone)
    token = token_of(owner(Copy(Copied.LETTER, record, "")))
    note = "\n".join(["长" * 49] * 10)  # 499 for the field, more as a browser sends them
    assert owner(token=token, answer="contested", note=note.replace("\n", "\r\n")).status_code == 200


def test_without_the_copy_nobody_answers(
    town: County, phone: PhoneInHand, owner: Callable[..., httpx.Response]
) -> None:
    _, record = write_letter(town, phone)
    for token in ("", "00", record.hex(), "zz", token_of(owner(Copy(Copied.LETTER, record, ""))) + "00"):
        assert owner(token=token, answer="confirmed").status_code in (409, 422)
    token = token_of(owner(Copy(Copied.LETTER, record, "")))
    assert owner(token=token, answer="burned").status_code == 422
    assert answer_letter(town, record, confirmed=True)


def test_the_time_to_answer_ends(town: County, phone: PhoneInHand, owner: Callable[..., httpx.Response]) -> None:
    _, record = write_letter(town, phone)
    token = token_of(owner(Copy(Copied.LETTER, record, "")))
    later(town, days=4)
    assert owner(token=token, answer="confirmed").status_code == 409
    page = owner(Copy(Copied.LETTER, record, ""))
    assert "答复期限已过（2026 年 11 月 6 日）" in page.text


def test_a_refused_letter_names_witness_and_reason(
    town: County, phone: PhoneInHand, owner: Callable[..., httpx.Response]
) -> None:
    opened = phone.write("visit_opened", at_gate(phone), visit=VISIT)
    noted = phone.write("finding_noted", finding(), visit=VISIT)
    body = LetterRefused(letter(finding=phone.prev, enterprise=USCC), HOSTILE, "王五", OFFICERS)
    refused = phone.write("letter_refused", body, visit=VISIT)
    send(town, opened, noted, refused)
    page = owner(Copy(Copied.LETTER, phone.prev or b"", ""))
    assert "现场拒绝签字，见证人 王五。" in page.text
    assert "没有签字，等您答复" in page.text
    assert "已签署" not in page.text, "nobody signed it"
    assert "<script>alert" not in page.text


def test_a_slip_shows_what_the_log_holds_of_the_advice(
    town: County, phone: PhoneInHand, owner: Callable[..., httpx.Response]
) -> None:
    opened = phone.write("visit_opened", at_gate(phone), visit=VISIT)
    opening = phone.prev or b""
    guided = phone.write("guidance_given", Guidance(f"配电箱前不堆物 {RARE}"), visit=VISIT)
    taught = phone.write("law_taught", LegalEducation("保障疏散通道畅通", "《消防法》第十六条"), visit=VISIT)
    send(town, opened, guided, taught)
    page = owner(Copy(Copied.GUIDANCE, opening, "other words"))
    assert "指导单" in page.text
    assert "㙍𠮷喆" in page.text
    assert "《消防法》第十六条" in page.text
    assert "other words" not in page.text
    proof = owner(Copy(Copied.VISIT, opening, ""))
    assert "现场检查笔录存证" in proof.text
    assert "配电箱" not in proof.text
