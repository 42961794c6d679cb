"""Flet's own session with a client in memory: state, effects, diffing and encoding are real, only drawing is absent.

Uses internals of flet 1.0.5 (`Session`, `Connection`): another version may need another driver.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import dataclasses
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any, Self

import flet as ft
import msgpack
from flet.controls.base_control import BaseControl
from flet.controls.context import _context_page, context
from flet.messaging.connection import Connection
from flet.messaging.protocol import (
    Message,
    MessageAction,
    configure_encode_object_for_msgpack,
    decode_ext_from_msgpack,
)
from flet.messaging.session import Session
from flet.pubsub.pubsub_hub import PubSubHub

_ENCODE = configure_encode_object_for_msgpack(BaseControl)
PHONE = {
    "route": "/",
    "web": False,
    "platform": "android",
    "platform_brightness": "light",
    "pwa": False,
    "debug": False,
    "test": True,
    "wasm": False,
    "multi_view": False,
    "width": 390.0,
    "height": 844.0,
}


class MemoryClient(Connection):
    """Takes what the session sends, and answers the methods that it calls on the device."""

    def __init__(self, answers: Mapping[str, Any]) -> None:
        super().__init__()
        self.loop = asyncio.get_running_loop()
        self.executor = concurrent.futures.ThreadPoolExecutor(2)
        self.pubsubhub = PubSubHub(loop=self.loop, executor=self.executor)
        self.page_url, self.page_name = "http://phone", ""
        self.answers = answers
        self.session: Session | None = None
        self.messages = 0
        self.crashes: list[str] = []
        self._tasks: set[asyncio.Task[None]] = set()

    def send_message(self, message: Message) -> None:
        # Encoding takes the snapshots that the differ compares with, so it is not left out.
        raw = msgpack.packb([message.action, message.body], default=_ENCODE)
        action, body = msgpack.unpackb(raw, ext_hook=decode_ext_from_msgpack, strict_map_key=False)
        self.messages += 1
        if MessageAction(action) == MessageAction.SESSION_CRASHED:
            self.crashes.append(body["message"])
        elif MessageAction(action) == MessageAction.INVOKE_METHOD:
            task = self.loop.create_task(self._answer(body))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _answer(self, body: dict[str, Any]) -> None:
        assert self.session is not None
        control = self.session.index.get(body["control_id"])
        name = f"{type(control).__name__}.{body['name']}"
        result, error = None, None
        try:
            answer = self.answers[name]
            result = answer(body.get("args")) if callable(answer) else answer
        except Exception as err:  # noqa: BLE001 it becomes the client's error
            error = f"{type(err).__name__}: {err}"
        self.session.handle_invoke_method_results(body["control_id"], body["call_id"], result, error)

    def dispose(self) -> None:
        self.executor.shutdown(wait=False)


class HeadlessApp:
    """`async with HeadlessApp(main) as app`, then look with `by_id` and `says`, and act with `tap` and `type`."""

    def __init__(
        self, main: Callable[[ft.Page], Awaitable[None]], answers: Mapping[str, Any] | None = None, **props: Any
    ) -> None:
        self._main, self._answers, self._props = main, dict(answers or {}), {**PHONE, **props}

    async def __aenter__(self) -> Self:
        self.client = MemoryClient(self._answers)
        self.session = self.client.session = Session(self.client)
        self.page = self.session.page
        self._token = _context_page.set(self.page)
        context.reset_auto_update()
        self.session.apply_page_patch(self._props)
        msgpack.packb(self.session.get_page_patch(), default=_ENCODE)
        await self._main(self.page)
        await self.session.after_event(self.page)
        await self.settle()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.session.dispatch_event(self.page._i, "close", None)
        self.session.close()
        await asyncio.sleep(0.01)
        self.client.dispose()
        _context_page.reset(self._token)

    # -- Looking

    def controls(self) -> Iterator[BaseControl]:
        seen: set[int] = set()
        pending: list[Any] = [self.page.views, self.page._dialogs]
        while pending:
            value = pending.pop()
            if isinstance(value, list | tuple):
                pending.extend(reversed(value))
            elif dataclasses.is_dataclass(value) and not isinstance(value, type) and id(value) not in seen:
                seen.add(id(value))
                if isinstance(value, BaseControl):
                    yield value
                fields = [f for f in dataclasses.fields(value) if not f.metadata.get("skip") and f.name != "_parent"]
                pending.extend(getattr(value, f.name, None) for f in reversed(fields))

    @property
    def views(self) -> list[ft.View]:
        return list(self.page.views._b)

    def texts(self) -> str:
        said = []
        for control in self.controls():
            for name in ("value", "label", "content", "tooltip"):
                text = getattr(control, name, None)
                if isinstance(text, str) and text:
                    said.append(text)
        return "\n".join(said)

    def has(self, identifier: str) -> bool:
        return any(isinstance(one, ft.Semantics) and one.identifier == identifier for one in self.controls())

    def by_id(self, identifier: str) -> ft.Semantics:
        found = [one for one in self.controls() if isinstance(one, ft.Semantics) and one.identifier == identifier]
        if not found:
            raise AssertionError(f"no {identifier} among {sorted(self.ids())}")
        return found[0]

    def ids(self) -> set[str]:
        return {one.identifier for one in self.controls() if isinstance(one, ft.Semantics) and one.identifier}

    def inside(self, identifier: str, kind: type[Any], *, where: Callable[[Any], bool] = bool) -> Any:
        seen: list[Any] = []
        pending: list[Any] = [self.by_id(identifier)]
        while pending:
            value = pending.pop()
            if isinstance(value, list | tuple):
                pending.extend(reversed(value))
            elif isinstance(value, BaseControl):
                if isinstance(value, kind) and where(value):
                    seen.append(value)
                fields = [f for f in dataclasses.fields(value) if f.name != "_parent"]
                pending.extend(getattr(value, f.name, None) for f in fields)
        if not seen:
            raise AssertionError(f"no {kind.__name__} in {identifier}")
        return seen[0]

    # -- Acting

    async def fire(self, control: BaseControl, event: str, data: Any = None) -> None:
        await asyncio.wait_for(self.session.dispatch_event(control._i, event, data), 10)
        await self.settle()
        assert not self.client.crashes, self.client.crashes[-1]

    def _target(self, identifier: str) -> Any:
        return self.inside(identifier, ft.Control, where=lambda one: getattr(one, "on_click", None) is not None)

    def can_tap(self, identifier: str) -> bool:
        return not getattr(self._target(identifier), "disabled", False)

    async def tap(self, identifier: str) -> None:
        await self.until(lambda: self.has(identifier), f"{identifier} to tap")
        target = self._target(identifier)
        assert not getattr(target, "disabled", False), f"{identifier} is disabled"
        await self.fire(target, "click")

    async def type(self, identifier: str, text: str, event: str = "change") -> None:
        box = self.inside(identifier, ft.TextField)
        self.session.apply_patch(box._i, {"value": text})
        await self.fire(box, event, text)

    def field(self, identifier: str) -> str:
        return str(self.inside(identifier, ft.TextField).value or "")

    async def until(self, is_so: Callable[[], bool], what: str = "", within: float = 10.0) -> None:
        end = asyncio.get_running_loop().time() + within
        while not is_so():
            if asyncio.get_running_loop().time() > end:
                raise AssertionError(f"not within {within} s: {what}. The screen says:\n{self.texts()}\n{self.ids()}")
            await asyncio.sleep(0.01)
            await self.settle()

    async def sees(self, *texts: str) -> None:
        for text in texts:
            await self.until(lambda text=text: text in self.texts(), text)

    async def screen(self, name: str) -> None:
        await self.until(lambda: self.has(f"screen-{name}"), f"screen {name}")

    async def settle(self, quiet: float = 0.005, within: float = 2.0) -> None:
        """Until the session has nothing more to send. An error while drawing ends its update task: show it."""
        end, before = asyncio.get_running_loop().time() + within, -1
        while before != self.client.messages and asyncio.get_running_loop().time() < end:
            task = getattr(self.session, "_Session__updates_task", None)
            if task is not None and task.done() and not task.cancelled() and task.exception():
                raise task.exception()
            before = self.client.messages
            await asyncio.sleep(quiet)
