from __future__ import annotations

import asyncio
import logging

import pytest

from field_app.errors import DiskFullError, VoidGateError
from field_app.state.boundary import Boundary, Notice, act


class Desk:
    def __init__(self) -> None:
        self.told: list[Notice] = []
        self.boundary = Boundary(self.told.append)
        self.runs = 0

    @act
    async def fall(self, what: Exception) -> None:
        raise what

    @act
    async def work(self) -> int:
        self.runs += 1
        await asyncio.sleep(0.01)
        return self.runs


async def test_a_refusal_becomes_a_notice_with_its_code_and_details() -> None:
    desk = Desk()
    await desk.fall(VoidGateError("91350100M000100Y43", 2))
    assert desk.told == [Notice("void_gate", values={"enterprise": "91350100M000100Y43", "gate": 2})]


async def test_an_unexpected_exception_is_told_with_a_code_and_logged_without_its_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    desk = Desk()
    with caplog.at_level(logging.INFO):
        await desk.fall(ValueError("林一的诉求：用电"))
    assert desk.told[0].code == "error"
    assert "ValueError" in str(desk.told[0].values["code"])
    assert "林一" not in caplog.text
    assert "ValueError" in caplog.text


async def test_a_second_tap_while_the_first_runs_is_the_same_tap() -> None:
    desk = Desk()
    first, second = await asyncio.gather(desk.work(), desk.work())
    assert (first, second, desk.runs) == (1, None, 1)
    assert await desk.work() == 2


async def test_after_a_fall_the_same_act_runs_again() -> None:
    desk = Desk()
    await desk.fall(DiskFullError())
    await desk.fall(DiskFullError())
    assert [notice.code for notice in desk.told] == ["disk_full", "disk_full"]
