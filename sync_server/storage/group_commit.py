"""Group commit: what waits while a transaction is made durable goes into the next one together.

A transaction costs some milliseconds however little it holds, so that one for several uploads does more of them.
Nobody waits for company: who comes alone goes alone.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Work = TypeVar("Work")
Result = TypeVar("Result")
MOST_AT_ONCE = 8


@dataclass(slots=True, eq=False)
class _Waiting(Generic[Work, Result]):
    work: Work
    result: Result | None = None
    error: Exception | None = None
    is_done: bool = False


class GroupCommit(Generic[Work, Result]):
    def __init__(self) -> None:
        self._waiting: deque[_Waiting[Work, Result]] = deque()
        self._turn = threading.Lock()

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    def do(self, work: Work, all_or_none: Callable[[Sequence[Work]], Sequence[Result]]) -> Result:
        """The result of `work`, done by this thread or by one that came before it.

        `all_or_none` gives a result for each; where it raises for several, each of them is tried alone.
        """
        mine: _Waiting[Work, Result] = _Waiting(work)
        self._waiting.append(mine)
        with self._turn:
            while not mine.is_done:
                # only who has the turn takes; what was taken and not done is done by the thread that waits for it
                taken = [self._waiting.popleft() for _ in range(min(MOST_AT_ONCE, len(self._waiting)))] or [mine]
                _do(taken, all_or_none)
        if mine.error is not None:
            raise mine.error
        return mine.result  # type: ignore[return-value]  # done without an error


def _do(taken: Sequence[_Waiting[Work, Result]], all_or_none: Callable[[Sequence[Work]], Sequence[Result]]) -> None:
    try:
        results = all_or_none([one.work for one in taken])
    except Exception as err:  # noqa: BLE001 - raised by the thread whose work it was
        if len(taken) > 1:
            for one in taken:
                _do([one], all_or_none)
        else:
            taken[0].error, taken[0].is_done = err, True
        return
    for one, result in zip(taken, results, strict=True):
        one.result, one.is_done = result, True
