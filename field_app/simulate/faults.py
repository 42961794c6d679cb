"""A transport that behaves like the worst network there is, the same from the same seed."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from field_app.errors import OfflineError
from field_app.ports import Reply, Transport
from shared_models.errors import ZhuqiError

NETWORK_FAULTS = ("drop", "dup", "reorder", "cut")
KILL = "kill"
FAULTS = (*NETWORK_FAULTS, KILL)


@dataclass(frozen=True, slots=True)
class _Held:
    method: str
    path: str
    body: bytes
    headers: Mapping[str, str]


@dataclass(slots=True)
class FaultyTransport:
    """Each request meets one of the faults with the probability `rate`; `met` counts them."""

    inner: Transport
    random: random.Random
    faults: tuple[str, ...] = NETWORK_FAULTS
    rate: float = 0.3
    met: Counter[str] = field(default_factory=Counter)
    _held: list[_Held] = field(default_factory=list)

    async def request(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Reply:
        asked = _Held(method, path, body, headers or {})
        fault = self.random.choice(self.faults) if self.faults and self.random.random() < self.rate else ""
        if fault:
            self.met[fault] += 1
        reply = await self._deliver(asked, fault)
        await self.deliver_held()
        return reply

    async def deliver_held(self) -> None:
        """What was held up arrives now, long after its sender has given up; nobody reads the answers."""
        held, self._held = self._held, []
        for late in held:
            with suppress(ZhuqiError):
                await self._send(late)

    async def close(self) -> None:
        await self.deliver_held()
        await self.inner.close()

    async def _deliver(self, asked: _Held, fault: str) -> Reply:
        match fault:
            case "drop" if self.random.random() < 0.5:  # noqa: PLR2004 - the request, or else the reply
                raise OfflineError
            case "drop":
                await self._send(asked)
                raise OfflineError
            case "dup":
                await self._send(asked)
                return await self._send(asked)
            case "reorder":
                self._held.append(asked)
                raise OfflineError
            case "cut" if asked.body and self.random.random() < 0.5:  # noqa: PLR2004 - the body, or else the reply
                return await self._send(_Held(asked.method, asked.path, self._cut(asked.body), asked.headers))
            case "cut":
                reply = await self._send(asked)
                return Reply(reply.status, self._cut(reply.body))
            case _:
                return await self._send(asked)

    def _cut(self, data: bytes) -> bytes:
        return data[: self.random.randrange(len(data))] if data else data

    async def _send(self, asked: _Held) -> Reply:
        return await self.inner.request(asked.method, asked.path, asked.body, asked.headers)
