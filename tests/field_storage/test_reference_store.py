"""The county's data on the phone are what the pages said, whole states only, whatever came in between."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from field_app.device.aes_gcm import AesGcm
from field_app.device.entropy import random_bytes
from field_app.device.folder import connect
from field_app.storage.database import Database
from field_app.storage.reference import (
    clear_staged,
    held,
    items_about,
    items_of,
    read_item,
    search_names,
    stage,
    switch,
)
from field_app.storage.sealing import Sealer
from shared_models.county import TaughtCode, VisitCount
from shared_models.enterprise import Enterprise, EnterpriseStatus
from shared_models.filing import FilingLine, FilingState, Purpose
from shared_models.people import Person
from shared_models.record import Seen
from shared_models.shape import to_plain

USCCS = ("91350100M000100Y43", "914403001922038216", "91110108551385082Q")


def enterprise(n: int) -> tuple[str, str, Any]:
    uscc = USCCS[n % 3]
    return "enterprise", uscc, Enterprise(uscc, EnterpriseStatus.ACTIVE, f"第{n}厂")


def line(n: int) -> tuple[str, str, Any]:
    uscc = USCCS[n % 3]
    key = f"{n % 4:016x}/{uscc}"
    window = (date(2026, 11, 1), date(2026, 11, 1 + n))
    officers = ("me",) if n % 2 else ("p2",)
    body = FilingLine(
        key[:16], f"F{n}", ("market",), Purpose.INSPECTION, uscc, window, FilingState.ACCEPTED, officers=officers
    )
    return "line", key, body


def other(n: int) -> tuple[str, str, Any]:
    if n % 3 == 0:
        return "person", f"p{n}", Person(f"p{n}", "market", name=f"人{n}")
    if n % 3 == 1:
        return "code", f"https://gsxt.example/{n}", TaughtCode(USCCS[n % 3])
    return "count", f"{USCCS[n % 2]}/2026/market", VisitCount(USCCS[n % 2], 2026, "market", n)


items = st.integers(0, 9).flatmap(lambda n: st.sampled_from([enterprise(n), line(n), other(n)]))
changes = st.tuples(items, st.booleans()).map(lambda pair: (*pair[0][:2], None if pair[1] else pair[0][2]))
pages = st.lists(changes, max_size=12)
steps = st.lists(st.tuples(pages, st.sampled_from(["switch", "snapshot", "killed"])), max_size=6)


@contextmanager
def database() -> Iterator[Database]:
    with tempfile.TemporaryDirectory() as folder:
        opened = Database(connect(Path(folder) / "phone.sqlite"), Sealer(AesGcm(b"k" * 32), b"i" * 32, random_bytes))
        try:
            yield opened
        finally:
            opened.close()


def put_aside(opened: Database, page: list[tuple[str, str, Any]]) -> None:
    plain = [(kind, key, None if body is None else to_plain(body)) for kind, key, body in page]
    opened.write_now(lambda rows: stage(rows, "me", plain))


@given(steps)
def test_only_whole_states_are_ever_seen(steps: list[tuple[list[tuple[str, str, Any]], str]]) -> None:
    model: dict[tuple[str, str], Any] = {}
    size = 0
    with database() as opened:
        for page, how in steps:
            put_aside(opened, page)
            if how == "killed":
                check(opened, model, size)
                opened.write_now(clear_staged)
                continue
            size += 1
            seen = Seen(size, bytes([size]) * 32, size)
            is_snapshot = how == "snapshot"
            opened.write_now(lambda rows, seen=seen, snap=is_snapshot: switch(rows, seen, is_snapshot=snap))
            model = {} if is_snapshot else model
            for kind, key, body in page:
                model[kind, key] = body
            model = {name: body for name, body in model.items() if body is not None}
            check(opened, model, size)


def check(opened: Database, model: dict[tuple[str, str], Any], size: int) -> None:
    seen = opened.read_now(held)
    assert (0 if seen is None else seen.size) == size
    for n in range(10):
        for kind, key, _ in (enterprise(n), line(n), other(n)):
            assert opened.read_now(lambda rows, k=kind, i=key: read_item(rows, k, i)) == model.get((kind, key))
    for uscc in USCCS:
        lines = {body for (kind, _), body in model.items() if kind == "line" and body.enterprise == uscc}
        assert set(opened.read_now(lambda rows, u=uscc: items_about(rows, "line", u))) == lines
    mine = {body for (kind, _), body in model.items() if kind == "line" and "me" in body.officers}
    assert set(opened.read_now(lambda rows: items_of(rows, "line", own=True))) == mine


def test_what_a_newer_county_says_is_kept_as_far_as_it_can_be_read() -> None:
    p2 = {"id": "p2", "department": "market"}
    items = [("weather", "today", {"rain": True}), ("person", "p1", {"id": "p1"}), ("person", "p2", {**p2, "hat": 7})]
    with database() as opened:
        opened.write_now(lambda rows: stage(rows, "me", [("person", "p1", {**p2, "id": "p1"})]))
        opened.write_now(lambda rows: switch(rows, Seen(1, b"r" * 32, 1), is_snapshot=True))
        opened.write_now(lambda rows: stage(rows, "me", items))
        opened.write_now(lambda rows: switch(rows, Seen(2, b"r" * 32, 2), is_snapshot=False))
        assert opened.read_now(lambda rows: items_of(rows, "person")) == (Person("p2", "market"),)


@pytest.mark.parametrize("words", ["", "   ", "%", "_", "' OR 1=1 --"])
def test_a_search_takes_any_text_and_finds_nothing_by_it(words: str) -> None:
    with database() as opened:
        put_aside(opened, [enterprise(1)])
        opened.write_now(lambda rows: switch(rows, Seen(1, b"r" * 32, 1), is_snapshot=True))
        assert opened.read_now(lambda rows: search_names(rows, words, 20)) == ()
        assert len(opened.read_now(lambda rows: search_names(rows, "厂 第１", 20))) == 1
