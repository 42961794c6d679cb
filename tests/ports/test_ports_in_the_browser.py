"""The same claims over WebCrypto, origin-private files, fetch and JavaScript decoders, in a real Chromium."""

from __future__ import annotations

import pytest

from tests.ports import contract_devices, contract_storage
from tests.ports.worker import Worker

pytestmark = pytest.mark.browser
CLAIMS = [one.__name__ for one in (*contract_storage.CLAIMS, *contract_devices.CLAIMS)]


@pytest.mark.parametrize("claim", CLAIMS)
def test_the_browsers_home(claim: str, lasting_worker: Worker) -> None:
    lasting_worker.call("tests.ports.browser_home:run_claim", claim)


def test_the_browsers_home_needs_no_stack_switching(worker: Worker) -> None:
    """Safari and Firefox have none: nothing may wait inside a synchronous call."""
    assert worker.call("tests.ports.in_browser:can_wait_inside")
    worker.start(without="jspi")
    assert not worker.call("tests.ports.in_browser:can_wait_inside")
    assert worker.call("tests.ports.browser_home:run_all") == len(CLAIMS)


@pytest.mark.parametrize(
    ("lack", "code"), [("ed25519", "no_keystore"), ("databases", "no_keystore"), ("files", "storage_broken")]
)
def test_a_browser_that_cannot_keep_a_phone_is_told_what_it_lacks(lack: str, code: str, idle_worker: Worker) -> None:
    idle_worker.start(without=lack)
    assert idle_worker.call("tests.ports.in_browser:open_phone") == code
