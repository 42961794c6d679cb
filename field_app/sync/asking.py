"""One question to the server and what its answer is worth: ours, another error of its, or somebody else's page."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from typing import Any

from field_app.errors import AnswerUnreadableError, ServerRefusedError
from field_app.phone import Phone
from field_app.ports import Reply, Transport
from shared_models import cbor, cose, sync
from shared_models.errors import BadlyFormedError, TooLargeError

_UNAUTHORISED = 401
_REDIRECTS = range(300, 400)
_MAX_PROBLEM_BYTES = 16_384
_MAX_CODE = 64
_TIMES = range(1 << 40)


async def ask(
    transport: Transport, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
) -> bytes:
    """The body of a good answer. Raises OfflineError or ServerRefusedError."""
    reply = await transport.request(method, path, body, headers)
    return _good(reply)


async def ask_for(
    cls: type[Any],
    transport: Transport,
    method: str,
    path: str,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
) -> Any:
    """The message in a good answer. Raises AnswerUnreadableError for anything that is not one."""
    answer = await ask(transport, method, path, body, headers)
    return read_message(cls, answer)


def read_message(cls: type[Any], answer: bytes) -> Any:
    try:
        return sync.load_message(cls, answer)
    except (BadlyFormedError, TooLargeError) as err:
        raise AnswerUnreadableError from err


async def ask_signed(phone: Phone, method: str, path: str, body: bytes = b"") -> bytes:
    """As `ask`, as this phone. A server that finds the time wrong says its own, and is asked again with it."""
    transport = await phone.transport()
    reply = await transport.request(method, path, body, await _token(phone, method, path))
    if reply.status == _UNAUTHORISED:
        server_time = _problem(reply).get("server_time")
        if type(server_time) is int and server_time in _TIMES:  # anybody's page may say 401, and any number
            phone.server_offset_seconds = server_time - int(phone.clock.now().timestamp())
            reply = await transport.request(method, path, body, await _token(phone, method, path))
    return _good(reply)


async def _token(phone: Phone, method: str, path: str) -> dict[str, str]:
    at = max(0, int(phone.clock.now().timestamp()) + phone.server_offset_seconds)
    payload = cbor.encode([method, path.partition("?")[0], at])
    protected = cose.protected_header(phone.signer.kid)
    signature = await phone.signer.sign(cose.to_be_signed(protected, payload, cose.AAD_REQUEST))
    token = cose.assemble(protected, payload, signature)
    return {"Authorization": "Zhuqi " + urlsafe_b64encode(token).rstrip(b"=").decode()}


def _good(reply: Reply) -> bytes:
    if reply.status in _REDIRECTS:  # a login page wants to be seen first
        raise AnswerUnreadableError
    if reply.status in (200, 201, 204):
        return reply.body
    code = _problem(reply).get("code")
    raise ServerRefusedError(reply.status, code if isinstance(code, str) and len(code) <= _MAX_CODE else "")


def _problem(reply: Reply) -> dict[str, Any]:
    """RFC 9457, or nothing: an error page of somebody else's."""
    if len(reply.body) > _MAX_PROBLEM_BYTES:
        return {}
    try:
        plain = json.loads(reply.body)
    except (ValueError, RecursionError):
        return {}
    return plain if isinstance(plain, dict) else {}
