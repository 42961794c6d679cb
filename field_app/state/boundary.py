"""The one error boundary: whatever a person does runs through `@act`, and nothing that goes wrong there reaches Flet.

An error becomes a calm notice with its code; what was written stays in the draft. The log gets code and place, never
what a person wrote.
"""

from __future__ import annotations

import functools
import logging
import traceback
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Concatenate, ParamSpec, TypeVar

from shared_models.errors import ZhuqiError

log = logging.getLogger("field_app")
P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Notice:
    """`code` is an error's, or a text's key where nothing went wrong."""

    code: str
    is_error: bool = True
    values: Mapping[str, object] = field(default_factory=dict)


class Boundary:
    """Runs acts one at a time each: a second tap while the first still runs is the same tap."""

    def __init__(self, tell: Callable[[Notice], None]) -> None:
        self._tell = tell
        self._running: set[str] = set()

    async def run(self, name: str, act: Callable[[], Awaitable[R]]) -> R | None:
        if name in self._running:
            return None
        self._running.add(name)
        try:
            return await act()
        except ZhuqiError as err:
            log.info("%s: %s", name, err.code)
            self._tell(notice_of(err))
        except Exception as err:  # noqa: BLE001 nothing may reach Flet, which would replace the page
            code = trouble_code(err)
            log.error("%s: %s", name, code)  # noqa: TRY400 a traceback may quote what a person wrote
            self._tell(Notice("error", values={"code": code}))
        finally:
            self._running.discard(name)
        return None


def act(
    method: Callable[Concatenate[Any, P], Awaitable[R]],
) -> Callable[Concatenate[Any, P], Coroutine[Any, Any, R | None]]:
    """What a person does, as a method of a state that has a `boundary`."""

    @functools.wraps(method)
    async def guarded(self: Any, *args: P.args, **kwargs: P.kwargs) -> R | None:
        boundary: Boundary = self.boundary
        return await boundary.run(method.__qualname__, lambda: method(self, *args, **kwargs))

    return guarded  # type: ignore[return-value]  # functools.wraps hides `self`


def notice_of(err: ZhuqiError) -> Notice:
    values = {f.name: getattr(err, f.name) for f in fields(err)}
    return Notice(err.code, values={k: v for k, v in values.items() if isinstance(v, str | int)})


def trouble_code(err: BaseException) -> str:
    """Type, file and line of where it happened: enough to find it, nothing of what was written."""
    frames = traceback.extract_tb(err.__traceback__)
    ours = [frame for frame in frames if "field_app" in frame.filename or "shared_models" in frame.filename]
    where = (ours or frames)[-1] if frames else None
    place = "" if where is None else f"-{where.filename.rsplit('/', 1)[-1].removesuffix('.py')}:{where.lineno}"
    return f"{type(err).__name__}{place}"
