"""The script in the owner's browser and the server judge alike: in a real Chromium, on every vector and forgery."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from shared_models import codes, suite
from shared_models.errors import ZhuqiError
from sync_server.check.check_files import load_check_files
from tests.check import forgeries
from tests.check.door import open_door
from tests.check.forgeries import Forgery
from tests.check.serving import Served, free_port

VECTORS = Path(os.environ.get("ZHUQI_VECTORS") or Path(__file__).parents[3] / "shared" / "vectors")

pytestmark = pytest.mark.browser

JUDGE = """async ([folder, cases]) => {
  const { verifyText } = await import(`${folder}/codes.js`);
  const { fromHex } = await import(`${folder}/ed25519.js`);
  const answers = [];
  for (const { text, trust, now } of cases) {
    const held = { ...trust, root: fromHex(trust.root), revoked: new Set(trust.revoked) };
    answers.push(await verifyText(text, held, now));
  }
  return answers;
}"""
VERIFY = """async ([folder, cases]) => {
  const { verify, fromHex } = await import(`${folder}/ed25519.js`);
  const answers = [];
  for (const { key, message, signature } of cases) {
    answers.push(await verify(fromHex(key), fromHex(message), fromHex(signature)).then(() => true, (error) => {
      if (!error.status) throw error;
      return false;
    }));
  }
  return answers;
}"""


@pytest.fixture(scope="module")
def served(tmp_path_factory) -> Iterator[Served]:
    door = open_door(tmp_path_factory.mktemp("agree"))
    with Served(door.county.app, free_port()) as running:
        yield running


@pytest.fixture
def page(served: Served, phone_context: BrowserContext) -> Page:
    opened = phone_context.new_page()
    opened.goto(f"{served.url}/check/offline")
    return opened


def by_script(page: Page, cases: list[Forgery]) -> list[dict[str, Any]]:
    plain = [
        {
            "text": case.text,
            "now": case.now.timestamp() * 1000,
            "trust": {
                "root": case.trust.root.hex(),
                "host": case.trust.host,
                "revoked": sorted(case.trust.revoked),
                "issuedAt": case.trust.issued_at.timestamp() * 1000,
            },
        }
        for case in cases
    ]
    folder = load_check_files().path("codes.js").rpartition("/")[0]
    answers: list[dict[str, Any]] = page.evaluate(JUDGE, [folder, plain])
    return answers


def by_server(case: Forgery) -> dict[str, Any]:
    kind = codes.kind_of_text(case.text)
    try:
        verified = codes.verify_text(case.text, case.trust, case.now)
    except ZhuqiError as err:
        return {"status": codes.status_of(err), "kind": kind, "claims": None}
    return {"status": "valid", "kind": verified.kind, "claims": json.loads(json.dumps(verified.claims))}


def test_each_forgery_gets_its_own_status_from_both(page):
    cases = list(forgeries.named())
    answers = by_script(page, cases)
    for case, answer in zip(cases, answers, strict=True):
        assert by_server(case) == answer, case.name
        assert answer["status"] == case.status, case.name
    assert {case.status for case in cases} == set(codes.STATUSES)


def test_both_agree_on_hundreds_of_flipped_cut_and_aged_passes(page):
    cases = [*forgeries.bit_flipped(400), *forgeries.cut_and_joined(300), *forgeries.aged(200)]
    answers = by_script(page, cases)
    for case, answer in zip(cases, answers, strict=True):
        assert by_server(case) == answer, case.name
    assert {answer["status"] for answer in answers} >= {
        *("valid", "badly_formed", "unknown_key", "signature_mismatch", "unsupported", "expired", "not_yet"),
    }


@pytest.mark.vectors
@pytest.mark.skipif(not VECTORS.is_dir(), reason="the public test vectors are not here (ZHUQI_VECTORS)")
def test_both_accept_the_same_of_the_914_edge_cases(page):
    vectors = json.loads((VECTORS / "ed25519" / "ed25519vectors.json").read_text("utf-8"))
    assert len(vectors) == 914
    cases = [{"key": v["key"], "signature": v["sig"], "message": v["msg"].encode().hex()} for v in vectors]
    folder = load_check_files().path("codes.js").rpartition("/")[0]
    answers = page.evaluate(VERIFY, [folder, cases])
    for vector, case, answer in zip(vectors, cases, answers, strict=True):
        assert _accepts(case) is answer, vector["number"]
    assert 0 < sum(answers) < 914


def _accepts(case: dict[str, str]) -> bool:
    key, message, signature = (bytes.fromhex(case[name]) for name in ("key", "message", "signature"))
    try:
        suite.verify(key, message, signature)
    except ZhuqiError:
        return False
    return True
