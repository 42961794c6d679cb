"""CPython's ports over a folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from field_app.device.aes_gcm import AesGcm
from field_app.device.decoder import zxing_decoder
from field_app.device.folder import Folder
from field_app.device.http_transport import HttpTransport
from field_app.device.key_file import KeyFile
from field_app.device.pictures import scale
from field_app.device.slow_hash import scrypt
from field_app.ports import Cipher, Connections, Decoder, KeyStore, Place, Scale, StretchPin, Transport
from tests.ports.samples import samples


class OneConnection:
    """A folder whose reader is its writer, as in a browser; here with threads besides."""

    def __init__(self, folder: Path) -> None:
        self._inner = Folder(folder)
        self.claim, self.release, self.put_aside = self._inner.claim, self._inner.release, self._inner.put_aside

    async def connect(self) -> Connections:
        both = await self._inner.connect()
        both.reader.close()
        return replace(both, reader=both.writer)


class NativeHome:
    def __init__(self, folder: Path, address: str) -> None:
        self._folder = folder
        self.address = address
        self.decoder: Decoder = zxing_decoder()
        self.scale: Scale = scale
        self.stretch_pin: StretchPin = scrypt
        self.has_one_connection = False

    def ports(self) -> tuple[KeyStore, Place]:
        place = OneConnection(self._folder) if self.has_one_connection else Folder(self._folder)
        return KeyFile(self._folder), place

    def cipher(self, key: bytes) -> Cipher:
        return AesGcm(key)

    def transport(self, address: str) -> Transport:
        return HttpTransport(address)

    async def sample(self, name: str) -> bytes:
        return samples()[name]
