"""The pages of registry, draws and accounts in a real browser: nothing clipped, nothing hard to read; no script."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
import uvicorn
from playwright.sync_api import Browser, Page

from shared_models.sync import EnrolmentRequest
from sync_server.accounts.account import Role
from sync_server.accounts.add_account import add_account
from sync_server.app import app_of
from sync_server.county import County
from sync_server.draws.close_draw import close_draw
from sync_server.enrolment.issue_code import issue_code
from sync_server.enrolment.request_enrolment import request_enrolment
from sync_server.registry.sheets.imports import prepare_import
from tests.browser import context_of
from tests.draw.test_draws_desk import opened
from tests.e2e.measured import faults_in_every_look
from tests.registry_desk.tables import HEADERS, rows, workbook
from tests.server.towns import NOON, USCC, clock_of, enrolled, later, new_phone, open_town, settle

pytestmark = pytest.mark.browser
PASSWORD = "plum rain over Aojiang"
OFFICE = (
    "/registry",
    "/registry/departments",
    "/registry/departments/market",
    "/registry/people",
    "/registry/people/market1",
    "/registry/new-person",
    "/registry/phones",
    "/registry/enterprises",
    f"/registry/enterprises/{USCC}",
    "/registry/new-enterprise",
    "/registry/sheets",
    "/draws",
    "/draws/new",
    "/account",
)
ROOT = ("/accounts", "/accounts/invite", "/accounts/office")


@dataclass
class Served:
    address: str
    more: tuple[str, ...]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    county = open_town(tmp_path_factory.mktemp("registry"))
    county = replace(county, settings=replace(county.settings, secure_cookies=False))
    more = fill(county)
    server = uvicorn.Server(uvicorn.Config(app_of(county), port=0, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield Served(f"http://127.0.0.1:{port}", more)
    server.should_exit = True
    thread.join()


def fill(county: County) -> tuple[str, ...]:
    """One of everything: a phone that waits, a file with wrong rows, a draw that is done and one that is open."""
    settle(county)
    for name, role in (("office", Role.COUNTY_OFFICE), ("root", Role.ADMINISTRATOR)):
        add_account(county, name, PASSWORD, role)
    enrolled(county, "fire1")
    table = [list(row) for row in rows(9)]
    table[3][0], table[5][1] = "x" * 18, ""
    key = prepare_import(county, "office", "enterprises", "企业名单.xlsx", workbook([HEADERS, *table]))
    done = opened(county)
    later(county, hours=10)
    close_draw(county, "office", done, "03 11 19 22 27 31 + 08")
    clock_of(county).instant = NOON
    phone = new_phone("market1")
    secret = issue_code(county, "office", "market1").secret
    request_enrolment(county, EnrolmentRequest(secret, phone.public_key, "software", phone.sign(secret)))
    return f"/registry/imports/{key}", f"/draws/{done}", f"/draws/{opened(county)}"


def log_in(page: Page, address: str, name: str, language: str) -> None:
    page.goto(f"{address}/login")
    page.locator("[name=account]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main button").click()
    page.goto(f"{address}/language/{language}")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_page_clips_a_text_or_is_hard_to_read(browser: Browser, served: Served, language: str) -> None:
    found = set()
    for name, paths in (("office", (*OFFICE, *served.more)), ("root", ROOT)):
        with context_of(browser, permissions=[]) as (context, _):
            page = context.new_page()
            log_in(page, served.address, name, language)
            for path in paths:
                answer = page.goto(served.address + path)
                assert answer is not None
                assert answer.status == 200, path
                found |= {f"{path}: {problem}" for problem in faults_in_every_look(page)}
            if name == "office":
                page.goto(f"{served.address}/registry/new-person")
                page.locator("[name=licence]").fill("fire-1")
                page.locator("main form button").first.click()
                assert page.locator(".wrong").count() >= 3
                assert page.locator("[name=licence]").input_value() == "fire-1"
                found |= {f"refused: {problem}" for problem in faults_in_every_look(page)}
    assert found == set()


def test_a_phones_code_is_issued_without_a_script(browser: Browser, served: Served) -> None:
    with context_of(browser, java_script_enabled=False, permissions=[]) as (context, _):
        page = context.new_page()
        log_in(page, served.address, "office", "zh")
        page.goto(f"{served.address}/registry/people/market2")
        page.get_by_role("button", name="发放登记码").click()
        assert page.locator("svg.code").is_visible()
        assert len(page.locator(".typed-code").inner_text()) == 19
