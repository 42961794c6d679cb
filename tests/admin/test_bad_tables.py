"""Tables that are none, and tables that name what is none of their business."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sync_server.county import County
from tests.admin.test_admin import DEPARTMENTS, Console, county, write, zhuqi
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
