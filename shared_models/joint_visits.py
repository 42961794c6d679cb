"""Which filings of several departments could become one joint visit (联合入企, 三.4)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from shared_models.filing import Purpose, Window
from shared_models.merging import days_apart
from shared_models.policy_limits import LONGEST_WINDOW_DAYS

_HOUSE = re.compile(r"[0-9０-９一二三四五六七八九十百]+(?:[-—之][0-9]+)?\s*(?:号|弄|幢|室).*$")
_LEAST_DEPARTMENTS = 2


@dataclass(frozen=True, slots=True)
class OpenFiling:
    """An accepted or submitted filing at one enterprise, unmerged, with visits left."""

    filing: str
    number: str
    lead: str
    enterprise: str
    street: str
    purpose: Purpose
    window: Window


class Ground(StrEnum):
    """Why these filings are suggested together."""

    SAME_ENTERPRISE = "same_enterprise"
    SAME_STREET = "same_street"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`window` holds the days on which all could come; of one enterprise the days from the first to the last."""

    ground: Ground
    place: str
    """The enterprise's code, or the street."""
    window: Window
    filings: tuple[OpenFiling, ...]

    @property
    def departments(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.lead for one in self.filings))


def joint_purpose(purposes: Iterable[Purpose]) -> Purpose | None:
    """What the joint visit is filed as, null for purposes that do not go together.

    A recheck rides along with an inspection, whose caps then hold; nothing that a survey finds may become a finding.
    """
    together = set(purposes)
    if len(together) == 1:
        return together.pop()
    return Purpose.INSPECTION if together == {Purpose.INSPECTION, Purpose.RECHECK} else None


def street_of(township: str, address: str) -> str:
    """The address without its house number; blank where there is none to tell streets apart by."""
    street = _HOUSE.sub("", address.strip())
    if not street or street == address.strip():
        return ""
    return street if not township or street.startswith(township) else f"{township}{street}"


def suggest_joint_visits(filings: Iterable[OpenFiling], *, within_days: int) -> tuple[Suggestion, ...]:
    """First those at one enterprise, then those in one street on one day; earliest first within each.

    A filing stands in one suggestion at most: a person looks at each of them.
    """
    everything = sorted(filings, key=lambda one: (one.window, one.filing))
    same = [*_at_one_enterprise(everything, within_days)]
    taken = {one.filing for suggestion in same for one in suggestion.filings}
    rest = [one for one in everything if one.filing not in taken and one.street]
    streets = [*_in_one_street(rest)]
    return tuple(sorted(same, key=_when) + sorted(streets, key=_when))


def _when(one: Suggestion) -> tuple[Window, str]:
    return one.window, one.place


def _at_one_enterprise(filings: Sequence[OpenFiling], within_days: int) -> Iterator[Suggestion]:
    groups: dict[tuple[str, bool], list[OpenFiling]] = defaultdict(list)
    for one in filings:
        groups[one.enterprise, one.purpose.may_find].append(one)
    for (uscc, _), group in groups.items():
        for cluster in _clusters(group, within_days):
            if len({one.lead for one in cluster}) >= _LEAST_DEPARTMENTS:
                yield Suggestion(Ground.SAME_ENTERPRISE, uscc, _common(cluster), tuple(cluster))


def _clusters(group: Sequence[OpenFiling], within_days: int) -> Iterator[list[OpenFiling]]:
    """In the order of their first days, of two departments at least; each is near enough to all others of its cluster.

    Another department's is sought first: else one's own two might keep away the only one that could come too.
    """
    left = list(group)
    while left:
        first, rest = left[0], left[1:]
        near = [one for one in rest if days_apart(first.window, one.window) <= within_days]
        partner = next((one for one in near if one.lead != first.lead), None)
        if partner is None:
            left = rest
            continue
        cluster = [first, partner]
        for one in near:
            if one is not partner and all(days_apart(one.window, other.window) <= within_days for other in cluster):
                cluster.append(one)
        yield sorted(cluster, key=lambda one: (one.window, one.filing))
        left = [one for one in rest if one not in cluster]


def _common(cluster: Sequence[OpenFiling]) -> Window:
    first, last = max(one.window[0] for one in cluster), min(one.window[1] for one in cluster)
    if first <= last:
        return first, last
    return min(one.window[0] for one in cluster), max(one.window[1] for one in cluster)


def _in_one_street(filings: Sequence[OpenFiling]) -> Iterator[Suggestion]:
    streets: dict[tuple[str, bool], list[OpenFiling]] = defaultdict(list)
    for one in filings:
        streets[one.street, one.purpose.may_find].append(one)
    for (street, _), group in streets.items():
        left = group
        while (day := _best_day(left)) is not None:
            together = [one for one in left if one.window[0] <= day <= one.window[1]]
            yield Suggestion(Ground.SAME_STREET, street, (day, day), tuple(together))
            taken = {one.filing for one in together}
            left = [one for one in left if one.filing not in taken]


def _best_day(filings: Sequence[OpenFiling]) -> date | None:
    """The day on which most departments could come, the earliest of several; null where never two could."""
    found: dict[date, set[str]] = defaultdict(set)
    visits: Counter[date] = Counter()
    for one in filings:
        length = min((one.window[1] - one.window[0]).days, LONGEST_WINDOW_DAYS)
        for n in range(length + 1):
            day = one.window[0] + timedelta(days=n)
            found[day].add(one.lead)
            visits[day] += 1
    best = max(found, key=lambda day: (len(found[day]), visits[day], -day.toordinal()), default=None)
    return best if best is not None and len(found[best]) >= _LEAST_DEPARTMENTS else None
