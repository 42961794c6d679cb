"""Builders: a filed check, an answer with photos, the department's word."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from PIL import Image

from shared_models.offsite import (
    ItemAnswer,
    ListItem,
    OffsiteAnswered,
    OffsiteCheckFiled,
    OffsiteReviewed,
    Outcome,
    Said,
)
from sync_server.county import County
from sync_server.offsite.answer_list import answer_list
from sync_server.offsite.file_check import file_check
from sync_server.offsite.register import OffsiteEntry, find_check
from sync_server.offsite.review_answer import review_answer
from sync_server.portal.keep_public_photo import keep_public_photo
from sync_server.storage.engine import reading
from tests.server.towns import TODAY, USCC

ITEMS = (
    ListItem("灭火器在有效期内，压力表指针在绿区", "《消防法》第十六条", wants_photo=True),
    ListItem("安全出口没有上锁、没有堆放东西"),
    ListItem("有易燃气体的，装了报警器"),
)


def photo(color: str = "#c33", size: tuple[int, int] = (320, 240)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, color).save(out, "JPEG")
    return out.getvalue()


def form(**more: Any) -> OffsiteCheckFiled:
    made = OffsiteCheckFiled(
        number="",
        department="market",
        officers=("market1", "market2"),
        enterprise=USCC,
        title="用火用电自查",
        items=ITEMS,
        due=TODAY + timedelta(days=7),
        approved_by="局长",
        approved_at=1,
    )
    return replace(made, **more)


def filed(county: County, **more: Any) -> str:
    return file_check(county, "clerk", form(**more))


def entry_of(county: County, check: str) -> OffsiteEntry:
    with reading(county.engine) as connection:
        return find_check(connection, check)


def answer(county: County, check: str, **more: Any) -> OffsiteAnswered:
    kept = keep_public_photo(county, photo())
    answers = (ItemAnswer(Said.YES, "", (kept,)), ItemAnswer(Said.NO, "后门堆了纸箱"), ItemAnswer(Said.NOT_APPLICABLE))
    return replace(OffsiteAnswered(check, answers, "陈师傅", "店长"), **more)


def answered(county: County, check: str, **more: Any) -> bytes:
    """The record's id."""
    entry = entry_of(county, check)
    made = answer_list(county, answer(county, check, **more), seen=len(entry.answers) + len(entry.reviews))
    assert made is not None
    return made.record_id


def review(county: County, check: str, outcome: Outcome = Outcome.IN_ORDER, **more: Any) -> OffsiteReviewed:
    entry = entry_of(county, check)
    last = entry.answers[-1].record if entry.answers else b""
    text = "" if outcome is Outcome.IN_ORDER else "请清走后门的纸箱"
    by: date | None = TODAY + timedelta(days=14) if outcome is Outcome.PUT_RIGHT else None
    return replace(OffsiteReviewed(check, last, outcome, "market1", text, by), **more)


def reviewed(county: County, check: str, outcome: Outcome = Outcome.IN_ORDER, **more: Any) -> bytes:
    return review_answer(county, "clerk", review(county, check, outcome, **more)).record_id
