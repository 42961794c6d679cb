"""Open a county's server: the place where real clock, database, keys and blobs are put together."""

from __future__ import annotations

from sync_server.accounts.passwords import Passwords
from sync_server.clock import Clock, ShiftedClock, SystemClock
from sync_server.county import County
from sync_server.keys import load_or_make_keys
from sync_server.registry.certify_server import certify_server
from sync_server.settings import Settings
from sync_server.storage.blobs import FolderBlobs
from sync_server.storage.engine import migrate, open_engine


def open_county(settings: Settings, clock: Clock | None = None, passwords: Passwords | None = None) -> County:
    """Everything the server needs, made where it is missing: folder, keys, schema and the log's first entry."""
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    clock = clock or (ShiftedClock(settings.clock_file) if settings.clock_file else SystemClock())
    engine = open_engine(settings.database_url)
    migrate(engine)
    keys = load_or_make_keys(settings, clock.now())
    blobs = FolderBlobs(settings.blob_dir, settings.max_blob_bytes)
    county = County(settings, engine, clock, keys, blobs, passwords or Passwords())
    certify_server(county)
    return county
