"""The page that an enterprise is given: without login, without script, and nothing typed is lost."""

from __future__ import annotations

import re

import pytest

from shared_models.offsite import Outcome, Said
from sync_server.county import County
from sync_server.offsite.register import CheckState
from tests.offsite.hands import answered, entry_of, photo, reviewed
from tests.offsite.owner import FULL, Owner, last


def test_the_page_says_who_asks_and_that_nobody_comes(owner: Owner) -> None:
    page = owner.get()
    assert page.status_code == 200
    for words in (
        "市场监管局",
        "用火用电自查",
        "不算入企检查",
        "2026 年 11 月 10 日",
        "FX3303262026-00001",
        "不需要法定代表人",
    ):
        assert words in page.text
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["cache-control"] == "no-store"


def test_it_is_filled_in_with_a_photo_sent_and_kept(here: County, check: str, owner: Owner) -> None:
    saved = owner.send("photo", files=[("photo.0", photo())], said_0="yes")
    assert (saved.status_code, saved.headers["location"]) == (303, f"{owner.path}#item-1")
    sent = owner.send("send", **FULL)
    assert (sent.status_code, sent.headers["location"]) == (303, owner.path)
    told = last(here, check)
    assert [one.said for one in told.answers] == [Said.YES, Said.NO, Said.NOT_APPLICABLE]
    assert (told.answers[1].note, told.name, told.role) == ("后门堆了纸箱", "陈师傅", "店长")
    shown = owner.get()
    assert "已送出，等执法单位答复" in shown.text
    picture = owner.get(f"/photos/{told.answers[0].photos[0].hex()}")
    assert picture.headers["content-type"] == "image/jpeg"


def test_what_is_missing_is_said_at_its_place_and_nothing_is_lost(owner: Owner) -> None:
    page = owner.send("send", said_1="no", note_1="后门堆了纸箱", note="备注")
    assert page.status_code == 422
    assert page.text.count("请选一个") == 2
    assert "请写姓名" in page.text
    for text in (page.text, owner.get().text):
        assert "后门堆了纸箱" in text
        assert 'name="said.1" value="no" checked' in text
    assert "这一项要有照片" in owner.send("send", said_0="yes").text


def test_five_thousand_characters_are_refused_with_their_number_and_kept(owner: Owner) -> None:
    page = owner.send("send", **{**FULL, "note_1": "长" * 5000, "note": "话" * 5000})
    assert page.status_code == 422
    assert "最多 300 字，现在 5000 字" in page.text
    assert "最多 1000 字，现在 5000 字" in page.text
    assert "长" * 5000 in owner.get().text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7 a contract", "不是能打开的照片"),
        (b"PK\x03\x04 a table", "不是能打开的照片"),
        (b"\xff\xd8\xff" + b"\x00" * (20 * 1024 * 1024), "一张最多 16 MB"),
        (b"", "文件是空的"),
    ],
)
def test_a_file_that_is_no_photo_takes_no_other_along(here: County, owner: Owner, data: bytes, words: str) -> None:
    page = owner.send("photo", files=[("photo.0", photo()), ("photo.0", data), ("photo.2", photo("#3c3"))], **FULL)
    assert page.status_code == 422
    assert words in page.text
    assert "1.jpg" in page.text
    kept = owner.get().text
    assert kept.count("<img src=") == 2
    assert "后门堆了纸箱" in kept


def test_a_form_too_large_to_read_says_so_and_what_was_saved_is_there(owner: Owner) -> None:
    owner.send("save", **FULL)
    page = owner.send("photo", files=[("photo.0", b"\xff\xd8\xff" + b"\x00" * (17 * 1024 * 1024))] * 3)
    assert page.status_code == 413
    assert "请分几次传" in page.text
    assert "后门堆了纸箱" in page.text


def test_text_that_is_no_utf8_is_refused_without_harm(owner: Owner) -> None:
    owner.send("save", **FULL)
    body = b'--x\r\nContent-Disposition: form-data; name="note"\r\n\r\n' + "已整改".encode("gbk") + b"\r\n--x--\r\n"
    headers = {"content-type": "multipart/form-data; boundary=x"}
    page = owner.client.post(owner.path, content=body, headers=headers)
    assert page.status_code == 422
    assert "后门堆了纸箱" in page.text


def test_a_fifth_photo_of_an_item_is_refused_and_one_may_be_taken_out(owner: Owner) -> None:
    shots = [("photo.0", photo(f"#{n}{n}{n}")) for n in range(1, 6)]
    page = owner.send("photo", files=shots)
    assert page.status_code == 422
    assert "照片已满" in page.text
    assert page.text.count("<img src=") == 4
    found = re.search(r'name="drop" value="([^"]+)"', page.text)
    assert found
    assert owner.send("save", drop=found[1].replace("_", ".")).status_code == 303
    assert owner.get().text.count("<img src=") == 3


def test_two_phones_at_one_list_lose_nothing(here: County, check: str, owner: Owner) -> None:
    first = second = owner.get()
    assert owner.send("photo", page=first, files=[("photo.0", photo())], **FULL).status_code == 303
    page = owner.send("photo", page=second, files=[("photo.0", photo("#3c3"))], said_1="yes", note_1="我看是好的")
    assert page.status_code == 409
    assert "另一部手机" in page.text
    assert "我看是好的" in page.text
    assert "后门堆了纸箱" in page.text
    assert page.text.count("<img src=") == 2
    assert owner.send("send", page=page, **FULL).status_code == 303
    assert len(last(here, check).answers[0].photos) == 2


def test_the_page_saves_by_itself_what_is_typed_and_the_second_phone_hears_of_it(owner: Owner) -> None:
    form = {**owner.form(owner.get()), "act": "save", "note.1": "自己存的"}
    files = [("none", ("", b"", "application/octet-stream"))]
    headers = {"x-zhuqi-autosave": "1"}
    saved = owner.client.post(owner.path, data=form, files=files, headers=headers)
    assert (saved.status_code, saved.json()) == (200, {"version": 1})
    assert "自己存的" in owner.get().text
    late = owner.client.post(owner.path, data={**form, "note.1": "另一部"}, files=files, headers=headers)
    assert (late.status_code, late.json()) == (409, {"word": "changed"})


def test_a_second_click_sends_nothing_twice(here: County, check: str, owner: Owner) -> None:
    owner.send("photo", files=[("photo.0", photo())])
    page = owner.get()
    for _ in range(2):
        sent = owner.send("send", page=page, **{**FULL, "note_1": " 后门堆了纸箱 "})
        assert (sent.status_code, sent.headers["location"]) == (303, owner.path)
    assert len(entry_of(here, check).answers) == 1


def test_who_is_late_with_another_answer_is_told_that_it_was_sent(here: County, check: str, owner: Owner) -> None:
    old = owner.get()
    answered(here, check)
    page = owner.send("send", page=old, **{**FULL, "note_1": "我写的"})
    assert page.status_code == 409
    assert "我写的" in page.text
    assert len(entry_of(here, check).answers) == 1
    owner.send("send", page=page, **{**FULL, "note_1": "我写的"})
    assert last(here, check).answers[1].note == "我写的"


def test_what_is_sent_may_be_changed_until_it_is_answered(here: County, check: str, owner: Owner) -> None:
    answered(here, check)
    edit = owner.get("?edit=1")
    assert "后门堆了纸箱" in edit.text
    assert owner.send("send", page=edit, **{**FULL, "note_1": "已清走"}).status_code == 303
    assert last(here, check).amends is not None
    old = owner.get("?edit=1")
    reviewed(here, check)
    page = owner.send("send", page=old, **{**FULL, "note_1": "又改"})
    assert page.status_code == 409
    assert "没有送出" in page.text
    assert "又改" in page.text
    assert entry_of(here, check).state is CheckState.IN_ORDER


def test_the_owner_sees_the_answer_and_sends_again_what_is_put_right(here: County, check: str, owner: Owner) -> None:
    answered(here, check)
    reviewed(here, check, Outcome.PUT_RIGHT)
    page = owner.get()
    assert "请清走后门的纸箱" in page.text
    assert "2026 年 11 月 17 日" in page.text
    assert owner.send("send", **{**FULL, "said_1": "yes", "note_1": "已清走"}).status_code == 303
    assert entry_of(here, check).state is CheckState.ANSWERED
    reviewed(here, check)
    done = owner.get()
    assert "没有问题，已办结" in done.text
    assert 'name="act"' not in done.text
    pdf = owner.get("/list.pdf")
    assert pdf.content.startswith(b"%PDF")
