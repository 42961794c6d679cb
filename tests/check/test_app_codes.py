"""Codes of the app under another scanner: a page that says where they belong, and keeps their secret."""

from __future__ import annotations

import pytest

from tests.check.door import open_door

SECRET = "000G-40R4-6HTG-Z65X"


@pytest.mark.parametrize("path", [f"/n/{SECRET}", f"/n/{SECRET.replace('-', '')}", "/s/987654321", "/c/987654321"])
def test_a_code_of_the_app_leads_somewhere_useful(tmp_path, path):
    with open_door(tmp_path).client() as client:
        page = client.get(path, headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "请打开助企码应用" in page.text
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["cache-control"] == "no-store"
    assert path.rpartition("/")[2] not in page.text


def test_in_english_too(tmp_path):
    with open_door(tmp_path).client() as client:
        client.get("/language/en")
        assert "Open the Zhuqi app" in client.get(f"/n/{SECRET}").text
