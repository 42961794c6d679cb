"""The composition value: what every use case of the server takes first."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Engine

from sync_server.clock import Clock, ShiftedClock, SystemClock
from sync_server.keys import ServiceKeys, load_or_make_keys
from sync_server.log.kept import Kept
from sync_server.settings import Settings
from sync_server.storage.blobs import BlobStore, FolderBlobs
from sync_server.storage.engine import migrate, open_engine


@dataclass(frozen=True, slots=True)
class County:
    settings: Settings
    engine: Engine
    clock: Clock
    keys: ServiceKeys
    blobs: BlobStore
    kept: Kept = field(default_factory=Kept, repr=False, compare=False)


def open_county(settings: Settings, clock: Clock | None = None) -> County:
    """Everything the server needs, made where it is missing: folder, keys, schema and the log's first entry."""
    from sync_server.registry.certify_server import certify_server  # noqa: PLC0415 - the use cases take a County

    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    clock = clock or (ShiftedClock(settings.clock_file) if settings.clock_file else SystemClock())
    engine = open_engine(settings.database_url)
    migrate(engine)
    keys = load_or_make_keys(settings, clock.now())
    county = County(settings, engine, clock, keys, FolderBlobs(settings.blob_dir, settings.max_blob_bytes))
    certify_server(county)
    return county
