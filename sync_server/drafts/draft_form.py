"""What a clerk's browser sends for a draft, taken as it was typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic

from litestar.datastructures import FormMultiDict, UploadFile

from sync_server.drafts.draft import T
from sync_server.pages.sent import number_of, text_of, texts_of

_MAX_COMMENT = 2_000
_MAX_PASTED = 200_000


@dataclass(frozen=True, slots=True)
class SentDraft(Generic[T]):
    """`act` is the button; `version` that of the draft as the page showed it."""

    act: str
    version: int
    typed: T
    pasted: str
    picked: tuple[str, ...]
    dropped: tuple[str, ...]
    find: str
    comment: str
    upload: bytes | None


async def read_sent(form: FormMultiDict, typed: T) -> SentDraft[T]:
    """`typed`: what the form's own fields say."""
    file = form.get("file")
    return SentDraft(
        act=text_of(form, "act", 20),
        version=number_of(text_of(form, "version", 20)),
        typed=typed,
        pasted=text_of(form, "pasted", _MAX_PASTED),
        picked=texts_of(form, "pick"),
        dropped=texts_of(form, "drop"),
        find=text_of(form, "find", 100),
        comment=text_of(form, "comment", _MAX_COMMENT).strip(),
        upload=await file.read() if isinstance(file, UploadFile) and file.filename else None,
    )
