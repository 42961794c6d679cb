"""With full access to the database, what is changed behind the log's back is named (`zhuqi log audit`)."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import delete, select, update

from shared_models import cbor
from shared_models.errors import ProofMismatchError
from shared_models.log import verify_consistency
from sync_server.county import County
from sync_server.filings.register import line_key
from sync_server.filings.tables import filings
from sync_server.log.audit import audit_log
from sync_server.log.cli import audit
from sync_server.log.tree import TreeReader, log_size, signed_checkpoint
from sync_server.storage.engine import reading, writing
from sync_server.storage.tables import facts, log_entries, log_nodes, visits
from tests.server.towns import USCC, at_gate, enrolled, fetch, file, send

DAY_MS = 86_400_000


@pytest.fixture
def busy(town: County) -> tuple[County, str]:
    """Filings, an enrolled phone that has seen the log, and a visit."""
    filed = file(town)
    phone = enrolled(town)
    fetch(town, phone)
    send(town, phone.write("visit_opened", at_gate(phone), visit=bytes(16)))
    return town, filed.filing


def named(county: County) -> str:
    return "\n".join(str(finding) for finding in audit_log(county).findings)


def change_body(county: County, kind: str, key: str, **changes: object) -> None:
    where = (facts.c.kind == kind, facts.c.key == key, facts.c.to_index == 2**62)
    with writing(county.engine) as connection:
        body = cbor.decode(connection.execute(select(facts.c.body).where(*where)).scalar_one(), max_bytes=1 << 20)
        connection.execute(update(facts).where(*where).values(body=cbor.encode({**body, **changes})))


def test_an_untouched_county_has_no_difference(busy: tuple[County, str]) -> None:
    found = audit_log(busy[0])
    assert found.findings == ()
    with reading(busy[0].engine) as connection:
        assert found.size == log_size(connection)
        assert found.root == TreeReader(connection).root(found.size)
    assert found.signatures == found.size
    assert found.witnesses == 1


def test_a_window_that_was_moved_back_in_the_database_is_named(busy: tuple[County, str]) -> None:
    county, filing = busy
    change_body(county, "line", line_key(filing, USCC), window=["2026-10-01", "2026-12-31"])
    said = named(county)
    assert f"line/{filing}/{USCC}" in said
    assert "window[0]: database 2026-10-01, log 2026-11-03" in said


def test_a_filing_that_was_made_older_in_its_list_is_named(busy: tuple[County, str]) -> None:
    county, filing = busy
    with writing(county.engine) as connection:
        connection.execute(update(filings).values(submitted_at=filings.c.submitted_at - 30 * DAY_MS))
    assert f"filings {filing}/market submitted_at" in named(county)


def test_a_time_of_receipt_that_was_changed_is_named(busy: tuple[County, str]) -> None:
    county, _ = busy
    kinds = select(log_entries.c.index).where(log_entries.c.kind == "filing_submitted")
    with writing(county.engine) as connection:
        index = connection.execute(kinds).scalars().first()
        connection.execute(
            update(log_entries)
            .where(log_entries.c.index == index)
            .values(received_at=log_entries.c.received_at - 30 * DAY_MS)
        )
    said = named(county)
    assert f"log_entries {index}.received_at" in said
    assert "log_nodes" in said


def test_a_protected_week_that_was_moved_in_the_database_is_named(busy: tuple[County, str]) -> None:
    change_body(busy[0], "calendar", "calendar", covers_until="2026-11-04")
    assert "calendar/calendar" in named(busy[0])
    assert "covers_until: database 2026-11-04" in named(busy[0])


def test_a_licence_that_was_prolonged_in_the_database_is_named(busy: tuple[County, str]) -> None:
    change_body(busy[0], "person", "market1", licence="market-9")
    assert "person/market1" in named(busy[0])
    assert "licence: database market-9, log market-1" in named(busy[0])


def test_an_act_that_was_rewritten_has_no_signature(busy: tuple[County, str]) -> None:
    county, _ = busy
    query = select(log_entries).where(log_entries.c.kind == "filing_submitted")
    with writing(county.engine) as connection:
        row = connection.execute(query).first()
        forged = bytes(row.envelope).replace("办法第三条".encode(), "办法第九条".encode())
        assert forged != row.envelope
        values = {"envelope": forged, "record_id": hashlib.sha256(forged).digest()}
        connection.execute(update(log_entries).where(log_entries.c.index == row.index).values(values))
    assert f"log_entries {row.index}.signature: database signature_mismatch" in named(county)


def test_a_visit_that_was_taken_out_is_named(busy: tuple[County, str]) -> None:
    with writing(busy[0].engine) as connection:
        connection.execute(delete(visits))
    assert f"visits {bytes(16).hex()}: database nothing, log a row" in named(busy[0])


def test_an_entry_that_was_taken_out_is_named(busy: tuple[County, str]) -> None:
    county, _ = busy
    with writing(county.engine) as connection:
        connection.execute(delete(log_entries).where(log_entries.c.index == 3))
    said = named(county)
    assert "log_entries 4" in said
    assert "log_state size" in said


def test_a_log_rewritten_with_its_tree_does_not_agree_with_what_a_phone_has_seen(busy: tuple[County, str]) -> None:
    """Who holds the server's key as well can make everything fit, but not the checkpoints that are out."""
    county, _ = busy
    phone = enrolled(county, "fire1")
    kept = fetch(county, phone)
    with reading(county.engine) as connection:
        size = log_size(connection)
        text = signed_checkpoint(county, size, TreeReader(connection).root(size))
    kinds = select(log_entries.c.index).where(log_entries.c.kind == "filing_submitted")
    with writing(county.engine) as connection:
        index = connection.execute(kinds).scalars().first()
        connection.execute(
            update(log_entries).where(log_entries.c.index == index).values(received_at=log_entries.c.received_at - 1)
        )
        connection.execute(delete(log_nodes))
    rewritten = audit_log(county, [text])
    said = "\n".join(str(finding) for finding in rewritten.findings)
    assert "checkpoint given no. 1: database another log" in said
    assert "checkpoint seen by entry" in said
    # and the phone that has seen the older state refuses the newer one
    with pytest.raises(ProofMismatchError):
        verify_consistency(kept.size, rewritten.size, kept.root, rewritten.root, ())


def test_the_command_says_so_and_exits_with_one(busy: tuple[County, str], tmp_path: Path) -> None:
    county, filing = busy
    folder = str(county.settings.data_dir)
    sound = CliRunner().invoke(audit, ["--data", folder], env={"ZHUQI_PUBLIC_HOST": "zhuqi.test"})
    assert (sound.exit_code, "no difference" in sound.output) == (0, True), sound.output
    change_body(county, "filing", filing, number="BA3303262026-00099")
    found = CliRunner().invoke(audit, ["--data", folder], env={"ZHUQI_PUBLIC_HOST": "zhuqi.test"})
    assert found.exit_code == 1
    assert "number: database BA3303262026-00099" in found.output
    empty = CliRunner().invoke(audit, ["--data", str(tmp_path / "nothing")])
    assert empty.exit_code != 0
