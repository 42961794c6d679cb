"""The copy's page and the approver's: no axe finding, nothing over the edge, small, and whole inside WeChat."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from shared_models.copy_code import Copied, Copy, copy_text
from shared_models.facts import ExceptionClaim
from shared_models.visit import Guidance
from sync_server.accounts.account import Role
from sync_server.accounts.add_account import add_account
from sync_server.app import app_of
from sync_server.county import County
from sync_server.supervision.read_visit import read_visit
from tests.browser import context_of
from tests.check.serving import Served, free_port
from tests.core.test_letter import RARE
from tests.e2e.measured import axe_findings, runs_over
from tests.e2e.test_check import LIKE_WECHAT
from tests.e2e.test_check_pages_look import loaded_bytes
from tests.letters.hands import VISIT, write_letter
from tests.pages.stories import HOSTILE, LONG, PASSWORD
from tests.server.towns import at_gate, enrolled, fetch, file, open_town, send, settle

pytestmark = pytest.mark.browser
MOST_BYTES = 100_000


@pytest.fixture
def town(tmp_path: Path) -> Iterator[County]:
    made = open_town(tmp_path)
    county = replace(made, settings=replace(made.settings, secure_cookies=False))
    settle(county)
    file(county)
    add_account(county, "chief", PASSWORD, Role.APPROVER, "批准人", person="culture1")
    yield county
    county.engine.dispose()


@pytest.fixture
def served(town: County) -> Iterator[Served]:
    with Served(app_of(town), free_port()) as running:
        yield running


def path_of(town: County, copy: Copy) -> str:
    return copy_text(town.settings.public_host, copy).partition(town.settings.public_host)[2]


def addresses(town: County) -> dict[str, str]:
    phone = enrolled(town)
    fetch(town, phone)
    opening, letter = write_letter(town, phone)
    claim = ExceptionClaim("emergency", HOSTILE, LONG, "culture1")
    claimed = at_gate(phone, claim=claim)
    advice = phone.write("guidance_given", Guidance(f"{LONG}{RARE}"), visit=VISIT)
    send(town, advice, phone.write("visit_opened", claimed, visit=b"claimed-visit-01"))
    return {
        "letter": path_of(town, Copy(Copied.LETTER, letter, "")),
        "slip": path_of(town, Copy(Copied.GUIDANCE, opening, "")),
        "visit": path_of(town, Copy(Copied.VISIT, opening, "")),
        "not arrived": path_of(town, Copy(Copied.LETTER, b"n" * 32, f"承诺书 {HOSTILE}")),
        "torn": "/l/12345",
    }


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_page_has_an_axe_finding_or_runs_over_the_edge(town, served, browser: Browser, language):
    paths = addresses(town)
    with context_of(browser, viewport={"width": 360, "height": 740}) as (context, _):
        page = context.new_page()
        page.goto(f"{served.url}/login")
        page.locator("[name=account]").fill("chief")
        page.locator("[name=password]").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.goto(f"{served.url}/language/{language}")
        for name, path in {**paths, "approver": "/exceptions"}.items():
            page.goto(served.url + path)
            assert axe_findings(page) == [], name
            assert runs_over(page) == [], name


def test_the_pages_are_under_100_kilobytes(town, served, browser: Browser):
    for name, path in addresses(town).items():
        with context_of(browser, service_workers="block") as (context, _):
            size = loaded_bytes(context.new_page(), served.url + path)
        assert size <= MOST_BYTES, (name, size)


def test_inside_wechat_a_letter_is_confirmed_and_then_contested(town, served, browser: Browser):
    path = addresses(town)["letter"]
    with context_of(browser) as (context, _):
        context.add_init_script(LIKE_WECHAT)
        page = context.new_page()
        page.goto(served.url + path)
        page.get_by_role("button", name="属实，确认").click()
        expect(page.get_by_text("您已确认")).to_be_visible()
        page.get_by_role("textbox", name="哪里不对").fill("期限太短")
        page.get_by_role("button", name="提出异议").click()
        expect(page.get_by_text("您提出了异议").first).to_be_visible()
    answers = [one.body.confirmed for one in read_visit(town, VISIT).records if one.kind == "letter_answered"]
    assert answers == [True, False]
