"""The server's keys: the service key at work, and the county's root key, which is here only until it is moved away."""

from __future__ import annotations

import os
import secrets
import sys
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from shared_models import ed25519
from shared_models.cose import Sign
from shared_models.credential import Certificate, sign_certificate
from shared_models.suite import kid_of
from sync_server.settings import Settings

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
    """The keys of the data folder; at the first start they are made, and a person is told to move the root away."""
    service_file = settings.service_key_file
    certificate_file, root_public_file = service_file.with_suffix(".certificate"), service_file.with_suffix(".root")
    if not certificate_file.exists():
        service_file.parent.mkdir(parents=True, exist_ok=True)
        root_seed = _seed(settings.root_key_file)
        service_seed = _seed(service_file)
        issued = certify(settings.county_code, ed25519.public_key(service_seed), root_seed, now)
        _write(root_public_file, ed25519.public_key(root_seed).hex())
        _write(certificate_file, issued.hex())
        sys.stderr.write(_MOVE_IT.format(path=settings.root_key_file))
    seed = bytes.fromhex(service_file.read_text("ascii").strip())
    return ServiceKeys(
        root_public=bytes.fromhex(root_public_file.read_text("ascii").strip()),
        service_public=ed25519.public_key(seed),
        certificate=bytes.fromhex(certificate_file.read_text("ascii").strip()),
        sign=partial(ed25519.sign, seed),
    )


def certify(county: str, service_public: bytes, root_seed: bytes, now: datetime) -> bytes:
    """What the root signs; done where the root key lies."""
    certificate = Certificate(
        county=county,
        public_key=service_public,
        nbf=int((now - timedelta(days=1)).timestamp()),
        exp=int((now + timedelta(days=SERVICE_KEY_VALID_DAYS)).timestamp()),
    )
    return sign_certificate(certificate, root=ed25519.public_key(root_seed), sign=partial(ed25519.sign, root_seed))


_MOVE_IT = """\
zhuqi: a county root key was made: {path}
zhuqi: move this file to a place that is offline, now, and keep a copy; the server does not need it to run.
"""


def _seed(path: Path) -> bytes:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, secrets.token_bytes(_SEED_BYTES).hex())
    return bytes.fromhex(path.read_text("ascii").strip())


def _write(path: Path, text: str) -> None:
    """Whole or not at all, readable by the server's user only."""
    part = path.with_name(path.name + ".part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    part.rename(path)
