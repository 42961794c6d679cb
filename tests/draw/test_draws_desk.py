"""A draw from the desk to the file that anybody repeats."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from shared_models.acts import PersonRevoked
from shared_models.draw import Candidate, Pool
from shared_models.draw_file import verify_draw
from shared_models.errors import ZhuqiError
from sync_server.clock import milliseconds
from sync_server.county import County
from sync_server.draws.close_draw import close_draw
from sync_server.draws.open_draw import open_draw
from sync_server.draws.publish_draw import publish_draw
from sync_server.errors import WrongStateError
from sync_server.log.rebuild_views import rebuild_views
from sync_server.registry.judge import RefusedFieldsError
from sync_server.registry.revoke_person import revoke_person
from tests.pages.visitor import Visitor
from tests.registry_desk.conftest import bare, county, engine_url, office, visit
from tests.registry_desk.desk_hands import acts, send, size
from tests.server.towns import NOON, OTHER_USCC, THIRD_USCC, USCC, later, settle

__all__ = ["bare", "county", "engine_url", "office", "visit"]
ROOT = Path(__file__).resolve().parents[2]
DUE = NOON + timedelta(hours=9)
POOL = Pool(
    (Candidate(USCC), Candidate(OTHER_USCC, 3), Candidate(THIRD_USCC)),
    (Candidate("market1"), Candidate("market2"), Candidate("fire1")),
    (),
    2,
    2,
)
FORM = {
    "title": "11 月抽查",
    "department": "market",
    "enterprises": f"{USCC}\r\n{OTHER_USCC} 3\r\n{THIRD_USCC}，1",
    "officers": "",
    "interests": "",
    "take": "2",
    "officers_each": "2",
    "source": "双色球第 2026131 期，按公布次序",
    "due": "2026-11-03T21:30",
}


def opened(county: County, pool: Pool = POOL) -> str:
    return open_draw(county, "office", "抽查", "market", pool, "双色球", milliseconds(DUE))


def published(county: County) -> bytes:
    key = opened(county)
    later(county, hours=10)
    close_draw(county, "office", key, "03 11 19 22 27 31 + 08")
    return publish_draw(county, key)


def test_a_draw_is_repeated_from_its_published_parts_on_both_engines(bare: County) -> None:
    settle(bare)
    data = published(bare)
    found = verify_draw(data, bare.keys.root_public)
    assert found.pool.take == len(found.closed.drawn) == 2
    assert found.opened_at < milliseconds(DUE) <= found.closed_at
    assert not list(rebuild_views(bare).differences)


def test_one_changed_byte_fails(county: County) -> None:
    data = published(county)
    chance = random.Random(7)
    for place in (0, len(data) - 1, *chance.sample(range(len(data)), 400)):
        changed = bytearray(data)
        changed[place] ^= 1 << chance.randrange(8)
        with pytest.raises(ZhuqiError):
            verify_draw(bytes(changed))
    for odd in (
        data + b"\n",
        data[:-1],
        json.dumps(json.loads(data)).encode(),
        b"",
        b"[]",
        b"{}",
        b"null",
        b"[" * 9999,
    ):
        with pytest.raises(ZhuqiError):
            verify_draw(odd)


def test_another_countys_draw_is_not_ours(county: County) -> None:
    data = published(county)
    with pytest.raises(ZhuqiError):
        verify_draw(data, bytes(32))


def test_parts_of_two_draws_do_not_make_one(county: County) -> None:
    one, two = json.loads(published(county)), None
    later(county, hours=-10)
    two = json.loads(published(county))
    for part in ("opened", "closed", "pool"):
        mixed = {**one, part: two[part], "checkpoint": two["checkpoint"]}
        if mixed[part] == one[part]:
            continue
        with pytest.raises(ZhuqiError):
            verify_draw(json.dumps(mixed, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n")


def test_the_value_is_typed_in_once_and_not_before_it_is_due(county: County) -> None:
    key = opened(county)
    with pytest.raises(RefusedFieldsError) as early:
        close_draw(county, "office", key, "1")
    assert early.value.problems == {"value": "draw_too_early"}
    with pytest.raises(WrongStateError):
        publish_draw(county, key)
    later(county, hours=10)
    with pytest.raises(RefusedFieldsError):
        close_draw(county, "office", key, " \n")
    close_draw(county, "office", key, "1")
    with pytest.raises(WrongStateError):
        close_draw(county, "office", key, "2")


@pytest.mark.parametrize("hours", [-1, 0, 24 * 93])
def test_the_value_must_lie_ahead(county: County, hours: int) -> None:
    with pytest.raises(RefusedFieldsError) as refused:
        open_draw(county, "office", "抽查", "market", POOL, "双色球", milliseconds(NOON + timedelta(hours=hours)))
    assert "due" in refused.value.problems


def test_an_officer_whose_licence_was_revoked_is_not_put_into_a_pool(county: County) -> None:
    revoke_person(county, "office", "fire1", "x")
    assert isinstance(acts(county)[-1][1].act, PersonRevoked)
    with pytest.raises(RefusedFieldsError) as refused:
        opened(county)
    assert refused.value.problems == {"officers": "draw_no_officer"}


def test_the_desk_fixes_draws_and_hands_out_the_file(
    county: County, visit: Callable[[str], Visitor], tmp_path: Path
) -> None:
    clerk = visit("clerk")
    answer = send(clerk, "/draws/new", **FORM)
    assert answer.status_code == 303
    page = answer.headers["location"].partition("?")[0]
    assert "数值公布后，在这里填入" in clerk.get(page).text
    assert clerk.get(f"{page}/file").status_code == 404
    assert send(clerk, page, page="/draws/new", value="03 11").status_code == 422
    later(county, hours=10)
    clerk = visit("clerk")
    assert send(clerk, page, value="03 11").status_code == 303
    assert send(clerk, page, page="/draws/new", value="04 12").status_code == 303
    shown = clerk.get(page).text
    assert "03 11" in shown
    assert "企业" in shown
    file = tmp_path / "draw.json"
    file.write_bytes(clerk.get(f"{page}/file").content)
    command = [sys.executable, "-m", "sync_server", "draw", "verify", str(file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["value"], said["enterprises"], said["officers"]) == ("03 11", 3, 2)
    assert said["root"] == county.keys.root_public.hex()
    file.write_bytes(file.read_bytes().replace(b"root", b"r00t"))
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": ""}, "不能空着"),
        ({"source": ""}, "不能空着"),
        ({"department": "fire"}, "只能登记自己单位"),
        ({"enterprises": ""}, "至少一家"),
        ({"enterprises": f"{USCC}\n{USCC}"}, "每家只列一次"),
        ({"enterprises": f"{USCC} x"}, "后面可写权重"),
        ({"enterprises": "91440300708461136T"}, "名册里没有"),
        ({"officers": "market1 0\nmarket2"}, "权重 1–1000"),
        ({"officers": "nobody\nmarket2"}, "不在名册"),
        ({"interests": f"market1 {USCC}"}, "抽不满人数"),
        ({"interests": "market1"}, "每行应是：工号 信用代码"),
        ({"take": "4"}, "应为 1 到企业数之间"),
        ({"take": "many"}, "应为 1 到企业数之间"),
        ({"officers_each": "0"}, "应为 1–9"),
        ({"due": "2026-11-03T11:00"}, "应晚于现在"),
        ({"due": "tonight"}, "应是日期和时间"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    county: County, visit: Callable[[str], Visitor], change: dict[str, str], words: str
) -> None:
    before = size(county)
    answer = send(visit("clerk"), "/draws/new", **{**FORM, **change})
    assert answer.status_code == 422
    assert words in answer.text
    assert size(county) == before


def test_words_put_all_that_fit_into_the_pool(county: County, office: Visitor) -> None:
    answer = send(office, "/draws/new", **{**FORM, "words": "企业", "enterprises": USCC})
    assert answer.status_code == 303
    assert "企业 3 家，执法人员 2 人" in office.get(answer.headers["location"]).text


def test_supervisors_look_and_draw_nothing(county: County, visit: Callable[[str], Visitor]) -> None:
    key = opened(county)
    lin = visit("lin")
    assert lin.get(f"/draws/{key}").status_code == 200
    assert lin.get("/draws/new").status_code == 403
    for odd in ("nothing", "%00", "a" * 600):
        assert lin.get(f"/draws/{odd}").status_code == 404
