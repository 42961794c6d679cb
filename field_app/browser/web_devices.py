"""Decoder, pictures, the slow hash and the network, as a browser has them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from field_app.browser.bridge import error_name, home, js_bytes, js_exception, js_object, py_bytes
from field_app.errors import BadPictureError, OfflineError
from field_app.ports import Picture, Reply
from shared_models.errors import TooLargeError

MAX_SIDE = 1600
MAX_ANSWER_BYTES = 16 * 1024 * 1024
TIMEOUT_MILLISECONDS = 30_000


class WebDecoder:
    async def decode(self, image: bytes) -> str | None:
        """Null, too, where the decoder itself cannot be loaded: typing and searching remain."""
        try:
            text = await home().decode(js_bytes(image))
        except js_exception():
            return None
        return None if text is None else str(text)


async def scale(image: bytes, max_side: int = MAX_SIDE) -> Picture:
    try:
        found = await home().scale(js_bytes(image), max_side)
    except js_exception() as err:
        raise BadPictureError from err
    if found is None:
        raise BadPictureError
    return Picture(py_bytes(found.jpeg), int(found.width), int(found.height))


async def scrypt(pin: str, salt: bytes) -> bytes:
    """Pyodide's hashlib has none; the answer is the same to the byte."""
    return py_bytes(await home().stretch(pin, js_bytes(salt)))


def verify(key: bytes, message: bytes, signature: bytes) -> bool:
    """For `shared_models.ed25519.verify_by`."""
    digest = hashlib.sha512(signature[:32] + key + message).digest()
    return bool(home().verify(js_bytes(key), js_bytes(signature), js_bytes(digest)))


class FetchTransport:
    """To one address; the browser looks after certificates, and does not say what was wrong with one."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url

    async def request(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Reply:
        content = js_bytes(body) if body else None
        given = js_object({"Accept": "*/*", **(headers or {})})
        try:
            answer = await home().ask(
                self._base_url + path, method, given, content, MAX_ANSWER_BYTES, TIMEOUT_MILLISECONDS
            )
        except (js_exception(), OSError) as err:
            if error_name(err) == "TooLarge":
                raise TooLargeError(int(getattr(err, "message", 0)), MAX_ANSWER_BYTES) from err
            raise OfflineError from err
        return Reply(int(answer.status), py_bytes(answer.body))

    async def close(self) -> None:
        return None
