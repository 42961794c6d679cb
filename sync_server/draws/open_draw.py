"""Fix pool, weights and rule as a record, and say which public value will decide."""

from __future__ import annotations

import hashlib
import secrets

from shared_models.draw import DrawOpened, Pool, check_pool, pool_bytes
from shared_models.errors import BadlyFormedError
from shared_models.people import Person
from sync_server.clock import milliseconds
from sync_server.county import County
from sync_server.log.writing import Writing, writing
from sync_server.registry.judge import RefusedFieldsError

LONGEST = 200
_LATEST_MS = 92 * 24 * 3600 * 1000


def open_draw(county: County, account: str, title: str, department: str, pool: Pool, source: str, due: int) -> str:
    """The draw's id. Raises RefusedFieldsError for what is not registered, due already, or fits no draw."""
    problems = {
        name: "empty" if not text.strip() else "too_long"
        for name, text in (("title", title), ("source", source))
        if not text.strip() or len(text) > LONGEST or not text.isprintable()
    }
    try:
        check_pool(pool)
    except BadlyFormedError as err:
        problems.setdefault(err.where, f"draw_{err.where}")
    data = pool_bytes(pool)
    key = secrets.token_hex(8)
    with writing(county) as tx:
        problems |= _unknown(tx, department, pool)
        if not milliseconds(tx.now) < due <= milliseconds(tx.now) + _LATEST_MS:
            problems["due"] = "draw_due"
        if problems:
            raise RefusedFieldsError(problems)
        sha256 = hashlib.sha256(data).digest()
        county.blobs.put(sha256, data)
        tx.append_act(account, DrawOpened(key, title, department, sha256, source, due))
    return key


def _unknown(tx: Writing, department: str, pool: Pool) -> dict[str, str]:
    """Only what the registry knows may be drawn, and only officers whose licence stands."""
    problems: dict[str, str] = {}
    if "\x00" in department or tx.facts.get("department", department) is None:
        problems["department"] = "not_registered"
    usccs = [one.id for one in pool.enterprises]
    tx.facts.prefetch("enterprise", usccs)
    if any(tx.facts.get("enterprise", uscc) is None for uscc in usccs):
        problems["enterprises"] = "not_registered"
    tx.facts.prefetch("person", [one.id for one in pool.officers])
    for officer in pool.officers:
        fact = tx.facts.get("person", officer.id)
        person = fact.load(Person) if fact else None
        if person is None or person.licence is None or person.revoked:
            problems["officers"] = "draw_no_officer"
    return problems
