"""What the modules of figures are given: sizes, a folder, one event loop, and the counties that several of them ask."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from benchmarks.county import Town, build_town
from benchmarks.phones import enrolled_phone
from benchmarks.serving import Served, served
from benchmarks.wire import Wire, counted
from field_app.phone import Phone
from field_app.sync.run_sync import run_sync

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Side:
    """A county of one size: its server, and a phone that holds its data, over a wire that counts."""

    town: Town
    server: Served
    wire: Wire
    phone: Phone


@dataclass
class Bench:
    quick: bool
    folder: Path
    stack: ExitStack = field(default_factory=ExitStack)

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(work)

    @cached_property
    def two_sizes(self) -> tuple[Side, Side]:
        """A small county and a large one, each with one filing for ten enterprises; both stay up to the end."""
        small, large = (500, 5_000) if self.quick else (1_000, 100_000)
        return self._side("small", small), self._side("large", large)

    def _side(self, name: str, enterprises: int) -> Side:
        town = build_town(self.folder / name, enterprises=enterprises, filings=enterprises // 10)
        server = self.stack.enter_context(served(town))
        wire = self.stack.enter_context(self.wire_to(server))
        phone = self.run(enrolled_phone(self.folder / f"{name}-phone", town, wire.url, town.people[0].id))
        self.stack.callback(lambda: self.run(phone.close()))
        report = self.run(run_sync(phone))
        if report.errors:
            raise RuntimeError(report.errors)
        return Side(town, server, wire, phone)

    @contextmanager
    def wire_to(self, server: Served) -> Iterator[Wire]:
        context = counted(server.url)
        yield self.run(context.__aenter__())
        self.run(context.__aexit__(None, None, None))

    @cached_property
    def _runner(self) -> asyncio.Runner:
        return self.stack.enter_context(asyncio.Runner())
