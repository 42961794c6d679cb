"""The composition value: what every use case of the server takes first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine

from sync_server.accounts.passwords import Passwords
from sync_server.clock import Clock
from sync_server.keys import ServiceKeys
from sync_server.log.kept import Kept
from sync_server.settings import Settings
from sync_server.storage.blobs import BlobStore
from sync_server.storage.group_commit import GroupCommit


@dataclass(frozen=True, slots=True)
class County:
    settings: Settings
    engine: Engine
    clock: Clock
    keys: ServiceKeys
    blobs: BlobStore
    passwords: Passwords = field(default_factory=Passwords, repr=False, compare=False)
    kept: Kept = field(default_factory=Kept, repr=False, compare=False)
    uploads: GroupCommit[Any, Any] = field(default_factory=GroupCommit, repr=False, compare=False)
