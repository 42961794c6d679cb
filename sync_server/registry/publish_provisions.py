"""The county's small law library is published to the phones: clauses for findings and letters."""

from __future__ import annotations

from collections.abc import Sequence

from shared_models.acts import ProvisionsPublished
from shared_models.commitment import MAX_TEXT, Provision
from sync_server.county import County
from sync_server.errors import InvalidError
from sync_server.log.writing import writing
from sync_server.registry.checks import check_key, in_parts


def publish_provisions(county: County, account: str, provisions: Sequence[Provision]) -> None:
    """A provision of a known id replaces it. Raises InvalidError for what no letter could carry."""
    for one in provisions:
        check_key("provision.id", one.id)
        check_key("provision.field", one.field)
        if one.department:
            check_key("provision.department", one.department)
        for name in ("name", "text", "fact", "measure"):
            text = getattr(one, name)
            if len(text) > MAX_TEXT or (name in ("name", "text") and not text.strip()):
                raise InvalidError("provision", name)
    with writing(county) as tx:
        for part in in_parts(provisions):
            tx.append_act(account, ProvisionsPublished(part))
