"""What waits together is done together; what fails, fails alone; nothing that waits is forgotten."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from shared_models.record import record_id
from shared_models.sync import RecordsReply
from shared_models.visit import Guidance
from sync_server.county import County
from sync_server.log.rebuild_views import rebuild_views
from sync_server.log.writing import writing
from sync_server.storage.group_commit import MOST_AT_ONCE, GroupCommit
from tests.server.towns import checkpoint_in, codes, enrolled, send, settle
from tests.storage.test_log_contract import size_of, verify_receipt

_PATIENCE = 30.0


def until(condition: Callable[[], bool]) -> None:
    """Looks again at once: what it waits for is another thread's next step."""
    pause = threading.Event()
    for _ in range(int(_PATIENCE / 0.005)):
        if condition():
            return
        pause.wait(0.005)
    raise AssertionError("it did not come to that")


class Doubling:
    """Doubles numbers, refuses 13 with all its company, and can be held up in the middle of its first group."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.groups: list[list[int]] = []

    def __call__(self, works: Sequence[int]) -> list[int]:
        self.groups.append(list(works))
        self.go.wait(_PATIENCE)
        if 13 in works:
            raise ValueError(13)
        return [2 * work for work in works]


@pytest.fixture
def pool() -> ThreadPoolExecutor:
    with ThreadPoolExecutor(MOST_AT_ONCE + 4) as pool:
        yield pool


def held_up(pool: ThreadPoolExecutor, works: Sequence[int]) -> tuple[Doubling, list[Future[int]]]:
    """The first work is under way, the others wait, in their order."""
    commit: GroupCommit[int, int] = GroupCommit()
    double = Doubling()
    futures = [pool.submit(commit.do, works[0], double)]
    until(lambda: bool(double.groups))
    for number, work in enumerate(works[1:], 1):
        futures.append(pool.submit(commit.do, work, double))
        until(lambda number=number: commit.waiting == number)
    return double, futures


def test_what_comes_alone_goes_alone_and_at_once() -> None:
    double = Doubling()
    double.go.set()
    commit: GroupCommit[int, int] = GroupCommit()
    assert [commit.do(work, double) for work in (1, 2, 3)] == [2, 4, 6]
    assert double.groups == [[1], [2], [3]]


def test_what_waits_meanwhile_goes_together_and_each_has_its_own_result(pool: ThreadPoolExecutor) -> None:
    double, futures = held_up(pool, (1, 2, 3, 4))
    double.go.set()
    assert [future.result() for future in futures] == [2, 4, 6, 8]
    assert double.groups == [[1], [2, 3, 4]]


def test_a_group_has_a_limit(pool: ThreadPoolExecutor) -> None:
    works = range(1, MOST_AT_ONCE + 3)
    double, futures = held_up(pool, works)
    double.go.set()
    assert [future.result() for future in futures] == [2 * work for work in works]
    assert [len(group) for group in double.groups] == [1, MOST_AT_ONCE, 1]


def test_what_fails_fails_in_its_own_thread_and_spoils_nothing_for_the_others(pool: ThreadPoolExecutor) -> None:
    double, futures = held_up(pool, (1, 2, 13, 4))
    double.go.set()
    assert [futures[n].result() for n in (0, 1, 3)] == [2, 4, 8]
    with pytest.raises(ValueError, match="13"):
        futures[2].result()
    assert double.groups[1:] == [[2, 13, 4], [2], [13], [4]]


def test_what_a_thread_took_before_it_was_ended_is_done_by_those_who_wait(pool: ThreadPoolExecutor) -> None:
    class Ended(BaseException):
        pass

    commit: GroupCommit[int, int] = GroupCommit()
    double = Doubling()

    def ended_with_company(works: Sequence[int]) -> list[int]:
        if len(works) > 1:
            raise Ended
        return double(works)

    futures = [pool.submit(commit.do, 1, ended_with_company)]
    until(lambda: bool(double.groups))
    futures += [pool.submit(commit.do, work, ended_with_company) for work in (2, 3)]
    until(lambda: commit.waiting == 2)
    double.go.set()
    assert futures[0].result() == 2
    ended = {work: isinstance(future.exception(), Ended) for work, future in zip((2, 3), futures[1:], strict=True)}
    assert sorted(ended.values()) == [False, True], "the one that had its turn was ended over both"
    assert [future.result() for future in futures[1:] if not future.exception()] in ([4], [6])


def test_uploads_that_wait_for_the_log_go_into_it_together(bare: County, pool: ThreadPoolExecutor) -> None:
    settle(bare)
    phones = [enrolled(bare, officer) for officer in ("market1", "market2", "fire1", "fire2")]
    uploads = [[phone.write("guidance_given", Guidance(str(n))) for n in range(3)] for phone in phones]
    uploads.append(uploads[-1])  # one more that is sent again while the first try still waits
    before = size_of(bare)
    with writing(bare):
        sent: list[Future[RecordsReply]] = [pool.submit(send, bare, *upload) for upload in uploads]
        until(lambda: bare.uploads.waiting >= len(uploads) - 1)
    replies = [future.result() for future in sent]
    assert size_of(bare) == before + 12
    assert len({reply.checkpoint for reply in replies}) <= 2, "one came first, the others together"
    for reply, upload in zip(replies, uploads, strict=True):
        assert codes(reply) == [None, None, None]
        for receipt, envelope in zip(reply.receipts, upload, strict=True):
            verify_receipt(receipt, record_id(envelope), checkpoint_in(bare, reply.checkpoint))
    assert rebuild_views(bare).differences == {}
