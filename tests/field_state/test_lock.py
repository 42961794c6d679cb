from __future__ import annotations

from pathlib import Path

from field_app.state.app import Phase
from field_app.state.pin import FREE_TRIES
from tests.field_state.rig import PIN, Rig, a_rig

WRONG = "111111"


async def _try(rig: Rig, pin: str) -> None:
    rig.field.lock.type(pin)
    await rig.field.lock.enter()


async def test_an_enrolled_phone_starts_locked(tmp_path: Path) -> None:
    async with a_rig(tmp_path, unlocked=False) as rig:
        assert rig.field.app.phase is Phase.LOCKED


async def test_a_wrong_pin_is_told_and_the_digits_are_gone(tmp_path: Path) -> None:
    async with a_rig(tmp_path, unlocked=False) as rig:
        await _try(rig, WRONG)
        assert rig.field.app.phase is Phase.LOCKED
        assert rig.field.app.notice is not None
        assert rig.field.app.notice.code == "pin_wrong"
        assert rig.field.lock.digits == ""


async def test_after_five_wrong_ones_even_the_right_pin_has_to_wait_also_after_a_restart(tmp_path: Path) -> None:
    async with a_rig(tmp_path, unlocked=False) as rig:
        for _ in range(FREE_TRIES):
            await _try(rig, WRONG)
        await _try(rig, PIN)
        assert rig.field.app.notice is not None
        assert rig.field.app.notice.code == "pin_wait"
        await rig.restart()
        await _try(rig, PIN)
        assert rig.field.app.phase is Phase.LOCKED
        rig.later(seconds=31)
        await _try(rig, PIN)
        assert rig.field.app.phase is Phase.OPEN


async def test_a_shift_of_twelve_hours_is_unlocked_once(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        rig.later(hours=11, minutes=59)
        rig.field.lock.check_shift()
        assert rig.field.app.phase is Phase.OPEN
        rig.later(minutes=2)
        rig.field.lock.check_shift()
        assert rig.field.app.phase is Phase.LOCKED


async def test_a_clock_that_went_back_locks(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        rig.later(hours=-1)
        rig.field.lock.check_shift()
        assert rig.field.app.phase is Phase.LOCKED


async def test_signing_soon_after_the_pin_asks_nothing(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        done = []
        rig.later(minutes=9)

        async def sign() -> None:
            done.append("signed")

        await rig.field.lock.before_signing(sign)
        assert done == ["signed"]


async def test_signing_later_asks_for_the_pin_and_goes_on_by_itself(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        done = []
        rig.later(minutes=11)

        async def sign() -> None:
            done.append("signed")

        await rig.field.lock.before_signing(sign)
        assert (done, rig.field.app.phase) == ([], Phase.LOCKED)
        await _try(rig, PIN)
        assert (done, rig.field.app.phase) == (["signed"], Phase.OPEN)


async def test_not_signing_leads_back_without_a_pin(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        done = []
        rig.later(minutes=11)

        async def sign() -> None:
            done.append("signed")

        await rig.field.lock.before_signing(sign)
        await rig.field.lock.not_now()
        assert (done, rig.field.app.phase) == ([], Phase.OPEN)
        await rig.field.lock.lock()
        await _try(rig, PIN)
        assert done == []


async def test_only_digits_and_no_more_than_six_are_taken(tmp_path: Path) -> None:
    async with a_rig(tmp_path, unlocked=False) as rig:
        rig.field.lock.type("1a２3 45678")
        assert rig.field.lock.digits == "134567"
