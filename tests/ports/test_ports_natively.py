from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.ports import contract_devices, contract_storage
from tests.ports.homes import Home
from tests.ports.native_home import NativeHome
from tests.ports.serving import ContractServer


@pytest.mark.parametrize(
    "claim", [*contract_storage.CLAIMS, *contract_devices.CLAIMS], ids=lambda claim: claim.__name__
)
async def test_the_native_home(
    claim: Callable[[Home], Awaitable[None]], tmp_path: Path, answers: ContractServer
) -> None:
    await claim(NativeHome(tmp_path / "phone", answers.address))


@pytest.mark.parametrize("claim", contract_storage.CLAIMS, ids=lambda claim: claim.__name__)
async def test_the_native_home_with_one_connection(
    claim: Callable[[Home], Awaitable[None]], tmp_path: Path, answers: ContractServer
) -> None:
    home = NativeHome(tmp_path / "phone", answers.address)
    home.has_one_connection = True
    await claim(home)
