"""What was judged earlier, on the registry as it stands when it is kept: what a table does not say stays as it is then.

A licence that was revoked after the preview is not given back, a gate that was voided is not opened again.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields, replace
from typing import Any

from shared_models.enterprise import Enterprise
from shared_models.people import Person
from sync_server.registry.contacts import Contact

_ACTS_OF_THEIR_OWN = frozenset({"gates", "revoked", "portrait"})


def as_of_now(judged: Any, said: Collection[str], now: Any) -> Any:
    """`said`: the columns of the row; `now` is null for one that the registry lacks."""
    if now is None:
        return judged
    taken = _names(judged, said) - _ACTS_OF_THEIR_OWN
    if isinstance(judged, Person) and judged.department != now.department:
        taken -= {"department", "unit"}  # a transfer is made by hand
    made = replace(now, **{name: getattr(judged, name) for name in taken})
    if isinstance(judged, Enterprise):
        known = {gate.no for gate in now.gates}
        made = replace(made, gates=(*now.gates, *(gate for gate in judged.gates if gate.no not in known)))
    return made


def contact_as_of_now(judged: Contact, said: Collection[str], now: Contact | None) -> Contact:
    return replace(now or Contact(), **{name: getattr(judged, name) for name in _names(judged, said)})


def _names(judged: Any, said: Collection[str]) -> set[str]:
    return {one.name for one in fields(judged)} & set(said)
