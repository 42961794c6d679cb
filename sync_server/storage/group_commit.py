"""Group commit: what waits while a transaction is made durable goes into the next one together.

A transaction costs some milliseconds however little it holds, so that one for several uploads does more of them.
Nobody waits for company: who comes alone goes alone.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Generic, TypeVar

Work = TypeVar("Work")
Result = TypeVar("Result")
MOST_AT_ONCE = 8


class GroupCommit(Generic[Work, Result]):
    def __init__(self) -> None:
        self._waiting: deque[tuple[Work, Future[Result]]] = deque()
        self._turn = threading.Lock()

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    def do(self, work: Work, all_or_none: Callable[[Sequence[Work]], Sequence[Result]]) -> Result:
        """The result of `work`, done by this thread or by one that came before it.

        `all_or_none` gives a result for each; where it raises for several, each of them is tried alone.
        """
        mine: Future[Result] = Future()
        self._waiting.append((work, mine))
        with self._turn:
            while not mine.done():
                # only who has the turn takes; what was taken and not done is done by the thread that waits for it
                count = min(MOST_AT_ONCE, len(self._waiting))
                _do([self._waiting.popleft() for _ in range(count)] or [(work, mine)], all_or_none)
        return mine.result()


def _do(
    taken: Sequence[tuple[Work, Future[Result]]], all_or_none: Callable[[Sequence[Work]], Sequence[Result]]
) -> None:
    try:
        results = all_or_none([work for work, _ in taken])
    except Exception as err:  # noqa: BLE001 - raised by the thread whose work it was
        if len(taken) > 1:
            for one in taken:
                _do([one], all_or_none)
        else:
            taken[0][1].set_exception(err)
        return
    for (_, future), result in zip(taken, results, strict=True):
        future.set_result(result)
