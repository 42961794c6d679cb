"""The same claims over WebCrypto, origin-private files, fetch and JavaScript decoders, in a real Chromium."""

from __future__ import annotations

import pytest

from tests.ports import contract_devices, contract_storage
from tests.ports.conftest import Worker

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("claim", [one.__name__ for one in (*contract_storage.CLAIMS, *contract_devices.CLAIMS)])
def test_the_browsers_home(claim: str, lasting_worker: Worker) -> None:
    lasting_worker.call("tests.ports.browser_home:run_claim", claim)
