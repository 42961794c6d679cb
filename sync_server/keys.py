"""The server's keys: the service key at work, and the county's root key, which is here only until it is moved away."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from shared_models import ed25519
from shared_models.cose import Sign
from shared_models.credential import Certificate, sign_certificate
from shared_models.suite import kid_of
from sync_server.errors import KeysMissingError
from sync_server.settings import Settings

try:
    import fcntl
except ImportError:  # Windows has none; there one process starts alone
    fcntl = None  # type: ignore[assignment]

SERVICE_KEY_VALID_DAYS = 2 * 365
_SEED_BYTES = 32


@dataclass(frozen=True, slots=True)
class ServiceKeys:
    """`certificate` is the root's word for `service_public`; the root's private key is not here."""

    root_public: bytes
    service_public: bytes
    certificate: bytes
    sign: Sign = field(repr=False)

    @property
    def service_kid(self) -> bytes:
        return kid_of(self.service_public)


def load_or_make_keys(settings: Settings, now: datetime) -> ServiceKeys:
    """The keys of the data folder; at the first start they are made, and a person is told to move the root away.

    Raises KeysMissingError where some are there and some are not: a second root would be one that no phone trusts.
    """
    service_file = settings.service_key_file
    service_file.parent.mkdir(parents=True, exist_ok=True)
    with _one_at_a_time(service_file.with_suffix(".lock")):
        if not service_file.with_suffix(".certificate").exists():
            _certify_new_key(settings, now)
    seed = _read(service_file)
    return ServiceKeys(
        root_public=_read(service_file.with_suffix(".root")),
        service_public=ed25519.public_key(seed),
        certificate=_read(service_file.with_suffix(".certificate")),
        sign=partial(ed25519.sign, seed),
    )


def _certify_new_key(settings: Settings, now: datetime) -> None:
    """The first start, or a rotation: then the root key was put back where it lay, and the service key moved away."""
    service_file = settings.service_key_file
    root_file, root_public_file = settings.root_key_file, service_file.with_suffix(".root")
    is_first = not root_public_file.exists()
    if not is_first and not root_file.exists():
        raise KeysMissingError(str(root_file))
    root_seed, service_seed = _seed(root_file), _seed(service_file)
    if not is_first and _read(root_public_file) != ed25519.public_key(root_seed):
        raise KeysMissingError(str(root_file))
    _write(root_public_file, ed25519.public_key(root_seed).hex())
    issued = certify(settings.county_code, ed25519.public_key(service_seed), root_seed, now)
    _write(service_file.with_suffix(".certificate"), issued.hex())
    sys.stderr.write((_MADE if is_first else _ROTATED).format(path=root_file))


def certify(county: str, service_public: bytes, root_seed: bytes, now: datetime) -> bytes:
    """What the root signs; done where the root key lies."""
    certificate = Certificate(
        county=county,
        public_key=service_public,
        nbf=int((now - timedelta(days=1)).timestamp()),
        exp=int((now + timedelta(days=SERVICE_KEY_VALID_DAYS)).timestamp()),
    )
    return sign_certificate(certificate, root=ed25519.public_key(root_seed), sign=partial(ed25519.sign, root_seed))


_MADE = """\
zhuqi: a county root key was made: {path}
zhuqi: move this file to a place that is offline, now, and keep a copy; the server does not need it to run.
"""
_ROTATED = "zhuqi: a new service key was certified; move the root key off this machine again: {path}\n"


@contextmanager
def _one_at_a_time(path: Path) -> Iterator[None]:
    """Two server processes that start at once over one folder must not make two roots."""
    with path.open("a") as file:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _read(path: Path) -> bytes:
    try:
        return bytes.fromhex(path.read_text("ascii").strip())
    except FileNotFoundError as err:
        raise KeysMissingError(str(path)) from err


def _seed(path: Path) -> bytes:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, secrets.token_bytes(_SEED_BYTES).hex())
    return _read(path)


def _write(path: Path, text: str) -> None:
    """Whole or not at all, readable by the server's user only."""
    part = path.with_name(path.name + ".part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    part.rename(path)
