"""An off-site check while a clerk types it: texts as they were given, so that nothing is lost however wrong it is."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from shared_models.enterprise import is_uscc
from shared_models.offsite import (
    MAX_ITEM_TEXT,
    MAX_ITEMS,
    MAX_LONG_NOTE,
    MAX_PROVISION,
    MAX_TITLE,
    ListItem,
    OffsiteCheckFiled,
    SelfCheckList,
)
from sync_server.offsite.file_check import MAX_DUE_DAYS

MAX_ROWS = 200


@dataclass(frozen=True, slots=True)
class TypedItem:
    text: str = ""
    provision: str = ""
    wants_photo: bool = False

    @property
    def is_blank(self) -> bool:
        return not self.text.strip() and not self.provision.strip()


@dataclass(frozen=True, slots=True)
class TypedCheck:
    """`from_filing`: the filing's draft whose first question this answers."""

    title: str = ""
    note: str = ""
    due: str = ""
    officers: tuple[str, ...] = ()
    items: tuple[TypedItem, ...] = ()
    rows: tuple[str, ...] = ()
    external_refs: str = ""
    list: str = ""
    from_filing: str = ""


@dataclass(frozen=True, slots=True)
class CheckLimits:
    """`officers` of the department whose licence stands; `enterprises` those of the rows that are active."""

    today: date
    officers: frozenset[str] = field(default_factory=frozenset)
    enterprises: frozenset[str] = field(default_factory=frozenset)


def find_problems(typed: TypedCheck, limits: CheckLimits) -> dict[str, str]:
    """By field, what a clerk must mend before the head may see it; an item's field is `items.<number>` from 0."""
    found: dict[str, str] = {}
    _long(found, "title", typed.title, MAX_TITLE)
    _long(found, "note", typed.note, MAX_LONG_NOTE)
    if not typed.title.strip():
        found["title"] = "is_missing"
    if any(len(line) > 100 for line in lines_of(typed.external_refs)) or len(lines_of(typed.external_refs)) > 10:  # noqa: PLR2004 - as file_check has it
        found["external_refs"] = "too_long"
    found.update(_items(typed))
    found.update(_due(typed.due, limits.today))
    if not typed.officers:
        found["officers"] = "is_missing"
    elif not set(typed.officers) <= limits.officers:
        found["officers"] = "not_of_these_departments"
    if not typed.rows:
        found["rows"] = "is_missing"
    for uscc in typed.rows:
        if not is_uscc(uscc):
            found[f"rows.{uscc}"] = "not_a_code"
        elif uscc not in limits.enterprises:
            found[f"rows.{uscc}"] = "not_registered"
    return found


def _items(typed: TypedCheck) -> dict[str, str]:
    found: dict[str, str] = {}
    written = [item for item in typed.items if not item.is_blank]
    if not written:
        return {"items": "is_missing"}
    if len(written) > MAX_ITEMS:
        found["items"] = "too_many_items"
    for number, item in enumerate(typed.items):
        if item.is_blank:
            continue
        if not item.text.strip():
            found[f"items.{number}"] = "is_missing"
        if len(item.text) > MAX_ITEM_TEXT or len(item.provision) > MAX_PROVISION:
            found[f"items.{number}"] = "too_long"
    return found


def _due(text: str, today: date) -> dict[str, str]:
    try:
        due = date.fromisoformat(text.strip())
    except ValueError:
        return {"due": "not_a_day" if text.strip() else "is_missing"}
    if due <= today:
        return {"due": "due_too_soon"}
    return {"due": "due_too_late"} if due > today + timedelta(days=MAX_DUE_DAYS) else {}


def _long(found: dict[str, str], name: str, text: str, most: int) -> None:
    if len(text) > most:
        found[name] = "too_long"


def form_of(typed: TypedCheck, uscc: str, department: str, *, approved_by: str, approved_at: int) -> OffsiteCheckFiled:
    """Each enterprise's check is filed by itself. Only for what `find_problems` has found nothing wrong with."""
    return OffsiteCheckFiled(
        number="",
        department=department,
        officers=typed.officers,
        enterprise=uscc,
        title=typed.title.strip(),
        items=tuple(
            ListItem(item.text.strip(), item.provision.strip(), item.wants_photo)
            for item in typed.items
            if not item.is_blank
        ),
        due=date.fromisoformat(typed.due.strip()),
        approved_by=approved_by,
        approved_at=approved_at,
        note=typed.note.strip(),
        list=typed.list,
        external_refs=lines_of(typed.external_refs),
    )


def from_list(typed: TypedCheck, chosen: SelfCheckList) -> TypedCheck:
    """Its items after those that are written already."""
    items = tuple(TypedItem(one.text, one.provision, one.wants_photo) for one in chosen.items)
    written = tuple(item for item in typed.items if not item.is_blank)
    return replace(typed, title=typed.title.strip() or chosen.title, items=written + items, list=chosen.id)


def lines_of(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
