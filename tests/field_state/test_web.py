from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from field_app.cockpit_routes import add_cockpit_routes
from field_app.errors import OfflineError
from field_app.web import Phones, build_app
from sync_server.enrolment.confirm_enrolment import confirm_enrolment
from sync_server.enrolment.issue_code import issue_code
from sync_server.enrolment.pending import waiting_enrolments
from tests.field_state.rig import PIN, code_picture
from tests.sync.county import OFFICE, make_county

LOCAL = "http://127.0.0.1:8550"


@asynccontextmanager
async def _served(tmp_path: Path, *, cockpit: bool = False) -> AsyncIterator[tuple[httpx.AsyncClient, Phones]]:
    (tmp_path / "assets").mkdir()
    phones = Phones(tmp_path / "data", "http://127.0.0.1:1", tmp_path / "assets", is_cockpit=cockpit)
    app = build_app(phones, add_cockpit_routes if cockpit else None)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=LOCAL) as client:
        yield client, phones
    await phones.close()


@pytest.mark.parametrize("path", ["/phone/0/", "/phone/100/", "/phone/x/", "/phone/01/", "/phone/１/", "/phone/-1/"])
async def test_what_is_no_phone_is_not_found(tmp_path: Path, path: str) -> None:
    async with _served(tmp_path) as (client, phones):
        assert (await client.get(path)).status_code == 404
        assert phones.hosts == {}


async def test_each_phone_has_a_page_and_a_folder_of_its_own(tmp_path: Path) -> None:
    async with _served(tmp_path) as (client, phones):
        assert (await client.get("/")).headers["location"] == "/phone/1/"
        assert (await client.get("/phone/2")).headers["location"] == "/phone/2/"
        page = await client.get("/phone/2/")
        assert page.status_code == 200
        assert '<base href="/phone/2/">' in page.text
        assert (await phones.host(1).phone()).place != (await phones.host(2).phone()).place
        assert (tmp_path / "data" / "phone-2" / "phone.sqlite").exists()


@pytest.mark.parametrize(
    "headers",
    [{"host": "evil.example"}, {"origin": "https://evil.example"}, {"origin": "null"}],
    ids=["another name", "another site", "a sandbox"],
)
async def test_another_sites_page_cannot_reach_a_phone(tmp_path: Path, headers: dict[str, str]) -> None:
    async with _served(tmp_path, cockpit=True) as (client, _):
        assert (await client.get("/cockpit/ready", headers=headers)).status_code == 404
        assert (await client.get("/cockpit/ready", headers={"origin": LOCAL})).json() == {"ready": True}


async def test_without_the_cockpit_there_are_no_hooks(tmp_path: Path) -> None:
    async with _served(tmp_path) as (client, _):
        assert (await client.get("/cockpit/ready")).status_code == 404
        assert (await client.post("/cockpit/phone/1/hold", content=b"x")).status_code == 404


async def test_what_is_held_is_before_the_camera_until_it_is_taken_away(tmp_path: Path) -> None:
    picture = code_picture("anything")
    async with _served(tmp_path, cockpit=True) as (client, phones):
        assert (await client.post("/cockpit/phone/1/hold", content=picture)).status_code == 204
        holder = phones.host(1).holder
        assert holder is not None
        assert holder.picture == picture
        assert (await client.get("/cockpit/phone/1")).json()["holding"] is True
        await client.delete("/cockpit/phone/1/hold")
        assert holder.picture is None
        assert (await client.post("/cockpit/phone/1/hold", content=b"")).json()["code"] == "bad_picture"


async def test_a_signal_that_is_off_lets_nothing_out(tmp_path: Path) -> None:
    async with _served(tmp_path, cockpit=True) as (client, phones):
        await client.put("/cockpit/phone/1/signal", json={"on": False})
        phone = await phones.host(1).phone()
        with pytest.raises(OfflineError):
            await phone.transport_to("").request("GET", "/health/live")
        assert (await client.get("/cockpit/phone/1")).json()["signal"] is False
        assert (await client.put("/cockpit/phone/1/signal", json={"on": "yes"})).status_code == 400


async def test_a_phone_is_set_up_without_typing_and_keeps_its_pin(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    async with _served(tmp_path, cockpit=True) as (client, phones):
        phone = await phones.host(1).phone()
        phone.transport_factory = lambda _host: county.wire()
        code = issue_code(county.county, OFFICE, "p1").text

        async def clerk() -> None:
            while not (waiting := waiting_enrolments(county.county)):  # noqa: ASYNC110 the server tells nobody
                await asyncio.sleep(0.05)
            confirm_enrolment(county.county, OFFICE, waiting[0].id, keep_others=True)

        answer, _ = await asyncio.gather(
            client.post("/cockpit/phone/1/setup", json={"code": code, "pin": PIN}, timeout=30), clerk()
        )
        assert answer.json()["enrolment"] == "enrolled"
        state = (await client.get("/cockpit/phone/1")).json()
        assert (state["enrolment"], state["has_pin"], state["officer"]) == ("enrolled", True, "林一")
        again = await client.post("/cockpit/phone/1/setup", json={"code": code, "pin": "000000"}, timeout=30)
        assert again.json()["enrolment"] == "enrolled"
        refused = await client.post("/cockpit/phone/1/setup", json={"code": code, "pin": "12"})
        assert refused.status_code == 400
    county.close()
