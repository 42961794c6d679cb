"""The way to this app's JavaScript, `js/home.mjs`; the only file that knows how Pyodide hands things over."""

from __future__ import annotations

import importlib
from typing import Any

_home: list[Any] = []


async def load_home() -> None:
    """Once, before anything else of this package is used. `zhuqi_shell` is registered by the app's worker."""
    if not _home:
        shell: Any = importlib.import_module("zhuqi_shell")
        _home.append(await shell.load("home.mjs"))


def home() -> Any:
    """The JavaScript module; its functions take and give Uint8Arrays for bytes."""
    return _home[0]


def js_bytes(data: bytes) -> Any:
    """A Uint8Array of its own."""
    return importlib.import_module("pyodide.ffi").to_js(data)


def py_bytes(array: Any) -> bytes:
    data: bytes = array.to_bytes()
    return data


def js_object(plain: dict[str, str]) -> Any:
    pairs = [list(pair) for pair in plain.items()]
    return importlib.import_module("js").Object.fromEntries(importlib.import_module("pyodide.ffi").to_js(pairs))


def js_list(texts: tuple[str, ...]) -> Any:
    return importlib.import_module("pyodide.ffi").to_js(list(texts))


def js_callback(call: Any) -> Any:
    """What JavaScript may call as long as the page lives."""
    return importlib.import_module("pyodide.ffi").create_proxy(call)


def emscripten_files() -> Any:
    return importlib.import_module("pyodide_js").FS


def origin() -> str:
    """`https://county.example`, without a slash."""
    return str(importlib.import_module("js").location.origin)


def error_name(error: BaseException) -> str:
    """The `name` of what JavaScript threw, such as QuotaExceededError; blank for an error of Python's own."""
    return str(getattr(error, "name", "") or "")


def js_exception() -> type[Exception]:
    kind: type[Exception] = importlib.import_module("pyodide.ffi").JsException
    return kind
