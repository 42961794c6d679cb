"""One phone as a value: what every use case takes first. Built by `open_phone`, from ports only."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from field_app.clock import Clock
from field_app.device.entropy import random_bytes
from field_app.errors import NotEnrolledError
from field_app.notices import Notices
from field_app.ports import KeyStore, KeystoreKind, Place, RandomBytes, Secrets, Signer, Transport, TransportFactory
from field_app.storage.database import Database
from field_app.storage.lock_file import FolderLock
from field_app.storage.sealing import Sealer
from shared_models import ed25519
from shared_models.suite import kid_of

_KEY_BYTES = 32


class SeedSigner:
    """Signs with a seed that was taken out of the keystore when the phone was opened."""

    def __init__(self, seed: bytes) -> None:
        self._seed = seed
        self._public_key = ed25519.public_key(seed)
        self._kid = kid_of(self._public_key)

    @property
    def public_key(self) -> bytes:
        return self._public_key

    @property
    def kid(self) -> bytes:
        return self._kid

    async def sign(self, message: bytes) -> bytes:
        return ed25519.sign(self._seed, message)


@dataclass(slots=True, eq=False)
class Phone:
    place: Place
    clock: Clock
    random: RandomBytes
    keystore: KeystoreKind
    signer: Signer
    database: Database
    transport_factory: TransportFactory
    lock: FolderLock
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
        """Free the folder for another program; what runs must have ended."""
        for transport in self._transports.values():
            await transport.close()
        await asyncio.to_thread(self.database.close)
        self.lock.release()


async def open_phone(
    place: Place,
    *,
    clock: Clock,
    transport_factory: TransportFactory,
    keystore: KeyStore,
    random: RandomBytes = random_bytes,
) -> Phone:
    """Open, or make, the phone that lies in this folder.

    Raises PhoneBusyError where it is open already, StorageBrokenError where its key or database cannot be read.
    """
    await asyncio.to_thread(lambda: place.folder.mkdir(parents=True, exist_ok=True))
    lock = await asyncio.to_thread(FolderLock, place.folder)
    try:
        secrets = await keystore.load()
        if secrets is None:
            secrets = Secrets(seed=random(_KEY_BYTES), data_key=random(_KEY_BYTES))
            await keystore.store(secrets)
        database = await asyncio.to_thread(Database, place.database, Sealer(secrets.data_key, random))
    except BaseException:
        lock.release()
        raise
    return Phone(
        place=place,
        clock=clock,
        random=random,
        keystore=keystore.kind,
        signer=SeedSigner(secrets.seed),
        database=database,
        transport_factory=transport_factory,
        lock=lock,
    )
