"""What is asked of one of the registry's lists, as it stands in the page's address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

PAGE_SIZE = 50
_LONGEST_TEXT = 100
_MOST_DIGITS = 6


@dataclass(frozen=True, slots=True)
class ListWish:
    """`flag` and `order` are words of the list's own; `page` counts from 1."""

    path: str
    q: str = ""
    department: str = ""
    flag: str = ""
    order: str = ""
    page: int = 1

    @property
    def is_narrowed(self) -> bool:
        return bool(self.q or self.department or self.flag)

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self.q.casefold().split())

    @property
    def start(self) -> int:
        return (self.page - 1) * PAGE_SIZE

    def address(self, **changed: object) -> str:
        """The list's address with these changes; from the first page on unless one is named."""
        wish = replace(self, **{"page": 1, **changed})  # type: ignore[arg-type]
        values = {"q": wish.q, "department": wish.department, "flag": wish.flag, "order": wish.order}
        query = {key: value for key, value in values.items() if value}
        if wish.page > 1:
            query["page"] = str(wish.page)
        return f"{self.path}?{urlencode(query)}" if query else self.path


def wish_from(path: str, query: Mapping[str, str], *, flags: tuple[str, ...], orders: tuple[str, ...]) -> ListWish:
    """What no form of ours sends is taken as not given; the first of `orders` is what a list has by itself."""
    given = {key: value.replace("\x00", "").strip()[:_LONGEST_TEXT] for key, value in query.items()}
    page = given.get("page", "")
    is_page = page.isascii() and page.isdigit() and len(page) <= _MOST_DIGITS
    order = given.get("order", "")
    return ListWish(
        path,
        q=given.get("q", ""),
        department=given.get("department", ""),
        flag=given["flag"] if given.get("flag") in flags else "",
        order=order if order in orders[1:] else "",
        page=max(1, int(page)) if is_page else 1,
    )


@dataclass(frozen=True, slots=True)
class Found:
    """One page of a list, and how many there are in all; not `is_counted`: so many at least."""

    rows: tuple[object, ...]
    total: int
    wish: ListWish
    is_counted: bool = True

    @property
    def has_more(self) -> bool:
        return not self.is_counted or self.wish.start + len(self.rows) < self.total


def cut(rows: list[object], wish: ListWish) -> Found:
    return Found(tuple(rows[wish.start : wish.start + PAGE_SIZE]), len(rows), wish)
