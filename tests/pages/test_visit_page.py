"""The page of one visit: what happened, who was there, and in which words."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable

import pytest
from sqlalchemy import Engine, event

from shared_models.record import open_record, record_id
from sync_server.county import County
from tests.pages.stories import HOSTILE, LONG, Story
from tests.pages.visitor import Visitor


def text_of(page: str) -> str:
    """What a person reads, blanks folded."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


@pytest.fixture
def sound(supervisor: Visitor, story: Story) -> str:
    return text_of(supervisor.get(f"/visits/{story.sound}").text)


@pytest.fixture
def stormy(supervisor: Visitor, story: Story) -> str:
    return text_of(supervisor.get(f"/visits/{story.stormy}").text)


def test_the_timeline_tells_the_visit_in_its_order(sound: str) -> None:
    story = sound[sound.index("经过") :]
    steps = [
        "入企 2026-11-03 12:00:00",
        "到场 2026-11-03 12:05:00",
        "现场指导",
        "普法",
        "照片",
        "企业诉求",
        "结束",
        "补正",
    ]
    places = [story.index(step) for step in steps]
    assert places == sorted(places)
    assert "补正第 1 条" in story
    assert "企业负责人在场" in story


def test_each_record_names_its_number_and_the_provable_time(sound: str) -> None:
    assert "手机记录第 1 条 · 可证明在 2026-11-03 12:00:00 至 2026-11-03 12:55:00 之间" in sound
    assert "可证明在 2026-11-03 13:35:00 之前" in sound  # the second phone had seen no checkpoint
    assert "手机时间在可证明的时段之外" not in sound


def test_people_are_shown_with_what_is_known_of_their_presence(supervisor: Visitor, story: Story, sound: str) -> None:
    assert re.search(r"market1 记录人 市场监管局", sound)
    assert re.search(r"market2 到场 市场监管局", sound)
    service = text_of(supervisor.get(f"/visits/{story.service}").text)
    assert re.search(r"王协会 列名 市场监管局 · 行业协会 无执法证 · 现场填写,不在名册".replace(",", "，"), service)
    assert 'src="/portraits/market1"' in supervisor.get(f"/visits/{story.sound}").text


def test_a_late_entry_and_its_ground_are_said(supervisor: Visitor, story: Story) -> None:
    service = text_of(supervisor.get(f"/visits/{story.service}").text)
    assert "事后补录" in service
    assert "手机没电,回所后补录" in service
    assert "受邀 · 企业1 办公室 · 2026-11-03" in service
    assert "调研或服务" in service


def test_the_verdict_stands_in_words_with_clauses(stormy: str) -> None:
    verdict = stormy[stormy.index("核验结论") : stormy.index("再次核验")]
    assert "准予先行、事后备案" in stormy
    assert "当天是执法助企服务周的保护日 因例外放行 实施方案三.1" in verdict
    assert "应于 2026-11-11 前补办备案" in verdict
    assert "突发事件" in stormy
    assert "已声明" in stormy


def test_records_that_are_not_accepted_are_shown_with_why(stormy: str) -> None:
    assert "来自更新版本的应用 2026-11-09 09:37:00 待核" in stormy
    assert "记录内容不合格式" in stormy
    assert "缺第 16 条" in stormy
    assert "drone" not in stormy


def test_the_second_decisions_are_explained_in_a_sentence_each(sound: str) -> None:
    assert "服务器用手机当时的数据重新核验，结论一致。" in sound
    assert "按收到时县里掌握的数据，结论也一样。" in sound
    assert "结论不取决于手机时间" in sound


def test_every_proof_is_green_with_what_was_checked(sound: str) -> None:
    assert "9 条记录全部通过核对：签名、前后相接、存证证明、检查点。" in sound
    assert "✕" not in sound
    assert "不通过" not in sound


def test_user_texts_are_texts(supervisor: Visitor, story: Story) -> None:
    page = supervisor.get(f"/visits/{story.stormy}").text
    assert "<script" not in page
    assert "onmouseover=&#34;x&#34;" in page
    assert html.escape(HOSTILE, quote=False).replace('"', "&#34;") in page
    assert LONG in page
    assert "{{ 7*7 }}" in page


def test_a_photo_comes_only_with_its_visit_and_as_a_picture(
    supervisor: Visitor, visitor: Callable[[], Visitor], story: Story
) -> None:
    path = f"/visits/{story.sound}/photos/{story.photo.hex()}"
    photo = supervisor.get(path)
    assert photo.headers["content-type"] == "image/jpeg"
    assert photo.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in photo.headers["content-security-policy"]
    assert photo.content[:3] == b"\xff\xd8\xff"
    assert supervisor.get(f"/visits/{story.stormy}/photos/{story.photo.hex()}").status_code == 404
    assert visitor().get(path).status_code == 303
    assert supervisor.get("/portraits/market1").headers["content-type"] == "image/jpeg"
    assert supervisor.get("/portraits/market2").status_code == 404
    assert supervisor.get("/portraits/nobody%00").status_code == 404


def test_a_photo_that_has_not_arrived_is_waited_for(sound: str) -> None:
    assert "照片还没有上传" in sound


def test_the_raw_record_is_the_bytes_that_the_phone_signed(supervisor: Visitor, story: Story) -> None:
    raw = supervisor.get(f"/visits/{story.sound}/records/{story.opening.hex()}/cbor")
    assert record_id(raw.content) == story.opening
    assert open_record(raw.content, story.phone.public_key).kind == "visit_opened"
    assert raw.headers["content-disposition"].startswith("attachment")
    plain = json.loads(supervisor.get(f"/visits/{story.sound}/records/{story.opening.hex()}/json").text)
    assert plain["id"] == story.opening.hex()
    assert plain["record"]["body"]["verdict"]["verdict"] == "allow"
    assert plain["log"]["status"] == "accepted"


@pytest.mark.parametrize("visit", ["0" * 32, "x", "0" * 31, "A" * 32, "%00", "..%2f..", "0" * 32 + "/records/00/cbor"])
def test_what_is_not_there_is_not_found(supervisor: Visitor, visit: str) -> None:
    assert supervisor.get(f"/visits/{visit}").status_code == 404


def test_a_visit_page_takes_few_queries(supervisor: Visitor, county: County, story: Story) -> None:
    counted: list[str] = []

    def count(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        counted.append(statement)

    engine: Engine = county.engine
    event.listen(engine, "before_cursor_execute", count)
    try:
        for path, most in ((f"/visits/{story.sound}", 13), ("/visits", 6)):
            counted.clear()
            assert supervisor.get(path).status_code == 200
            queries = [one for one in counted if one.lstrip().startswith("SELECT")]
            assert len(queries) <= most, "\n".join(queries)
    finally:
        event.remove(engine, "before_cursor_execute", count)


def test_english_is_whole_too(supervisor: Visitor, story: Story) -> None:
    assert supervisor.get("/language/en?back=/visits").headers["location"] == "/visits"
    page = supervisor.get(f"/visits/{story.stormy}").text
    assert '<html lang="en">' in page
    without_data = re.sub(r'<(title|bdi|p class="user"|dd class="user")>.*?</', "</", page, flags=re.DOTALL)
    chinese = re.findall(r"[\u4e00-\u9fff]+", text_of(without_data))
    assert set(chinese) <= {"平阳县", "中文"}, chinese
