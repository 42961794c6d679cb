"""CPython's ports over a folder."""

from __future__ import annotations

from pathlib import Path

from field_app.device.aes_gcm import AesGcm
from field_app.device.decoder import zxing_decoder
from field_app.device.folder import Folder
from field_app.device.http_transport import HttpTransport
from field_app.device.key_file import KeyFile
from field_app.device.pictures import scale
from field_app.device.slow_hash import scrypt
from field_app.ports import Cipher, Decoder, KeyStore, Place, Scale, StretchPin, Transport
from tests.ports.samples import samples


class NativeHome:
    def __init__(self, folder: Path, address: str) -> None:
        self._folder = folder
        self.address = address
        self.decoder: Decoder = zxing_decoder()
        self.scale: Scale = scale
        self.stretch_pin: StretchPin = scrypt

    def ports(self) -> tuple[KeyStore, Place]:
        return KeyFile(self._folder), Folder(self._folder)

    def cipher(self, key: bytes) -> Cipher:
        return AesGcm(key)

    def transport(self, address: str) -> Transport:
        return HttpTransport(address)

    async def sample(self, name: str) -> bytes:
        return samples()[name]
