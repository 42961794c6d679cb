"""A browser's ports; imported by the worker only."""

from __future__ import annotations

from field_app.browser.bridge import js_bytes, origin
from field_app.browser.web_devices import FetchTransport, WebDecoder, scale, scrypt
from field_app.browser.web_keys import WebCipher, WebKeys
from field_app.browser.web_place import WebPlace
from field_app.ports import Cipher, Decoder, KeyStore, Place, Scale, StretchPin, Transport
from tests.ports import contract_devices, contract_storage


class BrowserHome:
    def __init__(self) -> None:
        self.address = origin()
        self.decoder: Decoder = WebDecoder()
        self.scale: Scale = scale
        self.stretch_pin: StretchPin = scrypt

    def ports(self) -> tuple[KeyStore, Place]:
        keys = WebKeys()
        return keys, WebPlace(keys)

    def cipher(self, key: bytes) -> Cipher:
        return WebCipher(js_bytes(key))

    def transport(self, address: str) -> Transport:
        return FetchTransport(address)

    async def sample(self, name: str) -> bytes:
        return (await self.transport(self.address).request("GET", f"/samples/{name}")).body


async def run_all() -> int:
    claims = (*contract_storage.CLAIMS, *contract_devices.CLAIMS)
    for claim in claims:
        await claim(BrowserHome())
    return len(claims)


async def run_claim(name: str) -> None:
    claim = next(one for one in (*contract_storage.CLAIMS, *contract_devices.CLAIMS) if one.__name__ == name)
    await claim(BrowserHome())
