"""The plan as plain values: records first, photos last, nothing dropped, and nothing left to do twice."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from shared_models.sync import (
    MAX_BATCH,
    FetchReference,
    Head,
    Local,
    Resume,
    SendBlobs,
    SendRecords,
    Stop,
    plan,
)

ids = st.binary(min_size=32, max_size=32)
locals_ = st.builds(
    Local,
    shared_seq=st.integers(0, 200),
    unreceipted=st.lists(ids, max_size=130, unique=True).map(tuple),
    blobs_unconfirmed=st.lists(ids, max_size=5, unique=True).map(tuple),
    knows_head=st.booleans(),
    knows_resumed=st.booleans(),
)
heads = st.builds(
    Head,
    author=st.binary(min_size=8, max_size=8),
    server_time=st.integers(0, 2**40),
    active=st.booleans(),
    seq=st.integers(0, 200),
    id=st.none() | ids,
    resumed_seq=st.none() | st.integers(1, 200),
    resumed_id=st.none() | ids,
)


@given(locals_, heads)
def test_no_plan_ever_drops_a_record_and_records_go_first(local: Local, head: Head) -> None:
    steps = plan(local, head)
    sends = [step for step in steps if isinstance(step, SendRecords)]
    assert tuple(one for step in sends for one in step.ids) == local.unreceipted
    assert steps[: len(sends)] == tuple(sends)
    assert all(0 < len(step.ids) <= MAX_BATCH for step in sends)


@given(locals_, heads)
def test_photos_come_last_and_only_a_phone_in_order_fetches_data(local: Local, head: Head) -> None:
    steps = plan(local, head)
    if any(isinstance(step, FetchReference) for step in steps):
        assert head.active
        assert local.knows_head or head.id is None
        assert not any(isinstance(step, Resume | Stop) for step in steps)
    if local.blobs_unconfirmed and not any(isinstance(step, Resume) for step in steps):
        assert steps[-1] == SendBlobs(local.blobs_unconfirmed)
        steps = steps[:-1]
    assert isinstance(steps[-1], FetchReference | Resume | Stop)


@given(locals_, heads)
def test_when_all_is_done_only_fresh_data_are_asked_for(local: Local, head: Head) -> None:
    done = replace(local, unreceipted=(), blobs_unconfirmed=(), knows_head=True, knows_resumed=True)
    assert plan(done, replace(head, active=True)) == (FetchReference(),)


@given(locals_, heads)
def test_a_revoked_phone_sends_what_it_wrote_and_stops(local: Local, head: Head) -> None:
    steps = plan(local, replace(head, active=False))
    assert [step for step in steps if not isinstance(step, SendRecords | SendBlobs)] == [Stop("revoked")]
