"""Several server processes over one log, and a server that is killed."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from sqlalchemy import select

from shared_models.acts import PeopleRegistered
from shared_models.people import Person
from sync_server.county import County
from sync_server.log.rebuild_views import rebuild_views
from sync_server.log.tree import log_size
from sync_server.log.writing import reading, writing
from sync_server.storage.tables import log_entries
from tests.server.towns import open_town

REPOSITORY = Path(__file__).parents[2]


def append(folder: str, url: str, name: str, count: int) -> list[int]:
    county = open_town(Path(folder), url)
    found = []
    for number in range(count):
        with writing(county) as tx:
            found.append(tx.append_act(name, PeopleRegistered((Person(f"{name}{number}", "market"),))).index)
    county.engine.dispose()
    return found


def test_processes_share_one_order(bare: County) -> None:
    with reading(bare) as connection:
        before = log_size(connection)
    folder = str(bare.settings.data_dir)
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(3, mp_context=context) as pool:
        work = [pool.submit(append, folder, bare.settings.database_url, name, 8) for name in "abc"]
        indexes = [one.result() for one in work]
    assert sorted(index for some in indexes for index in some) == list(range(before, before + 24))
    assert all(some == sorted(some) for some in indexes)
    assert rebuild_views(bare).differences == {}


WRITE_UNTIL_KILLED = """
import sys
from pathlib import Path
from shared_models.acts import PeopleRegistered
from shared_models.people import Person
from sync_server.log.writing import writing
from tests.server.towns import open_town
county = open_town(Path(sys.argv[1]), sys.argv[2])
number = 0
while True:
    number += 1
    with writing(county) as tx:
        people = [Person(f"p{number}.{n}", "market", name="x" * 500) for n in range(3)]
        entries = [tx.append_act("office", PeopleRegistered((person,))) for person in people]
    print(*(entry.record_id.hex() for entry in entries), flush=True)
"""


def test_what_was_answered_is_there_after_a_kill(bare: County) -> None:
    command = [sys.executable, "-c", WRITE_UNTIL_KILLED, str(bare.settings.data_dir), bare.settings.database_url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=REPOSITORY, text=True) as process:
        answered = [process.stdout.readline() for _ in range(5)]
        os.kill(process.pid, signal.SIGKILL)
        answered += [line for line in process.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
    ids = [bytes.fromhex(name) for line in answered for name in line.split()]
    with reading(bare) as connection:
        kept = set(connection.execute(select(log_entries.c.record_id)).scalars())
        size = log_size(connection)
    assert len(ids) >= 15
    assert set(ids) <= kept
    assert len(kept) == size
    assert size % 3 == 1, "the certificate and whole transactions of three, never a part of one"
    assert rebuild_views(bare).differences == {}
