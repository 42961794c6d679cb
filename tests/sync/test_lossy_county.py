"""Two phones and a county over the worst network, killed anywhere and restored from backups.

Whatever happens, every record that a phone holds ends in the log exactly once, with a receipt, and the views made
again from the log are those that were there.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import random
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from field_app.enrolment.state import EnrolmentState, read_enrolment, require_trust
from field_app.phone import Phone
from field_app.ports import Reply
from field_app.simulate.faults import NETWORK_FAULTS, FaultyTransport
from field_app.storage.records import Kept, all_records, receipt_of
from field_app.sync.county_answers import open_county_checkpoint
from field_app.sync.run_sync import run_sync
from field_app.sync.status import sync_status
from field_app.visits.close_visit import close_visit
from field_app.visits.read_visit import visit_in_progress
from field_app.visits.write_in_visit import add_photo, teach_law, write_guidance
from shared_models.log import verify_receipt
from sync_server.log.rebuild_views import rebuild_views
from sync_server.log.writing import reading
from sync_server.storage.tables import log_entries
from tests.sync.county import (
    BAKERY,
    MILL,
    Wire,
    enrol,
    file_inspection,
    make_county,
    open_at,
    reopened,
    service_visit,
)

_MAX_RUNS = 12


class Killed(BaseException):
    """The process is gone: nothing after this line ran."""


@dataclass
class Owner:
    """One phone as a person owns it: its folder, its backup, and the app that may be running."""

    folder: Path
    wire: Wire
    phone: Phone
    backup: Path | None = None
    receipted: dict[bytes, int] = field(default_factory=dict)
    was_restored: bool = False


@functools.cache
def template() -> Path:
    """A county with two enrolled phones, made once and copied for every example."""
    folder = Path(tempfile.mkdtemp(prefix="zhuqi-lossy-"))

    async def make() -> None:
        county = make_county(folder / "county")
        file_inspection(county.county, MILL)
        for name, officer in (("phone-1", "p1"), ("phone-2", "p2")):
            phone = await open_at(folder / name, county.wire(), county.clock)
            await enrol(county, phone, officer)
            await phone.close()
        county.close()

    asyncio.run(make())
    return folder


class LossyCounty(RuleBasedStateMachine):
    @initialize()
    def start(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="zhuqi-example-"))
        shutil.copytree(template(), self.folder, dirs_exist_ok=True)
        self.runner = asyncio.Runner()
        self.county = reopened(self.folder / "county")
        self.owners = [self.run(self._own(self.folder / f"phone-{n}")) for n in (1, 2)]
        self.late: list[FaultyTransport] = []

    def run(self, coroutine: Any) -> Any:
        return self.runner.run(coroutine)

    async def _own(self, folder: Path) -> Owner:
        wire = self.county.wire()
        return Owner(folder, wire, await open_at(folder, wire, self.county.clock))

    @rule(who=st.integers(0, 1), what=st.sampled_from(["visit", "guidance", "photo", "close"]), n=st.integers(0, 9))
    def write(self, who: int, what: str, n: int) -> None:
        self.run(self._write(self.owners[who].phone, what, n))

    async def _write(self, phone: Phone, what: str, n: int) -> None:
        open_now = await visit_in_progress(phone)
        visit = await service_visit(phone, (MILL, BAKERY)[n % 2]) if open_now is None else open_now.visit
        if what == "guidance":
            await write_guidance(phone, visit, f"第{n}条")
        elif what == "photo":
            await add_photo(phone, visit, b"\xff\xd8" + bytes([n]) * 50, width=n, height=n)
        elif what == "close":
            await teach_law(phone, visit, "安全生产法")
            await close_visit(phone, visit)

    @rule(who=st.integers(0, 1), seed=st.integers(0, 2**32), rate=st.sampled_from([0.2, 0.5, 0.9]))
    def sync_over_a_bad_network(self, who: int, seed: int, rate: float) -> None:
        owner = self.owners[who]
        faulty = FaultyTransport(self.county.wire(), random.Random(seed), NETWORK_FAULTS, rate)

        async def fault(_wire: Wire, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
            return await faulty.request(method, path, body, headers)

        owner.wire.fault = fault
        self.run(run_sync(owner.phone))
        owner.wire.fault = None
        self.late.append(faulty)

    @rule(who=st.integers(0, 1))
    def sync(self, who: int) -> None:
        self.run(run_sync(self.owners[who].phone))

    @rule(who=st.integers(0, 1), after=st.integers(0, 6), delivered=st.booleans())
    def die_in_the_middle_of_a_sync(self, who: int, after: int, delivered: bool) -> None:
        owner, left = self.owners[who], after

        async def fault(wire: Wire, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
            nonlocal left
            left -= 1
            if left >= 0:
                return await wire.deliver(method, path, body, headers)
            if delivered:
                await wire.deliver(method, path, body, headers)
            raise Killed

        owner.wire.fault = fault
        self.run(self._until_killed(owner.phone))
        self._restart(owner)

    async def _until_killed(self, phone: Phone) -> None:
        with contextlib.suppress(Killed):
            await run_sync(phone)

    @rule()
    def what_was_held_up_arrives(self) -> None:
        late, self.late = self.late, []
        for faulty in late:
            self.run(faulty.deliver_held())

    @rule(who=st.integers(0, 1))
    def back_up(self, who: int) -> None:
        owner = self.owners[who]
        self.run(owner.phone.close())
        owner.backup = owner.folder.with_name(f"{owner.folder.name}-backup")
        shutil.rmtree(owner.backup, ignore_errors=True)
        shutil.copytree(owner.folder, owner.backup)
        owner.phone = self.run(open_at(owner.folder, owner.wire, self.county.clock))

    @precondition(lambda self: any(owner.backup for owner in self.owners))
    @rule(who=st.integers(0, 1))
    def restore(self, who: int) -> None:
        owner = next(one for one in (self.owners[who], *self.owners) if one.backup)
        self.run(owner.phone.close())
        shutil.rmtree(owner.folder)
        assert owner.backup is not None
        shutil.copytree(owner.backup, owner.folder)
        owner.was_restored = True
        owner.receipted = {}
        owner.phone = self.run(open_at(owner.folder, owner.wire, self.county.clock))

    @rule(uscc=st.sampled_from([MILL, BAKERY]))
    def the_county_goes_on(self, uscc: str) -> None:
        file_inspection(self.county.county, uscc)

    @invariant()
    def a_receipt_is_for_ever(self) -> None:
        for owner in getattr(self, "owners", []):
            now = {kept.id: kept.receipt_index for kept in self._kept(owner)}
            for record, index in owner.receipted.items():
                assert now[record] == index
            owner.receipted = {record: index for record, index in now.items() if index is not None}

    def teardown(self) -> None:
        if not hasattr(self, "owners"):
            return  # it never began
        try:
            self._everything_comes_to_rest()
        finally:
            for owner in self.owners:
                self.run(owner.phone.close())
            self.county.close()
            self.runner.close()
            shutil.rmtree(self.folder)

    def _everything_comes_to_rest(self) -> None:
        self.what_was_held_up_arrives()
        for owner in self.owners:
            self._sync_until_complete(owner)
        logged = self._logged()
        for owner in self.owners:
            phone = owner.phone
            assert self.run(phone.database.read(read_enrolment)).state is EnrolmentState.ENROLLED
            for kept in self._kept(owner):
                assert logged.count(kept.id) == 1
                self._check_receipt(phone, kept)
                assert kept.code is None or (owner.was_restored and kept.code in ("chain_fork", "visit_exists"))
        result = rebuild_views(self.county.county)
        assert result.differences == {}

    def _sync_until_complete(self, owner: Owner) -> None:
        owner.wire.fault = None
        for _ in range(_MAX_RUNS):
            report = self.run(run_sync(owner.phone, again=True))
            if report.is_complete and self.run(sync_status(owner.phone)).is_complete:
                return
        raise AssertionError(report)

    def _logged(self) -> list[bytes]:
        with reading(self.county.county) as connection:
            return list(connection.execute(select(log_entries.c.record_id)).scalars())

    def _kept(self, owner: Owner) -> tuple[Kept, ...]:
        return owner.phone.database.read_now(lambda rows: tuple(all_records(rows)))

    def _check_receipt(self, phone: Phone, kept: Kept) -> None:
        found = phone.database.read_now(lambda rows: receipt_of(rows, kept.id))
        trust = phone.database.read_now(require_trust)
        assert found is not None
        receipt, text = found
        verify_receipt(receipt, kept.id, open_county_checkpoint(trust, text))

    def _restart(self, owner: Owner) -> None:
        """What was not committed is gone; the folder is all that is left."""
        owner.wire.fault = None
        self.run(owner.phone.close())
        owner.phone = self.run(open_at(owner.folder, owner.wire, self.county.clock))


TestLossyCounty = LossyCounty.TestCase
TestLossyCounty.settings = settings(
    max_examples=max(8, settings().max_examples // 4),
    stateful_step_count=14,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
