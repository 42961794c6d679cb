"""The cockpit's switch: with the signal off, no request of this phone leaves it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from field_app.errors import OfflineError
from field_app.ports import Reply, Transport


@dataclass(slots=True, eq=False)
class Signal:
    on: bool = True


class SwitchedTransport:
    def __init__(self, inner: Transport, signal: Signal) -> None:
        self._inner, self._signal = inner, signal

    async def request(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Reply:
        if not self._signal.on:
            raise OfflineError
        reply = await self._inner.request(method, path, body, headers)
        if not self._signal.on:  # an answer cannot arrive either
            raise OfflineError
        return reply

    async def close(self) -> None:
        await self._inner.close()
