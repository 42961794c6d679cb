"""The office confirms that the text of an e-licence's 企业码 means this enterprise; then it does on all phones."""

from __future__ import annotations

from shared_models.acts import CodeTaught
from sync_server.county import County
from sync_server.errors import NotFoundError
from sync_server.log.writing import writing
from sync_server.registry.checks import check_key

MAX_CODE_TEXT = 400


def teach_code(county: County, account: str, text: str, uscc: str) -> None:
    """Raises NotFoundError for an enterprise that is not registered, InvalidError for a text that is no key."""
    check_key("code.text", text, MAX_CODE_TEXT)
    with writing(county) as tx:
        if tx.facts.get("enterprise", uscc) is None:
            raise NotFoundError("enterprise", uscc)
        tx.append_act(account, CodeTaught(text, uscc))
