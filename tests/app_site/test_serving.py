"""The server's side of `/app/`: names with a hash kept for good, the page asked for again, a policy without eval."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import brotli
import pytest
from litestar.testing import TestClient

from field_app.app_site.site import Site, write_site
from shared_models.errors import BadlyFormedError
from sync_server.app import app_of
from sync_server.app_files.accepted import best_encoding
from sync_server.app_files.read_site import read_site
from sync_server.county import County
from tests.app_site.test_site import FILES
from tests.server.towns import open_town

BOTH = ("br", "gzip")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("site")
    return write_site(FILES, "0.1.0", folder / "app", folder / "packed")


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    opened = open_town(tmp_path_factory.mktemp("town"))
    yield opened
    opened.engine.dispose()


def client_of(county: County, app_dir: Path | None, **settings: str) -> TestClient:  # type: ignore[type-arg]
    changed = replace(county, settings=replace(county.settings, app_dir=app_dir, **settings))
    return TestClient(app_of(changed), base_url="http://127.0.0.1")


@pytest.fixture(scope="module")
def client(county: County, site: Site) -> Iterator[TestClient]:  # type: ignore[type-arg]
    with client_of(county, site.folder) as opened:
        yield opened


def test_a_file_by_its_hash_is_kept_for_good_and_comes_packed_as_asked(client, site: Site) -> None:
    (file,) = [one for one in site.files if one.path == "main.dart.wasm"]
    for accepted, encoding in (
        ("br, gzip", "br"),
        ("gzip", "gzip"),
        ("identity", None),
        ("br;q=0, gzip;q=0.5", "gzip"),
    ):
        with client.stream("GET", f"/app/files/{file.name}", headers={"Accept-Encoding": accepted}) as answer:
            raw = b"".join(answer.iter_raw())
        assert answer.headers.get("content-encoding") == encoding
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["content-type"] == "application/wasm"
        assert answer.headers["vary"] == "Accept-Encoding"
        if encoding == "br":
            assert brotli.decompress(raw) == FILES["main.dart.wasm"]


def test_what_has_a_fixed_name_is_asked_for_again_and_not_sent_twice(client, site: Site) -> None:
    for path in ("/app/", "/app/main.dart.wasm", "/app/sw.js"):
        first = client.get(path)
        assert (first.status_code, first.headers["cache-control"]) == (200, "no-cache")
        again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
    assert client.get("/app/sw.js").headers["etag"] == f'"{site.build}"'


def test_every_answer_carries_the_policy_and_only_there_wasm_is_compiled(client) -> None:
    for path in ("/app/", "/app/sw.js", "/app/shell/worker.mjs"):
        said = client.get(path).headers["content-security-policy"]
        assert "script-src 'self' 'wasm-unsafe-eval';" in said
        assert said.endswith("frame-ancestors 'none'")
        assert "'unsafe-eval'" not in said
    assert "wasm" not in client.get("/").headers["content-security-policy"]
    assert client.get("/app/").headers["permissions-policy"] == "camera=(self), geolocation=(self), microphone=()"


def test_only_a_named_site_may_frame_the_app(county: County, site: Site) -> None:
    with client_of(county, site.folder, frame_ancestors="'self' http://127.0.0.1:1") as framed:
        answer = framed.get("/app/")
    assert answer.headers["content-security-policy"].endswith("frame-ancestors 'self' http://127.0.0.1:1")
    assert "x-frame-options" not in answer.headers


def test_any_address_inside_the_app_is_the_app_and_no_file_outside_the_list_is_served(client, site: Site) -> None:
    page = client.get("/app/").text
    assert client.get("/app/some/where").text == page
    (site.folder / "files" / "secret.txt").write_text("secret")
    for path in ("/app/files/secret.txt", "/app/files/..%2fapp.json", "/app/app.json", "/app/nothing.js"):
        assert client.get(path).status_code == 404, path


def test_the_address_without_its_slash_leads_to_the_one_with_it(client) -> None:
    answer = client.get("/app", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/app/")


def test_where_no_app_is_built_a_page_says_how(county: County) -> None:
    with client_of(county, None) as bare:
        answer = bare.get("/app/", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "make app" in answer.text
    assert "手机应用还没有放到这台服务器上" in answer.text
    assert "wasm" not in answer.headers["content-security-policy"]


@pytest.mark.parametrize("text", ["", "{}", '{"format": 2}', '{"format": 1, "files": [{"path": "a"}]}', "[1]"])
def test_a_folder_that_is_no_built_app_is_refused_at_the_start(tmp_path: Path, text: str) -> None:
    (tmp_path / "app.json").write_text(text)
    with pytest.raises(BadlyFormedError, match="ZHUQI_APP_DIR"):
        read_site(tmp_path)


def test_names_that_lead_out_of_the_folder_are_refused(tmp_path: Path) -> None:
    row = '{"path": "a", "name": "../a", "type": "t", "encodings": {}}'
    (tmp_path / "app.json").write_text(f'{{"format": 1, "build": "b", "policy": "p", "files": [{row}]}}')
    with pytest.raises(BadlyFormedError):
        read_site(tmp_path)


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("", ""),
        ("*", "br"),
        ("*;q=0", ""),
        ("br;q=0", ""),
        ("br;q=x, gzip", "gzip"),
        ("BR", "br"),
    ],
)
def test_the_encoding_is_the_first_that_the_browser_takes(header: str, chosen: str) -> None:
    assert best_encoding(header, BOTH) == chosen
