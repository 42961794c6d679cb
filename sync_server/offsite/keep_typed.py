"""What an owner sent is kept before anything is said about it: texts at once, then photos one at a time."""

from __future__ import annotations

from shared_models.errors import ZhuqiError
from sync_server.county import County
from sync_server.offsite.owner_list import AWAITED, SentList, SentPhoto, is_fresh, typed_now, with_texts
from sync_server.offsite.owner_page import Noted
from sync_server.offsite.register import CheckState, OffsiteEntry
from sync_server.offsite.typed_answers import (
    ListChangedError,
    TypedAnswers,
    room_for_photo,
    save_typed,
    with_photo,
    without_photo,
)
from sync_server.portal.keep_public_photo import PhotoRefusedError, keep_public_photo
from sync_server.storage.engine import reading

_TRIES = 5


def keep_texts(county: County, entry: OffsiteEntry, sent: SentList) -> Noted:
    """What was typed is saved before anything is said about it; where another phone was first, it is only shown."""
    noted = Noted()
    with reading(county.engine) as connection:
        now = typed_now(connection, entry)
    noted.typed = with_texts(now, sent)
    if entry.state not in AWAITED:
        noted.word = "over"
    elif not is_fresh(entry, now, sent):
        noted.word, noted.theirs = "changed", now
    elif sent.drop is not None and 0 <= sent.drop[0] < len(now.answers):
        noted.typed = without_photo(noted.typed, *sent.drop)
    if not noted.word:
        _save(county, entry, noted)
    return noted


def _save(county: County, entry: OffsiteEntry, noted: Noted) -> None:
    try:
        noted.typed = save_typed(county, entry.check, noted.typed)
    except ListChangedError:
        with reading(county.engine) as connection:
            noted.word, noted.theirs = "changed", typed_now(connection, entry)


def keep_photo(county: County, entry: OffsiteEntry, sent: SentPhoto, data: bytes, noted: Noted) -> None:
    """Each by itself, onto whatever lies there: one that is refused takes no other along."""
    name = sent.file.filename[:60]
    if noted.word == "over":
        return
    try:
        with reading(county.engine) as connection:
            full = room_for_photo(typed_now(connection, entry), sent.item)
        if full:
            noted.refused.append((sent.item, name, full))
            return
        sha256 = keep_public_photo(county, data)
        _add_photo(county, entry, sent.item, sha256, noted)
    except PhotoRefusedError as err:
        noted.refused.append((sent.item, name, err.problem))
    except ListChangedError:
        noted.refused.append((sent.item, name, "busy"))
    except ZhuqiError as err:
        noted.refused.append((sent.item, name, "no_room" if err.code == "storage_full" else "not_a_picture"))


def _add_photo(county: County, entry: OffsiteEntry, item: int, sha256: bytes, noted: Noted) -> None:
    """Raises ListChangedError where other phones save all the time."""
    for _ in range(_TRIES):
        with reading(county.engine) as connection:
            now = typed_now(connection, entry)
        try:
            saved = save_typed(county, entry.check, with_photo(now, item, sha256))
        except ListChangedError:
            continue
        if noted.word != "changed" and saved.version == noted.typed.version + 1:
            noted.typed = saved
        else:  # another phone saved in between: its texts lie there, ours are on the page
            noted.word, noted.theirs = "changed", saved
            noted.typed = _photos_of(saved, noted.typed)
        return
    raise ListChangedError(0)


def _photos_of(kept: TypedAnswers, mine: TypedAnswers) -> TypedAnswers:
    sent = SentList("", 0, 0, mine.answers, mine.name, mine.role, mine.note, None)
    return with_texts(kept, sent)


def was_sent(county: County, now: OffsiteEntry, noted: Noted) -> bool:
    """A second click on the button: the log has just this answer already."""
    if not now.answers or now.state is not CheckState.ANSWERED:
        return False
    with reading(county.engine) as connection:
        kept = typed_now(connection, now)
    return kept.version == 0 and _photos_of(kept, noted.typed).says() == kept.says()
