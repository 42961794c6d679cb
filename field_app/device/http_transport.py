"""Transport over HTTP: certificates checked, redirects refused, time and size limited."""

from __future__ import annotations

import ssl
from collections.abc import Mapping

import httpx

from field_app.errors import AnswerUnreadableError, OfflineError
from field_app.ports import Reply
from shared_models.errors import TooLargeError

MAX_ANSWER_BYTES = 16 * 1024 * 1024
_TIMEOUT = httpx.Timeout(30.0, connect=5.0, pool=30.0)


class HttpTransport:
    def __init__(self, base_url: str) -> None:
        self._client = httpx.AsyncClient(
            base_url=base_url, timeout=_TIMEOUT, follow_redirects=False, trust_env=False, headers={"Accept": "*/*"}
        )

    async def request(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Reply:
        try:
            async with self._client.stream(method, path, content=body or None, headers=dict(headers or {})) as answer:
                data = bytearray()
                async for part in answer.aiter_bytes():
                    data += part
                    if len(data) > MAX_ANSWER_BYTES:
                        raise TooLargeError(len(data), MAX_ANSWER_BYTES)
                return Reply(answer.status_code, bytes(data))
        except httpx.DecodingError as err:
            raise AnswerUnreadableError from err
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as err:
            if _is_certificate_fault(err):  # somebody stands between us and the county
                raise AnswerUnreadableError from err
            raise OfflineError from err

    async def close(self) -> None:
        await self._client.aclose()


def _is_certificate_fault(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False
