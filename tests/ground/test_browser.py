"""The tests' own instruments: a camera that shows what it is given, a watch that notices what leaves the machine."""

from __future__ import annotations

import base64
import http.server
import io
import threading
from collections.abc import Iterator

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser import context_of, leaves_the_machine
from tests.fake_camera import FakeCamera

ONE_FRAME = """async () => {
  const stream = await navigator.mediaDevices.getUserMedia({video: {width: 640, height: 480}});
  const video = document.createElement("video");
  video.srcObject = stream;
  await video.play();
  await new Promise(done => video.requestVideoFrameCallback(done));
  const canvas = Object.assign(document.createElement("canvas"), {width: 640, height: 480});
  canvas.getContext("2d").drawImage(video, 0, 0, 640, 480);
  stream.getTracks().forEach(track => track.stop());
  return canvas.toDataURL("image/png").split(",")[1];
}"""


class _EmptyPage(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write("<!doctype html><title>空</title><link rel=icon href=data:,><p>空".encode())

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _EmptyPage)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def _seen(page: Page) -> list[str]:
    picture = Image.open(io.BytesIO(base64.b64decode(page.evaluate(ONE_FRAME))))
    return [code.text for code in zxingcpp.read_barcodes(picture)]


@pytest.mark.browser
def test_the_camera_shows_what_is_held_before_it_each_time_it_opens(
    browser: Browser, camera: FakeCamera, address: str
) -> None:
    with context_of(browser) as (context, _):
        page = context.new_page()
        page.goto(address)
        camera.show_code("https://zhuqi.example/e/91330326MA2ABCDE1X-1")
        assert _seen(page) == ["https://zhuqi.example/e/91330326MA2ABCDE1X-1"]
        camera.show_code("另一个码")
        assert _seen(page) == ["另一个码"]
        camera.show_nothing()
        assert _seen(page) == []


@pytest.mark.browser
@pytest.mark.parametrize(
    "script", ["fetch('https://example.org/a').catch(() => {})", "new WebSocket('wss://example.org/')"]
)
def test_a_request_to_another_machine_fails_the_test_that_made_it(browser: Browser, address: str, script: str) -> None:
    with pytest.raises(AssertionError, match="left the machine"), context_of(browser) as (context, traffic):
        page = context.new_page()
        page.goto(address)
        page.evaluate(f"() => {{ {script}; }}")
        for _ in range(200):
            if traffic.outside:
                break
            page.wait_for_timeout(20)


def test_only_this_machine_is_no_other_machine() -> None:
    assert not any(
        map(leaves_the_machine, ["http://127.0.0.1:8000/x", "ws://localhost:1/ws", "data:,x", "blob:http://a/b"])
    )
    assert all(map(leaves_the_machine, ["https://example.org/", "ws://10.0.0.1/", "http://127.0.0.1.example.org/"]))
