"""A server for the contract: answers as a bad network has them, and the app's files for a worker without Flutter."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.ports.samples import samples

Proxy = Callable[[str, str, bytes, dict[str, str]], tuple[int, bytes]]
"""Status and body of method, path, body and headers."""
Files = Callable[[str], tuple[str, bytes] | None]
"""Media type and content of a path; null where there is none."""

_LARGE = 17 * 1024 * 1024


class _Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: ContractServer

    def do_GET(self) -> None:
        path, _, _query = self.path.partition("?")
        if path == "/echo":
            self._echo()
        elif path.startswith("/status/"):
            self._send(int(path.rpartition("/")[2]), b"")
        elif path == "/redirect":
            self._send(302, b"", ("Location", "/echo"))
        elif path == "/nothing":
            self.close_connection = True
        elif path == "/cut":
            self._head(200, 1000)
            self.wfile.write(b"half")
            self.close_connection = True
        elif path == "/large":
            self._send(200, bytes(_LARGE))
        elif path.startswith("/samples/"):
            self._send(200, samples()[path.rpartition("/")[2]])
        else:
            self._file(path)

    do_PUT = do_GET
    do_POST = do_GET

    def _echo(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        head = f"{self.command} {self.path} {self.headers.get('Authorization') or '-'}\n"
        self._send(200, head.encode() + body)

    def _file(self, path: str) -> None:
        if self.server.proxy is not None and path.startswith("/api/"):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, answer = self.server.proxy(self.command, self.path, body, dict(self.headers))
            self._send(status, answer)
            return
        found = self.server.files(path)
        if found is None:
            self._send(404, b"")
        else:
            self._send(200, found[1], ("Content-Type", found[0]), ("Content-Security-Policy", self.server.policy))

    def _send(self, status: int, body: bytes, *headers: tuple[str, str]) -> None:
        self._head(status, len(body), *headers)
        if status != 204:
            self.wfile.write(body)

    def _head(self, status: int, size: int, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(size))
        self.end_headers()

    def handle(self) -> None:
        try:
            super().handle()
        except (BrokenPipeError, ConnectionResetError):  # whoever asked went away, as the tests mean it to
            return

    def log_message(self, *_: object) -> None:
        return


class ContractServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, port: int, files: Files, policy: str) -> None:
        super().__init__(("127.0.0.1", port), _Answers)
        self.files, self.policy = files, policy
        self.proxy: Proxy | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


def forward_to(port: int) -> Proxy:
    """The county beside the app, as one origin."""

    def forward(method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        kept = {name: value for name, value in headers.items() if name.lower() in ("authorization", "content-type")}
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.request(method, path, body or None, kept)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    return forward


@contextmanager
def serving(files: Files = lambda _: None, policy: str = "default-src 'none'") -> Iterator[ContractServer]:
    server = ContractServer(0, files, policy)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
