"""The few English words that Flet's ready-made client shows before and beside our screens, in Chinese.

They are constants of the compiled client, with no setting. In the WebAssembly each is the name of an import whose
length stands before it, so what takes its place has as many bytes.
"""

from __future__ import annotations

from pathlib import Path

import flet_web

from field_app.web_assets.index_page import UnexpectedFletWebError

VERSION = "1"
WORDS = {"Working...": "请稍候", "The application encountered an error: {message}": "应用出错了：{message}"}
_FILES = ("main.dart.js", "main.dart.wasm")


def write_client(folder: Path) -> None:
    """Both builds of the client, laid over flet_web's own. Raises UnexpectedFletWebError."""
    for name in _FILES:
        data = (Path(flet_web.get_package_web_dir()) / name).read_bytes()
        (folder / name).write_bytes(in_chinese(data, name))


def in_chinese(client: bytes, name: str) -> bytes:
    for english, chinese in WORDS.items():
        before, after = english.encode(), chinese.encode()
        if before not in client:
            raise UnexpectedFletWebError(f"{name}: {english}")
        client = client.replace(before, after.ljust(len(before)))
    return client
