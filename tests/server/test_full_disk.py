"""A disk that is full: a clear answer, nothing half written, and all goes on when there is room again."""

from __future__ import annotations

from sqlalchemy import event

from shared_models.sync import RecordsReply, load_message
from shared_models.visit import Guidance
from sync_server.county import County
from sync_server.log.rebuild_views import rebuild_views
from sync_server.log.tree import log_size
from sync_server.log.writing import reading
from tests.server.lent_app import client_of
from tests.server.towns import PhoneInHand, codes


def test_a_full_database_disk_is_told_and_nothing_is_lost(town: County, phone: PhoneInHand) -> None:
    """SQLite's own page limit fails as a full disk does: SQLITE_FULL."""
    with reading(town) as connection:
        before = log_size(connection)
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    is_full = True

    def limit(connection, _record, _proxy) -> None:
        connection.execute(f"PRAGMA max_page_count={pages if is_full else 1_000_000}")

    event.listen(town.engine, "checkout", limit)
    envelopes = [phone.write("guidance_given", Guidance("字" * 10_000)) for _ in range(5)]
    with client_of(town) as client:
        answer = client.post("/api/sync/records", content=b"".join(envelopes))
        assert (answer.status_code, answer.json()["code"]) == (507, "storage_full")
        with reading(town) as connection:
            assert log_size(connection) == before
        is_full = False
        answer = client.post("/api/sync/records", content=b"".join(envelopes))
        assert codes(load_message(RecordsReply, answer.content)) == [None] * 5
    assert rebuild_views(town).differences == {}
