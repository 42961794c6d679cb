"""Whom to ring at an enterprise, and the numbers it has in other systems.

The one part of the registry that is no record: a person's name and number must be able to be corrected and erased
(个人信息保护法 47), which the log never does. Nothing is decided by it, and phones do not get it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from sqlalchemy import Connection, delete, insert, select

from sync_server.registry.judge import Problems, refuse
from sync_server.registry.refs import refs_in
from sync_server.registry.tables import enterprise_contacts, enterprise_refs

MAX_LENGTH = 100
_MOST_OF_A_REF = 50


@dataclass(frozen=True, slots=True)
class Contact:
    person: str = ""
    phone: str = ""
    liaison: str = ""
    credit_class: str = ""
    risk: str = ""
    external_refs: str = ""

    @property
    def is_blank(self) -> bool:
        return not any(getattr(self, one.name) for one in fields(self))


def judge_contact(contact: Contact) -> Problems:
    return {name: "too_long" for name, text in _values(contact).items() if len(text) > MAX_LENGTH}


def keep_contacts_in(connection: Connection, account: str, now: int, contacts: Mapping[str, Contact]) -> None:
    """`now` in milliseconds. A blank one takes away what was there. Raises RefusedFieldsError."""
    rows, refs = [], []
    for uscc, contact in contacts.items():
        refuse(judge_contact(contact))
        if not contact.is_blank:
            encoded = {name: text.encode() for name, text in _values(contact).items()}
            rows.append({"uscc": uscc, **encoded, "kept_by": account, "kept_at": now})
            refs += [{"ref": ref, "uscc": uscc} for ref in refs_in(contact.external_refs)]
    keys = list(contacts)
    for start in range(0, len(keys), 500):
        some = keys[start : start + 500]
        for table in (enterprise_contacts, enterprise_refs):
            connection.execute(delete(table).where(table.c.uscc.in_(some)))
    for table, made in ((enterprise_contacts, rows), (enterprise_refs, refs)):
        if made:
            connection.execute(insert(table), made)


def _values(contact: Contact) -> dict[str, str]:
    return {one.name: getattr(contact, one.name) for one in fields(contact)}


def enterprises_of_ref(connection: Connection, ref: str) -> tuple[str, ...]:
    """The codes of those that another system knows by this number (`folded_ref`)."""
    query = select(enterprise_refs.c.uscc).where(enterprise_refs.c.ref == ref).order_by(enterprise_refs.c.uscc)
    return tuple(connection.execute(query.limit(_MOST_OF_A_REF)).scalars()) if ref else ()


def contact_of(connection: Connection, uscc: str) -> Contact:
    return contacts_of(connection, [uscc]).get(uscc, Contact())


def contacts_of(connection: Connection, usccs: list[str] | None = None) -> dict[str, Contact]:
    """Of these enterprises, or of all."""
    query = select(enterprise_contacts)
    if usccs is not None:
        query = query.where(enterprise_contacts.c.uscc.in_(usccs))
    names = [one.name for one in fields(Contact)]
    return {
        row.uscc: Contact(**{name: getattr(row, name).decode() for name in names}) for row in connection.execute(query)
    }
