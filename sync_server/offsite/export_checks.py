"""The off-site checks as rows of texts, for the export of tables."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from sync_server.offsite.register import OffsiteEntry
from sync_server.pages.times import shown_instant
from sync_server.storage.facts import current_of_kind
from sync_server.texts.offsite_documents import STATES

HEADERS = (
    "编号",
    "状态",
    "单位",
    "企业",
    "题目",
    "项数",
    "期限",
    "备案时间",
    "企业送出",
    "单位答复",
    "答复人员",
    "是否入企",
    "外部编号",
    "内部编号",
)
NO_VISIT = "非现场，不算入企"


def check_rows(connection: Connection) -> Iterator[tuple[str, ...]]:
    for fact in current_of_kind(connection, "offsite"):
        one = fact.load(OffsiteEntry)
        form = one.form
        yield (
            *(form.number, STATES[one.state.value], form.department, form.enterprise, form.title),
            *(str(len(form.items)), one.due.isoformat(), shown_instant(one.filed_at)),
            shown_instant(one.answers[-1].at) if one.answers else "",
            shown_instant(one.reviews[-1].at) if one.reviews else "",
            *(";".join(form.officers), NO_VISIT, ";".join(form.external_refs), one.check),
        )
