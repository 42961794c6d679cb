"""Enterprises are found in memory by parts of their names, whatever has become of them since."""

from __future__ import annotations

from collections.abc import Sequence

from shared_models.enterprise import Enterprise, EnterpriseStatus
from sync_server.county import County
from sync_server.registry.desk.enterprise_index import Codes, EnterpriseIndex
from sync_server.registry.register_enterprises import register_enterprises
from sync_server.storage.engine import reading
from tests.desks.town import CODES

TWO = CODES[:2]


def keep(county: County, *made: Enterprise) -> None:
    register_enterprises(county, "office", made)


def one(uscc: str, name: str, township: str = "昆阳镇") -> Enterprise:
    return Enterprise(uscc, EnterpriseStatus.ACTIVE, name, township)


def matching(county: County, index: EnterpriseIndex, *words: str) -> tuple[str, ...]:
    with reading(county.engine) as connection:
        return index.matching(connection, words, 300)


def part(county: County, index: EnterpriseIndex, words: Sequence[str], *, start: int = 0, order: str = "") -> Codes:
    with reading(county.engine) as connection:
        return index.part(connection, words=words, flag="active", order=order, start=start, count=2)


def test_all_words_must_be_in_it_and_one_character_is_a_word(county: County) -> None:
    keep(county, one(TWO[0], "平阳霁川皮革厂"), one(TWO[1], "平阳霁野包装厂"))
    index = EnterpriseIndex()
    assert matching(county, index, "霁") == tuple(sorted(TWO))
    assert matching(county, index, "霁", "皮革") == (TWO[0],)
    assert matching(county, index, "霁川", "包装") == ()
    assert matching(county, index, TWO[1][-6:].casefold()) == (TWO[1],)


def test_a_changed_name_is_found_and_the_old_one_is_not(county: County) -> None:
    index = EnterpriseIndex()
    keep(county, one(TWO[0], "平阳霁川皮革厂"))
    assert matching(county, index, "霁川") == (TWO[0],)
    keep(county, one(TWO[0], "平阳栩亭皮革厂"))
    assert matching(county, index, "霁川") == ()
    assert matching(county, index, "栩亭") == (TWO[0],)


def test_a_township_is_searched_in_the_register_alone(county: County) -> None:
    keep(county, one(TWO[0], "霁川厂", "顺溪镇"), one(TWO[1], "霁野厂", "麻步镇"))
    index = EnterpriseIndex()
    assert part(county, index, ["顺溪"]).shown == (TWO[0],)
    assert matching(county, index, "顺溪") == ()


def test_what_many_have_is_counted_up_to_a_number(county: County) -> None:
    keep(county, *(one(uscc, f"霁川{n:02}厂") for n, uscc in enumerate(CODES)))
    counted = part(county, EnterpriseIndex(), ["霁川"])
    assert (counted.total, counted.is_counted) == (len(CODES), True)
    index = EnterpriseIndex(most_counted=10)
    many = part(county, index, ["霁川"], order="name")
    assert (many.shown, many.total, many.is_counted) == (CODES[:2], 10, False)
    far = part(county, index, ["霁川"], order="name", start=len(CODES) - 1)
    assert (far.shown, far.total, far.is_counted) == (CODES[-1:], len(CODES), True)
