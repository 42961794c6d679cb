"""SQLite and PostgreSQL keep cases alike: their whole life, the list by pages, the views made again."""

from __future__ import annotations

from datetime import timedelta

from shared_models.case import CaseFacts
from shared_models.instalments import Settling
from sync_server.cases.answer_deferral import answer_deferral
from sync_server.cases.ask_deferral import ask_deferral
from sync_server.cases.list_cases import PAGE_SIZE, CaseWish, list_cases
from sync_server.cases.open_case import open_case
from sync_server.cases.register import CaseState
from sync_server.cases.settle_instalment import settle_instalment
from sync_server.county import County
from sync_server.log.rebuild_views import rebuild_views
from tests.cases.test_paying import LOSS, THREE
from tests.cases.town import CLERK, HEAD, OTHER, REVIEWER, broken_letter, entry_of, fined, grave, new_case, who
from tests.server.towns import TODAY, later


def numbers(county: County, name: str, **wish: str) -> list[str]:
    return [one.number for one in list_cases(county, who(name), CaseWish(**wish)).cases]


def test_a_case_lives_and_is_listed_alike_on_both_engines(anywhere: County) -> None:
    number = fined(anywhere)
    ask_deferral(anywhere, who(CLERK), number, "王厂长", "分三期", LOSS, THREE)
    answer_deferral(anywhere, who(HEAD), number, "属实", granted=True)
    later(anywhere, days=31)
    assert [one.is_late for one in list_cases(anywhere, who(CLERK), CaseWish()).cases] == [True]
    for part in (1, 2, 3):
        settle_instalment(anywhere, who(CLERK), number, part, Settling.PAID, TODAY + timedelta(days=31), f"00{part}")
    assert entry_of(anywhere, number).state is CaseState.CLOSED
    assert numbers(anywhere, REVIEWER) == numbers(anywhere, HEAD, state="closed") == [number]
    assert numbers(anywhere, OTHER) == numbers(anywhere, CLERK, state="open") == []
    assert not rebuild_views(anywhere).differences


def test_the_list_goes_on_from_the_last_case_of_a_page(anywhere: County) -> None:
    made = []
    for n in range(PAGE_SIZE + 2):
        letter = broken_letter(anywhere, visit=b"letter-visit-%03d" % n)
        made.append(open_case(anywhere, CLERK, new_case(anywhere, letter, facts=CaseFacts(grave()))))
    first = list_cases(anywhere, who(CLERK), CaseWish())
    assert [one.number for one in first.cases] == made[:1:-1]
    assert numbers(anywhere, CLERK, after=first.next) == made[1::-1]
    assert numbers(anywhere, CLERK, after="AJ0") == made[:1:-1]
