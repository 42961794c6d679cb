"""Findings and letters of the past weeks, written by officers' phones, and what enterprise and desk said to them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from math import sin

from shared_models.calendar import SHANGHAI
from shared_models.commitment import Commitment, Finding, LetterSigned, PersonOnSite, Provision, Signed
from shared_models.corrections import CorrectionWord, ObjectionWord
from shared_models.leniency import Correction, Harm, LeniencyFacts, spare
from shared_models.record import Seen
from shared_models.signature import path_of
from shared_models.visit import LegalEducation, Photo, VisitClosed
from sync_server.county import County
from sync_server.demo.county import DemoCounty
from sync_server.demo.history import Event, HistoryPhones, Phone
from sync_server.demo.letter_stories import CastStory, Ending, cast_stories
from sync_server.demo.provisions import PROVISIONS
from sync_server.demo.scenes import SIZE, draw_scene
from sync_server.letters.answer_correction import answer_correction
from sync_server.letters.answer_letter import answer_letter
from sync_server.letters.answer_objection import answer_objection
from sync_server.letters.break_promise import CaseWish, break_promise
from sync_server.letters.plan_follow_up import plan_follow_up
from sync_server.letters.show_correction import show_correction

_PROVISIONS = {one.id: one for one in PROVISIONS}
_WHO = (("周敏", "车间主任"), ("吴建", "安全员"), ("郑丽", "行政主管"), ("王海", "厂长助理"))
_CONSEQUENCES = "逾期不改正或者再次违法的，依法立案查处。"
_STATEMENT = "以上内容属实，自愿承诺按期改正，今后不再发生。"
Act = Callable[[County], None]


class LetterEvents:
    def __init__(self, demo: DemoCounty, history: HistoryPhones, seed: int) -> None:
        self._demo = demo
        self._history = history
        self._seed = seed
        self._letters: dict[int, bytes] = {}

    def events(self) -> list[Event]:
        made: list[Event] = []
        for one in cast_stories(self._demo):
            at = datetime.combine(one.day, time(9 + one.number % 7, 5 + one.number), SHANGHAI)
            made.append((at, self._visit(one)))
            made.append((at + timedelta(minutes=55), self._history.arrival(one.officers[0])))
            made += [
                (datetime.combine(day, time(hour, one.number), SHANGHAI), act) for day, hour, act in self._after(one)
            ]
        return made

    def _visit(self, one: CastStory) -> Act:
        def act(county: County) -> None:
            phone = self._history.phone_of(county, one.officers[0])
            body, seen = self._history.at_gate(county, phone, one.uscc, one.officers)
            if not body.verdict.verdict.may_enter:
                raise ValueError(f"story {one.number}: the gate says {body.verdict}")
            at, visit = county.clock.now(), self._visit_id(one)
            phone.write("visit_opened", body, visit, at, seen)
            self._inside(county, phone, one, seen)

        return act

    def _inside(self, county: County, phone: Phone, one: CastStory, seen: Seen) -> None:
        visit, at = self._visit_id(one), county.clock.now()
        provision = _PROVISIONS[one.story.provision]
        picture = draw_scene(one.story.provision, self._seed + one.number, is_right=False)
        sha256 = hashlib.sha256(picture).digest()
        county.blobs.put(sha256, picture)
        photo = Photo(sha256, len(picture), *SIZE, caption=provision.fact)
        phone.write("photo_taken", photo, visit, at + timedelta(minutes=12), seen)
        phone.write("finding_noted", _finding(one, provision, sha256), visit, at + timedelta(minutes=15), seen)
        if one.story.has_letter:
            number = f"CN{one.day:%Y%m%d}-{visit.hex()[:6].upper()}-1"
            letter = _letter(one, provision, number, phone.head or b"", self._history.enterprise_name(one.uscc))
            people = tuple(_hand(self._history.name_of(officer), officer) for officer in one.officers)
            signed = LetterSigned(letter, _hand(letter.on_site.name, None), people)
            phone.write("letter_signed", signed, visit, at + timedelta(minutes=32), seen)
            self._letters[one.number] = phone.head or b""
        taught = LegalEducation(provision.text, provision.name)
        phone.write("law_taught", taught, visit, at + timedelta(minutes=38), seen)
        phone.write("visit_closed", VisitClosed(), visit, at + timedelta(minutes=48), seen)

    def _visit_id(self, one: CastStory) -> bytes:
        return hashlib.sha256(f"{self._seed}/letter/{one.number}".encode()).digest()[:16]

    def _after(self, one: CastStory) -> list[tuple[date, int, Act]]:
        """What was said to the letter, on which day and at which hour."""
        clerk, head = f"{one.story.department}-clerk", f"{one.story.department}-head"
        day, ending = one.day, one.story.ending
        shown, answered = day + timedelta(days=2), day + timedelta(days=3)
        new_due = self._demo.day + timedelta(days=one.story.due_in)
        photos = (shown, 16, self._shows(one))
        answers: dict[Ending, list[tuple[date, int, Act]]] = {
            Ending.NOTHING: [],
            Ending.CONFIRMED: [(day, 18, self._says(one, confirmed=True))],
            Ending.CONTESTED: [(day, 18, self._says(one, confirmed=False))],
            Ending.UNFOUNDED: [
                (day, 18, self._says(one, confirmed=False, note="灭火器上月刚送检，检验标签在瓶身背面。")),
                (answered, 17, self._answers_objection(one, head)),
            ],
            Ending.SHOWN: [photos],
            Ending.NOT_YET: [
                photos,
                (
                    self._demo.day - timedelta(days=4),
                    17,
                    self._answers(one, clerk, CorrectionWord.NOT_YET, "照片只看得到一侧，另一侧请补拍", new_due),
                ),
            ],
            Ending.ON_SITE: [
                photos,
                (answered, 17, self._answers(one, clerk, CorrectionWord.ON_SITE, "照片看不清压力表")),
            ],
            Ending.KEPT: [photos, (answered, 17, self._answers(one, head, CorrectionWord.KEPT))],
            Ending.FOLLOWED: [
                photos,
                (answered, 17, self._answers(one, head, CorrectionWord.KEPT)),
                (answered, 18, self._plans(one, clerk)),
            ],
            Ending.BROKEN: [(one.due + timedelta(days=2), 10, self._breaks(one, head))],
        }
        return answers[ending]

    def _shows(self, one: CastStory) -> Act:
        def act(county: County) -> None:
            picture = draw_scene(one.story.provision, self._seed + one.number, is_right=True)
            show_correction(county, self._letters[one.number], [picture], "已按承诺整改，请查看照片。")

        return act

    def _says(self, one: CastStory, *, confirmed: bool, note: str = "期限太短，设备要从外地运来。") -> Act:
        def act(county: County) -> None:
            answer_letter(county, self._letters[one.number], confirmed=confirmed, note="" if confirmed else note)

        return act

    def _answers_objection(self, one: CastStory, account: str) -> Act:
        def act(county: County) -> None:
            comment = "已到现场复核：压力在绿区，检验在有效期内。企业说得对，这一条不成立。"
            answer_objection(county, account, self._letters[one.number], ObjectionWord.UNFOUNDED, comment=comment)

        return act

    def _answers(
        self, one: CastStory, account: str, word: CorrectionWord, comment: str = "", due: date | None = None
    ) -> Act:
        def act(county: County) -> None:
            answer_correction(county, account, self._letters[one.number], word, comment=comment, due=due)

        return act

    def _plans(self, one: CastStory, account: str) -> Act:
        def act(county: County) -> None:
            on = self._demo.day + timedelta(days=6)
            plan_follow_up(county, account, self._letters[one.number], on, one.officers, "回访整改情况，送消防知识")

        return act

    def _breaks(self, one: CastStory, account: str) -> Act:
        def act(county: County) -> None:
            reason = "期限已过，没有整改，也没有交照片；电话催办两次。"
            break_promise(county, account, self._letters[one.number], CaseWish(reason))

        return act


def _finding(one: CastStory, provision: Provision, photo: bytes) -> Finding:
    return Finding(
        enterprise=one.uscc,
        what=provision.fact,
        where=f"{one.number % 3 + 1} 号车间",
        provision=provision.id,
        provision_name=provision.name,
        provision_text=provision.text,
        field=provision.field,
        photo=photo,
    )


def _letter(one: CastStory, provision: Provision, number: str, finding: bytes, name: str) -> Commitment:
    is_sent_back = one.story.ending is Ending.NOT_YET  # its new day is the story's
    due = one.day + timedelta(days=6) if is_sent_back else max(one.due, one.day + timedelta(days=1))
    who, role = _WHO[one.number % len(_WHO)]
    facts = LeniencyFacts(
        serious=False,
        minor=not one.story.may_only,
        harm=Harm.SLIGHT if one.story.may_only else Harm.NONE,
        first_offence=None if one.story.may_only else True,
        correction=Correction.PLEDGED,
        fault_disproved=False,
    )
    return Commitment(
        number=number,
        filing=None,
        enterprise=one.uscc,
        enterprise_name=name,
        on_site=PersonOnSite(who, role, "138****0000"),
        finding=finding,
        facts=provision.fact,
        provision_name=provision.name,
        provision_text=provision.text,
        leniency=facts,
        basis=spare(facts).basis,
        education=provision.text,
        measure=provision.measure,
        due=due,
        consequences=_CONSEQUENCES,
        statement=_STATEMENT,
        recheck=due,
    )


def _hand(name: str, officer: str | None) -> Signed:
    """A hand that differs from name to name and means nobody."""
    turn = sum(map(ord, name)) % 7
    strokes = tuple(
        tuple((90 + part * 290 + x * 12, int(200 + 90 * sin(x / (2.1 + turn / 5) + part))) for x in range(20))
        for part in range(3)
    )
    return Signed(name, path_of(strokes), officer)
