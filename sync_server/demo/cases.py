"""Cases of the past weeks: grave findings that no letter could spare, and how the desks took them from there."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from shared_models.calendar import SHANGHAI
from shared_models.case import (
    CaseFacts,
    CollectiveDecision,
    DecisionKind,
    DiscretionStandard,
    LegalReview,
    Step,
    StepDone,
)
from shared_models.case_acts import CaseGround, HardshipEvidence
from shared_models.commitment import Finding
from shared_models.instalments import Instalment, Settling
from shared_models.leniency import Correction, Harm, LeniencyFacts
from shared_models.visit import VisitClosed
from sync_server.accounts.account import Account
from sync_server.accounts.read_accounts import find_account
from sync_server.cases.answer_deferral import answer_deferral
from sync_server.cases.ask_deferral import ask_deferral
from sync_server.cases.decide_case import decide_case
from sync_server.cases.fill_step import fill_step
from sync_server.cases.name_reviewer import name_reviewer
from sync_server.cases.open_case import NewCase, open_case
from sync_server.cases.serve_decision import serve_decision
from sync_server.cases.settle_instalment import settle_instalment
from sync_server.county import County
from sync_server.demo.case_stories import CastCase, Stage, cast_cases
from sync_server.demo.county import DemoCounty
from sync_server.demo.history import Event, HistoryPhones
from sync_server.demo.provisions import PROVISIONS

_PROVISIONS = {one.id: one for one in PROVISIONS}
_GRAVE = CaseFacts(
    LeniencyFacts(
        serious=True,
        minor=False,
        harm=Harm.SERIOUS,
        first_offence=None,
        correction=Correction.REFUSED,
        fault_disproved=False,
    )
)
_STANDARDS = {"market": "浙江省市场监督管理行政处罚裁量基准", "fire": "浙江省消防救援机构行政处罚裁量基准"}
_HEADS = ("陈立", "林晓", "周岚", "吴诚")
_PARTS, _DUE_AFTER = 3, (14, 30, 75)
_DISCUSSED, _SERVED, _ASKED = 7, 9, 10
"""Days after the visit."""
Act = Callable[[County], None]


class CaseEvents:
    def __init__(self, demo: DemoCounty, history: HistoryPhones, seed: int) -> None:
        self._demo = demo
        self._history = history
        self._seed = seed
        self._numbers: dict[int, str] = {}
        self._findings: dict[int, bytes] = {}

    def events(self) -> list[Event]:
        made: list[Event] = []
        for one in cast_cases(self._demo):
            at = datetime.combine(one.day, time(9, 10 + one.number), SHANGHAI)
            made.append((at, self._visit(one)))
            made.append((at + timedelta(minutes=55), self._history.arrival(one.officers[0])))
            for days, hour, act in self._after(one):
                moment = datetime.combine(one.day + timedelta(days=days), time(hour, one.number), SHANGHAI)
                made.append((moment, act))
        return made

    def _visit(self, one: CastCase) -> Act:
        def act(county: County) -> None:
            phone = self._history.phone_of(county, one.officers[0])
            body, seen = self._history.at_gate(county, phone, one.uscc, one.officers)
            if not body.verdict.verdict.may_enter:
                raise ValueError(f"case {one.number}: the gate says {body.verdict}")
            at = county.clock.now()
            visit = hashlib.sha256(f"{self._seed}/case/{one.number}".encode()).digest()[:16]
            provision = _PROVISIONS[one.story.provision]
            finding = Finding(
                enterprise=one.uscc,
                what=one.story.what,
                where="生产车间",
                provision=provision.id,
                provision_name=provision.name,
                provision_text=provision.text,
                field=provision.field,
            )
            phone.write("visit_opened", body, visit, at, seen)
            phone.write("finding_noted", finding, visit, at + timedelta(minutes=18), seen)
            self._findings[one.number] = phone.head or b""
            phone.write("visit_closed", VisitClosed(), visit, at + timedelta(minutes=48), seen)

        return act

    def _after(self, one: CastCase) -> list[tuple[int, int, Act]]:
        """Days after the visit and hour; as far as the story has come."""
        ways: list[tuple[Stage, int, int, Act]] = [
            (Stage.OPENED, 1, 9, self._opens(one)),
            (Stage.REVIEWED, 3, 10, self._standard(one)),
            (Stage.REVIEWED, 3, 11, self._names_reviewer(one)),
            (Stage.WHOLE, 5, 10, self._reviews(one)),
            (Stage.WHOLE, _DISCUSSED, 15, self._discusses(one)),
            (Stage.DECIDED, 8, 10, self._decides(one)),
            (Stage.SERVED, _SERVED, 10, self._serves(one)),
            (Stage.ASKED, _ASKED, 10, self._asks(one)),
            (Stage.GRANTED, 11, 10, self._grants(one)),
        ]
        made = [(days, hour, act) for stage, days, hour, act in ways if stage <= one.story.stage]
        if one.story.stage is Stage.GRANTED:
            made.append((30, 14, self._pays(one, 1)))  # six days late; the second is late on the demo's day
        elif one.story.stage is Stage.PAID:
            made += [(11 + part, 14, self._pays(one, part)) for part in range(1, _PARTS + 1)]
        return made

    def _opens(self, one: CastCase) -> Act:
        def act(county: County) -> None:
            new = NewCase(
                department=one.story.department,
                enterprise=one.uscc,
                field=_PROVISIONS[one.story.provision].field,
                ground=CaseGround.FINDING,
                record=self._findings[one.number],
                what=one.story.what,
                facts=_GRAVE,
                handlers=one.officers,
            )
            self._numbers[one.number] = open_case(county, _who(county, one, "clerk").name, new)

        return act

    def _standard(self, one: CastCase) -> Act:
        standard = DiscretionStandard(_STANDARDS[one.story.department], "从重处罚情形第二项", "拒不改正，危害后果严重")
        done = StepDone(Step.DISCRETION_STANDARD, standard=standard)
        return lambda county: fill_step(county, _who(county, one, "clerk"), self._numbers[one.number], done)

    def _names_reviewer(self, one: CastCase) -> Act:
        reviewer = f"{one.story.department}-law"
        return lambda county: name_reviewer(county, _who(county, one, "head"), self._numbers[one.number], reviewer)

    def _reviews(self, one: CastCase) -> Act:
        review = LegalReview("-", "事实清楚，证据确凿，适用依据正确，程序合法，同意提交集体讨论。", passed=True)
        done = StepDone(Step.LEGAL_REVIEW, review=review)
        return lambda county: fill_step(county, _who(county, one, "law"), self._numbers[one.number], done)

    def _discusses(self, one: CastCase) -> Act:
        on = one.day + timedelta(days=_DISCUSSED)
        discussion = CollectiveDecision(_HEADS, on, "一致同意按裁量基准从重处罚，并责令限期改正。")
        done = StepDone(Step.COLLECTIVE_DECISION, discussion=discussion)
        return lambda county: fill_step(county, _who(county, one, "clerk"), self._numbers[one.number], done)

    def _decides(self, one: CastCase) -> Act:
        def act(county: County) -> None:
            reason = "违法事实清楚，危害后果严重，经法制审核和集体讨论决定。"
            head, number = _who(county, one, "head"), self._numbers[one.number]
            decide_case(county, head, number, DecisionKind.PENALTY, reason, fine=one.story.fine * 100)

        return act

    def _serves(self, one: CastCase) -> Act:
        on = one.day + timedelta(days=_SERVED)
        return lambda county: serve_decision(
            county, _who(county, one, "clerk"), self._numbers[one.number], on, "直接送达"
        )

    def _asks(self, one: CastCase) -> Act:
        evidence = (HardshipEvidence("近三个月财务报表和银行流水，账户余额不足以一次缴清"),)
        words = "订单减少，资金周转困难，申请分三期缴纳。"
        schedule = _thirds(one.story.fine * 100, one.day + timedelta(days=_ASKED))
        return lambda county: ask_deferral(
            county, _who(county, one, "clerk"), self._numbers[one.number], "厂长助理王海", words, evidence, schedule
        )

    def _grants(self, one: CastCase) -> Act:
        return lambda county: answer_deferral(
            county, _who(county, one, "head"), self._numbers[one.number], "情况属实，同意分期缴纳。", granted=True
        )

    def _pays(self, one: CastCase, part: int) -> Act:
        def act(county: County) -> None:
            today = county.clock.now().astimezone(SHANGHAI).date()
            reference = f"浙财缴 {today:%m%d}{one.number}{part}"
            clerk, number = _who(county, one, "clerk"), self._numbers[one.number]
            settle_instalment(county, clerk, number, part, Settling.PAID, today, reference)

        return act


def _who(county: County, one: CastCase, role: str) -> Account:
    return find_account(county, f"{one.story.department}-{role}")


def _thirds(fine: int, asked_on: date) -> tuple[Instalment, ...]:
    each = fine // _PARTS
    return tuple(
        Instalment(each if part < _PARTS else fine - each * (_PARTS - 1), asked_on + timedelta(days=days))
        for part, days in zip(range(1, _PARTS + 1), _DUE_AFTER, strict=True)
    )
