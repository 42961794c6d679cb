"""The transport on a real socket: what is no whole answer of a reasonable size is none."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from field_app.device import http_transport
from field_app.device.http_transport import MAX_ANSWER_BYTES, HttpTransport
from field_app.errors import AnswerUnreadableError, OfflineError
from field_app.sync.asking import ask
from shared_models.errors import TooLargeError


@asynccontextmanager
async def answering(raw: bytes) -> AsyncIterator[HttpTransport]:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(raw)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    transport = HttpTransport(f"http://127.0.0.1:{port}")
    try:
        yield transport
    finally:
        await transport.close()
        server.close()


def http(body: bytes, *headers: str, status: str = "200 OK", length: int | None = None) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


async def test_an_answer_comes_as_it_is_and_compressed_ones_are_opened() -> None:
    async with answering(http(b"hello", status="201 Created")) as transport:
        reply = await transport.request("GET", "/x?a=1")
        assert (reply.status, reply.body) == (201, b"hello")
    async with answering(http(gzip.compress(b"long" * 1000), "Content-Encoding: gzip")) as transport:
        assert (await transport.request("GET", "/")).body == b"long" * 1000


async def test_a_redirect_is_not_followed() -> None:
    async with answering(http(b"", "Location: http://127.0.0.1:1/login", status="302 Found")) as transport:
        assert (await transport.request("GET", "/")).status == 302
        with pytest.raises(AnswerUnreadableError):
            await ask(transport, "GET", "/")


async def test_half_an_answer_and_no_answer_are_offline() -> None:
    async with answering(http(b"half", length=400)) as transport:
        with pytest.raises(OfflineError):
            await transport.request("GET", "/")
    async with answering(b"") as transport:
        with pytest.raises(OfflineError):
            await transport.request("GET", "/")
    closed = HttpTransport("http://127.0.0.1:9")
    with pytest.raises(OfflineError):
        await closed.request("GET", "/")
    await closed.close()


async def test_a_small_answer_that_unpacks_without_end_is_refused() -> None:
    bomb = gzip.compress(bytes(MAX_ANSWER_BYTES + 1))
    assert len(bomb) < 100_000
    async with answering(http(bomb, "Content-Encoding: gzip")) as transport:
        with pytest.raises(TooLargeError):
            await transport.request("GET", "/")


async def test_an_answer_that_cannot_be_unpacked_is_not_ours() -> None:
    async with answering(http(b"not gzip at all", "Content-Encoding: gzip")) as transport:
        with pytest.raises(AnswerUnreadableError):
            await transport.request("GET", "/")


async def test_the_environment_names_no_proxy_for_the_phone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    async with answering(http(b"direct")) as transport:
        assert (await transport.request("GET", "/")).body == b"direct"


def test_certificates_are_checked() -> None:
    transport = http_transport.HttpTransport("https://county.example")
    pool = transport._client._transport._pool
    assert pool._ssl_context.check_hostname
    assert pool._ssl_context.verify_mode.name == "CERT_REQUIRED"
