"""Any single changed bit of what the county signs for phones is refused."""

from __future__ import annotations

import asyncio
import functools
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from field_app.enrolment.state import Trust, require_trust
from field_app.errors import AnswerUnreadableError
from field_app.ports import Reply
from field_app.sync.asking import read_message
from field_app.sync.county_answers import check_not_behind, open_county_checkpoint, open_signed
from field_app.sync.run_sync import run_sync
from shared_models import cose
from shared_models.errors import ZhuqiError
from shared_models.log import verify_receipt
from shared_models.sync import Head, RecordsReply, ReferencePage
from tests.sync.county import BAKERY, Wire, enrol, file_inspection, make_county, open_at, service_visit


@dataclass(frozen=True)
class Caught:
    trust: Trust
    reference: bytes
    head: bytes
    records: bytes


@functools.cache
def caught() -> Caught:
    """One good answer of each kind, off the wire."""

    async def catch() -> Caught:
        folder = Path(tempfile.mkdtemp(prefix="zhuqi-bits-"))
        county = make_county(folder / "county")
        wire = county.wire()
        phone = await open_at(folder / "phone", wire, county.clock)
        await enrol(county, phone)
        await service_visit(phone)
        file_inspection(county.county, BAKERY)
        answers: dict[str, bytes] = {}

        async def note(wire: Wire, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
            reply = await wire.deliver(method, path, body, headers)
            answers[path.partition("?")[0]] = reply.body
            return reply

        wire.fault = note
        assert (await run_sync(phone)).is_complete
        trust = await phone.database.read(require_trust)
        await phone.close()
        county.close()
        shutil.rmtree(folder)
        return Caught(trust, answers["/api/sync/reference"], answers["/api/sync/head"], answers["/api/sync/records"])

    with asyncio.Runner() as runner:
        return runner.run(catch())


def flipped(data: bytes, place: float, bit: int) -> bytes:
    changed = bytearray(data)
    changed[int(place * len(changed))] ^= 1 << bit
    return bytes(changed)


places, bits = st.floats(0, 1, exclude_max=True), st.integers(0, 7)


@given(places, bits)
def test_of_a_page_of_reference_data(place: float, bit: int) -> None:
    data = caught().reference
    open_signed(caught().trust, data, cose.AAD_REFERENCE, ReferencePage)
    with pytest.raises(ZhuqiError):
        open_signed(caught().trust, flipped(data, place, bit), cose.AAD_REFERENCE, ReferencePage)


@given(places, bits)
def test_of_the_head(place: float, bit: int) -> None:
    data = caught().head
    open_signed(caught().trust, data, cose.AAD_HEAD, Head)
    with pytest.raises(ZhuqiError):
        open_signed(caught().trust, flipped(data, place, bit), cose.AAD_HEAD, Head)


@given(places, bits)
def test_of_receipts_and_their_checkpoint(place: float, bit: int) -> None:
    good = read_message(RecordsReply, caught().records)
    proven(good)
    try:
        changed = read_message(RecordsReply, flipped(caught().records, place, bit))
        proven(changed)
    except (AnswerUnreadableError, ZhuqiError):
        return
    # what is not signed is not believed either: the time, and what was refused
    assert changed.receipts == good.receipts
    assert changed.checkpoint == good.checkpoint


def proven(reply: RecordsReply) -> None:
    checkpoint = open_county_checkpoint(caught().trust, reply.checkpoint)
    check_not_behind(None, checkpoint)
    for receipt in reply.receipts:
        verify_receipt(receipt, receipt.id, checkpoint)


@pytest.mark.parametrize(("name", "aad"), [("reference", cose.AAD_HEAD), ("head", cose.AAD_REFERENCE)])
def test_one_kind_of_answer_does_not_pass_as_another(name: str, aad: bytes) -> None:
    with pytest.raises(ZhuqiError):
        open_signed(caught().trust, getattr(caught(), name), aad, Head)
