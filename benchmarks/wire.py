"""A wire that counts: what goes through it in both directions, heads and all, is what a phone pays for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

_CHUNK = 65_536


@dataclass(slots=True)
class Wire:
    url: str
    up: int = 0
    down: int = 0

    @property
    def total(self) -> int:
        return self.up + self.down


@asynccontextmanager
async def counted(to_url: str) -> AsyncIterator[Wire]:
    """A wire to the server at `to_url`; its bytes are those of TCP's payload."""
    target = urlsplit(to_url)
    wire = Wire("")

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection(target.hostname, target.port)

        async def up() -> None:
            async for part in _parts(reader):
                wire.up += len(part)
                far_writer.write(part)
                await far_writer.drain()
            far_writer.close()

        async def down() -> None:
            async for part in _parts(far_reader):
                wire.down += len(part)
                writer.write(part)
                await writer.drain()
            writer.close()

        await asyncio.gather(up(), down(), return_exceptions=True)

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    wire.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield wire
    finally:
        server.close()


async def _parts(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    while part := await reader.read(_CHUNK):
        yield part
