"""The server's head of one phone's chain, signed, so that a phone restored from a backup learns of it."""

from __future__ import annotations

from shared_models import cose
from shared_models.sync import Head, dump_message
from sync_server.county import County
from sync_server.log.writing import reading
from sync_server.sync.request_auth import Phone
from sync_server.visits.chain_views import chain_heads


def head_of(county: County, phone: Phone) -> Head:
    with reading(county) as connection:
        chain = chain_heads(connection, [phone.kid]).get(phone.kid)
    server_time = int(county.clock.now().timestamp())
    if chain is None or chain.head_seq == 0:
        return Head(author=phone.kid, server_time=server_time, active=phone.is_active)
    return Head(
        author=phone.kid,
        server_time=server_time,
        active=phone.is_active,
        seq=chain.head_seq,
        id=chain.head_id,
        resumed_seq=chain.resumed_seq,
        resumed_id=chain.resumed_id,
        missing=chain.missing,
    )


def signed_head(county: County, phone: Phone) -> bytes:
    keys = county.keys
    return cose.sign(dump_message(head_of(county, phone)), aad=cose.AAD_HEAD, kid=keys.service_kid, sign=keys.sign)
