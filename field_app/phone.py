"""One phone as a value: what every use case takes first. Built by `open_phone`, from ports only."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from field_app.clock import Clock
from field_app.device.entropy import random_bytes
from field_app.device.slow_hash import scrypt
from field_app.errors import NotEnrolledError
from field_app.notices import Notices
from field_app.ports import (
    KeyStore,
    KeystoreKind,
    Place,
    RandomBytes,
    Signer,
    StretchPin,
    Transport,
    TransportFactory,
)
from field_app.storage.database import Database
from field_app.storage.sealing import Sealer


@dataclass(slots=True, eq=False)
class Phone:
    place: Place
    clock: Clock
    random: RandomBytes
    keystore: KeystoreKind
    signer: Signer
    database: Database
    transport_factory: TransportFactory
    stretch_pin: StretchPin
    notices: Notices = field(default_factory=Notices)
    journal: asyncio.Lock = field(default_factory=asyncio.Lock)
    drafting: asyncio.Lock = field(default_factory=asyncio.Lock)
    syncing: asyncio.Lock = field(default_factory=asyncio.Lock)
    unsaved_drafts: dict[str, Any] = field(default_factory=dict)
    """Drafts that a full disk refused; kept here and written as soon as it takes them."""
    server_offset_seconds: int = 0
    """How far the server's clock is ahead of the phone's, as its last refusal of a request said."""
    published: Any = None
    """Calendar and policy as last read, with the log size that they belong to."""
    _transports: dict[str, Transport] = field(default_factory=dict)

    def transport_to(self, host: str) -> Transport:
        if host not in self._transports:
            self._transports[host] = self.transport_factory(host)
        return self._transports[host]

    async def transport(self) -> Transport:
        """To this phone's county. Raises NotEnrolledError before there is one."""
        trust = await self.database.read(lambda rows: rows.get_meta("trust"))
        if trust is None:
            raise NotEnrolledError
        return self.transport_to(trust["server"])

    async def close(self) -> None:
        """Free the place for another program; what runs must have ended."""
        for transport in self._transports.values():
            await transport.close()
        await asyncio.to_thread(self.database.close)
        self.place.release()


async def open_phone(
    place: Place,
    *,
    clock: Clock,
    transport_factory: TransportFactory,
    keystore: KeyStore,
    random: RandomBytes = random_bytes,
    stretch_pin: StretchPin = scrypt,
) -> Phone:
    """Open, or make, the phone that lies at this place.

    Raises PhoneBusyError where it is open already, StorageBrokenError where its key or database cannot be read.
    """
    await place.claim()
    try:
        keys = await keystore.open()
        connections = await place.connect()
        sealer = Sealer(keys.cipher, keys.index_key, random)
        database = await asyncio.to_thread(Database, connections, sealer)
    except BaseException:
        place.release()
        raise
    return Phone(
        place=place,
        clock=clock,
        random=random,
        keystore=keystore.kind,
        signer=keys.signer,
        database=database,
        transport_factory=transport_factory,
        stretch_pin=stretch_pin,
    )
