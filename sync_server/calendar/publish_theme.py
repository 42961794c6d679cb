"""The county office publishes the theme of a month's service week (三.2)."""

from __future__ import annotations

import re

from shared_models.acts import Theme, ThemePublished
from sync_server.county import County
from sync_server.errors import InvalidError
from sync_server.log.writing import writing
from sync_server.registry.checks import check_key

_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_MAX_TEXT, _MAX_ENTERPRISES = 2_000, 500


def publish_theme(county: County, account: str, theme: Theme) -> None:
    """A theme of a known number replaces it. Raises InvalidError."""
    check_key("number", theme.number, 32)
    if not _MONTH.fullmatch(theme.month):
        raise InvalidError("month", "not_a_month")
    if not theme.title.strip() or max(len(theme.title), len(theme.activity)) > _MAX_TEXT:
        raise InvalidError("title", "is_missing" if not theme.title.strip() else "is_too_long")
    if len(theme.enterprises) > _MAX_ENTERPRISES:
        raise InvalidError("enterprises", "too_many")
    with writing(county) as tx:
        for where, key in (("lead", theme.lead), *(("departments", one) for one in theme.departments)):
            check_key(where, key)
            if tx.facts.get("department", key) is None:
                raise InvalidError(where, "not_registered")
        tx.facts.prefetch("enterprise", theme.enterprises)
        for uscc in theme.enterprises:
            if tx.facts.get("enterprise", uscc) is None:
                raise InvalidError("enterprises", "not_registered")
        tx.append_act(account, ThemePublished(theme))
