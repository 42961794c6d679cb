"""Tables that are none, and tables that name what is none of their business."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from shared_models.enterprise import Enterprise
from shared_models.people import Person
from sync_server.county import County
from tests.admin.test_admin import DEPARTMENTS, ENTERPRISES, PEOPLE, Console, county, current, write, zhuqi
from tests.pages.stories import picture
from tests.server.towns import USCC

__all__ = ["county", "write", "zhuqi"]

BAD_TABLES = [
    ("departments", 'id,name\nmarket,"open\n'),
    ("departments", "id\n" + "x" * 200_000 + "\n"),
    ("departments", "id,name,evil\nmarket,a,b\n"),
    ("departments", "id,name\nmarket\n"),
    ("enterprises", f"uscc,name,gates\n{USCC},x,{'9' * 5000}=a\n"),
    ("enterprises", f"uscc,name,gates\n{USCC},x,1=a;1=b\n"),
    ("enterprises", f"uscc,name,gates\n{USCC},x,0=a\n"),
]


@pytest.mark.parametrize(("what", "table"), BAD_TABLES, ids=range(len(BAD_TABLES)))
def test_a_table_that_is_none_is_refused_in_words(
    zhuqi: Console, write: Callable[[str, object], str], what: str, table: str
) -> None:
    result = zhuqi(what, "import", write("odd.csv", table))
    assert result.exit_code in (1, 2)
    assert isinstance(result.exception, SystemExit)
    assert "Error" in result.output


@pytest.mark.parametrize("portrait", ["/etc/passwd", "data/keys/service.key", "../p1.jpg", "p.csv", ".", "nobody.jpg"])
def test_no_file_but_a_picture_beside_the_table_becomes_a_portrait(
    county: County, zhuqi: Console, write: Callable[[str, object], str], tmp_path: Path, portrait: str
) -> None:
    (tmp_path.parent / "p1.jpg").write_bytes(picture())
    zhuqi.done("departments", "import", write("d.csv", DEPARTMENTS))
    result = zhuqi("people", "import", write("p.csv", f"id,name,department,portrait\np1,x,market,{portrait}\n"))
    assert result.exit_code == 2
    assert "portrait" in result.output
    assert not any(path.is_file() for path in county.settings.blob_dir.rglob("*"))


def test_a_table_that_comes_again_gives_back_no_revoked_licence_and_opens_no_void_gate(
    county: County, zhuqi: Console, write: Callable[[str, object], str]
) -> None:
    write("p1.jpg", picture())
    tables = {"departments": DEPARTMENTS, "people": PEOPLE, "enterprises": ENTERPRISES}
    for what, table in tables.items():
        zhuqi.done(what, "import", write(f"{what}.csv", table))
    portrait = current(county, "person", "p1", Person).portrait
    zhuqi.done("people", "revoke", "p1", "--reason", "吊销")
    zhuqi.done("gates", "void", USCC, "1")
    without_pictures = PEOPLE.replace("p1.jpg", "")
    for what, table in {**tables, "people": without_pictures}.items():
        zhuqi.done(what, "import", write(f"{what}.csv", table))
    person = current(county, "person", "p1", Person)
    assert (person.revoked, person.portrait) == (True, portrait)
    assert [gate.void for gate in current(county, "enterprise", USCC, Enterprise).gates] == [True, False]
    zhuqi.done("people", "import", write("people.csv", without_pictures.replace("浙C330326001", "浙C330326009")))
    assert not current(county, "person", "p1", Person).revoked, "a new number is a new licence"
