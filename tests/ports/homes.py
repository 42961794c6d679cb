"""What the contract needs of a home, whichever it is: its ports, made anew as a program that starts would make them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from field_app.clock import SystemClock
from field_app.errors import OfflineError
from field_app.phone import Phone, open_phone
from field_app.ports import Cipher, Decoder, KeyStore, Place, Reply, Scale, StretchPin, Transport


class Home(Protocol):
    @property
    def address(self) -> str:
        """Of the server that answers `/echo` and the like."""
        ...

    @property
    def decoder(self) -> Decoder: ...

    @property
    def scale(self) -> Scale: ...

    @property
    def stretch_pin(self) -> StretchPin: ...

    def ports(self) -> tuple[KeyStore, Place]: ...

    def cipher(self, key: bytes) -> Cipher: ...

    def transport(self, address: str) -> Transport: ...

    async def sample(self, name: str) -> bytes:
        """A picture of `samples.py`."""
        ...


class NoSignal:
    async def request(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Reply:
        raise OfflineError

    async def close(self) -> None:
        return None


async def phone_of(home: Home) -> Phone:
    keystore, place = home.ports()
    return await open_phone(
        place,
        clock=SystemClock(),
        transport_factory=lambda _host: NoSignal(),
        keystore=keystore,
        stretch_pin=home.stretch_pin,
    )
