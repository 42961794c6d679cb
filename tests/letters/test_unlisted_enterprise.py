"""A finding at an enterprise that the registry does not hold, entered on an exception (rules 4, row 1)."""

from __future__ import annotations

import re
from pathlib import Path

from litestar.testing import TestClient

from sync_server.app import app_of
from tests.letters.promises import find_something, people_of
from tests.pages.stories import PASSWORD
from tests.pages.visitor import Visitor
from tests.server.towns import enrolled, settled_town

UNLISTED = "91110108551385082Q"


def test_its_page_offers_no_register_that_is_not_there(tmp_path: Path) -> None:
    town = settled_town(tmp_path / "data")
    people_of(town)
    found = find_something(town, enrolled(town), enterprise=UNLISTED)
    with TestClient(app_of(town), base_url="http://127.0.0.1") as client:
        visitor = Visitor(client)
        assert visitor.log_in("clerk", PASSWORD).status_code == 303
        page = visitor.get(f"/letters/{found.hex()}")
        assert page.status_code == 200
        assert UNLISTED in page.text
        for address in set(re.findall(r'href="(/[^"#]*)"', page.text)):
            assert visitor.get(address.replace("&amp;", "&")).status_code in (200, 303), address
    town.engine.dispose()
