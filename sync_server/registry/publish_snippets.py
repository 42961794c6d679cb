"""Ready sentences for guidance and provisions to teach are published to the phones."""

from __future__ import annotations

from collections.abc import Sequence

from shared_models.acts import Snippet, SnippetsPublished
from sync_server.county import County
from sync_server.log.writing import writing
from sync_server.registry.checks import check_key, in_parts


def publish_snippets(county: County, account: str, snippets: Sequence[Snippet]) -> None:
    """A snippet of a known id replaces it."""
    for snippet in snippets:
        check_key("snippet.id", snippet.id)
        if snippet.department:
            check_key("snippet.department", snippet.department)
    with writing(county) as tx:
        for part in in_parts(snippets):
            tx.append_act(account, SnippetsPublished(part))
