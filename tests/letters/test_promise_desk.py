from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest
from litestar.testing import TestClient

from shared_models.filing import Purpose
from sync_server.county import County
from sync_server.filings.drafts import filing_drafts
from sync_server.log.rebuild_views import rebuild_views
from tests.letters.promises import (
    copy_path,
    find_something,
    people_of,
    photo_hash,
    picture,
    promise,
    token_in,
)
from tests.pages.stories import HOSTILE, PASSWORD
from tests.pages.visitor import Visitor
from tests.server.lent_app import app_over
from tests.server.towns import USCC, PhoneInHand, enrolled, file, later, settled_town

Logged = Callable[[str], Visitor]


@pytest.fixture
def town(tmp_path: Path) -> Iterator[County]:
    county = settled_town(tmp_path / "data")
    file(county, days=(0, 30), planned_visits=9)
    people_of(county)
    yield county
    county.engine.dispose()


@pytest.fixture
def phone(town: County) -> PhoneInHand:
    return enrolled(town)


@pytest.fixture
def somebody(town: County) -> Iterator[Logged]:
    with ExitStack() as stack:
        app = stack.enter_context(app_over(town))

        def visitor(name: str = "") -> Visitor:
            made = Visitor(stack.enter_context(TestClient(app, base_url="http://127.0.0.1")))
            if name:
                assert made.log_in(name, PASSWORD).status_code == 303
            return made

        yield visitor


def act(visitor: Visitor, record: bytes, what: str, **form: object):  # type: ignore[no-untyped-def]
    path = f"/letters/{record.hex()}"
    return visitor.post(f"{path}/{what}", {"form_token": visitor.token_of("/account"), **form})  # type: ignore[arg-type]


def show(owner: Visitor, town: County, record: bytes, *photos: bytes, note: str = ""):  # type: ignore[no-untyped-def]
    token = token_in(owner.get(copy_path(town, record)))
    files = [("photo", (f"{n}.jpg", data, "image/jpeg")) for n, data in enumerate(photos)]
    return owner.client.post("/l/shown", data={"token": token, "note": note}, files=files)


def test_a_letter_is_kept_by_photos_without_a_visit(town: County, phone: PhoneInHand, somebody: Logged) -> None:
    before = picture()
    record = promise(town, phone, photo=before, due=date(2026, 11, 10))
    owner, clerk = somebody(), somebody("clerk")
    assert "整改好了？拍照交上来" in owner.get(copy_path(town, record)).text
    sent = show(owner, town, record, picture("#2b8a3e"), picture("#1a4b86"), note=f"已清理 {HOSTILE}")
    assert sent.status_code == 200
    assert "照片已交" in sent.text
    assert "已收到您的 2 张照片" in sent.text
    listed = clerk.get("/letters?stage=shown").text
    assert "已交照片，待看" in listed
    page = clerk.get(f"/letters/{record.hex()}")
    assert photo_hash(before).hex() in page.text
    assert "<script>alert" not in page.text
    pictures = {part.partition('"')[0] for part in page.text.split(f"/letters/{record.hex()}/photos/")[1:]}
    assert len(pictures) == 3
    for one in pictures:
        assert clerk.get(f"/letters/{record.hex()}/photos/{one}").headers["content-type"] == "image/jpeg"
    assert act(clerk, record, "answer", act="kept").status_code == 303
    assert "已兑现" in clerk.get("/letters?stage=kept").text
    assert "没有待办的" in clerk.get("/letters").text
    assert "整改到位，事情已了结" in owner.get(copy_path(town, record)).text
    assert "/l/shown" not in owner.get(copy_path(town, record)).text
    assert rebuild_views(town).differences == {}


def test_not_yet_gives_a_new_day_and_photos_may_come_again(town: County, phone: PhoneInHand, somebody: Logged) -> None:
    record = promise(town, phone, due=date(2026, 11, 6))
    owner, clerk = somebody(), somebody("clerk")
    assert act(clerk, record, "answer", act="not_yet", comment="x").status_code == 409
    show(owner, town, record, picture())
    assert act(clerk, record, "answer", act="not_yet").status_code == 422
    for day in ("2026-11-02", "2027-02-01", "soon"):
        wrong = act(clerk, record, "answer", act="not_yet", comment="角落还堆着", due=day)
        assert wrong.status_code == 422
        assert "角落还堆着" in wrong.text
    answered = act(clerk, record, "answer", act="not_yet", comment="角落还堆着", due="2026-11-12")
    assert answered.status_code == 303
    copy = owner.get(copy_path(town, record)).text
    assert "角落还堆着" in copy
    assert "新的期限 2026 年 11 月 12 日" in copy
    assert show(owner, town, record, picture("#000000")).status_code == 200
    assert act(clerk, record, "answer", act="kept").status_code == 303


def test_look_on_site_prepares_a_recheck_that_names_the_letter(
    town: County, phone: PhoneInHand, somebody: Logged
) -> None:
    record = promise(town, phone)
    clerk = somebody("clerk")
    answered = act(clerk, record, "answer", act="on_site", comment="照片看不清")
    assert answered.headers["location"].startswith("/filings/drafts/")
    (draft,) = filing_drafts.list_open(town, {"market"})
    typed = draft.typed
    assert (typed.purpose, typed.officers) == (Purpose.RECHECK.value, ("market1", "market2"))
    assert [row.uscc for row in typed.rows] == [USCC]
    assert "CN20261124-0001" in typed.why_not_off_site
    assert (typed.first, typed.last) == ("2026-11-04", "2026-11-08"), "not into the protected week"
    assert clerk.get(answered.headers["location"]).status_code == 200
    assert "待现场复查" in clerk.get("/letters?stage=shown").text


def test_a_finding_without_a_letter_stands_there_with_its_due_day(
    town: County, phone: PhoneInHand, somebody: Logged
) -> None:
    record = find_something(town, phone)
    clerk = somebody("clerk")
    page = clerk.get("/letters").text
    assert "发现的问题" in page
    assert "期限 2026-11-18" in page
    assert act(clerk, record, "answer", act="kept").status_code == 422, "no photo, so it must be said"
    later(town, days=16)
    assert clerk.log_in("clerk", PASSWORD).status_code == 303
    assert "已逾期" in clerk.get("/letters?stage=overdue").text
    assert f"/cases/new/{record.hex()}" in clerk.get(f"/letters/{record.hex()}").text
    assert act(clerk, record, "answer", act="kept", comment="复查时看到已改好").status_code == 303
    assert rebuild_views(town).differences == {}


def test_another_department_neither_sees_nor_answers_and_the_office_only_reads(
    town: County, phone: PhoneInHand, somebody: Logged
) -> None:
    record = promise(town, phone, photo=picture())
    fire, office, clerk = somebody("firehead"), somebody("office"), somebody("clerk")
    assert "没有待办的" in fire.get("/letters").text
    path = f"/letters/{record.hex()}"
    for address in (path, f"{path}/photos/{photo_hash(picture()).hex()}"):
        assert fire.get(address).status_code == 404
    assert act(fire, record, "answer", act="kept", comment="x").status_code == 404
    assert act(fire, record, "break", reason="x").status_code == 404
    assert "整改到位了吗" not in office.get(path).text
    assert act(office, record, "answer", act="kept", comment="x").status_code == 403
    assert act(clerk, record, "break", reason="x").status_code == 403
    assert clerk.get(f"{path}/photos/{'0' * 64}").status_code == 404
    for odd in ("zz", "0" * 64, record.hex().upper()):
        assert clerk.get(f"/letters/{odd}").status_code == 404


@pytest.mark.parametrize(
    "query", ["stage=never", "kind=x", "from=2026-99-01", "after=1", "after=2026-11-01.zz", "order=up"]
)
def test_an_address_that_no_form_of_ours_makes_is_refused(town: County, somebody: Logged, query: str) -> None:
    assert somebody("clerk").get(f"/letters?{query}").status_code == 400


def test_what_is_no_photo_or_no_copy_is_refused(town: County, phone: PhoneInHand, somebody: Logged) -> None:
    record = promise(town, phone)
    owner = somebody()
    assert show(owner, town, record).status_code == 422
    assert "不是照片" in show(owner, town, record, b"GIF89a not a photo").text
    assert show(owner, town, record, *[picture()] * 7).status_code == 422
    assert "最多 500 字" in show(owner, town, record, picture(), note="长" * 501).text
    for token in ("", "00", record.hex()):
        answer = owner.client.post("/l/shown", data={"token": token}, files={"photo": ("1.jpg", picture())})
        assert answer.status_code == 422
    for n in range(10):
        assert show(owner, town, record, picture(f"#0000{n:02}")).status_code == 200
    assert show(owner, town, record, picture()).status_code in (409, 422, 429)
