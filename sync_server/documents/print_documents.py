"""A visit's documents by typst: the on-site record, a letter, a guidance slip. What is printed comes from the log."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import qrcode
import typst
from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.svg import SvgPathImage

from shared_models.commitment import Commitment, Finding, LetterRefused, LetterSigned, Signed
from shared_models.copy_code import Copied, Copy, copy_text
from shared_models.signature import HEIGHT, WIDTH
from shared_models.visit import Guidance, LegalEducation, Need, Photo, VisitClosed
from sync_server.county import County
from sync_server.errors import NotFoundError
from sync_server.pages.printed_text import font_folder, has_codes, printed
from sync_server.pages.times import shown_datetime, shown_instant
from sync_server.supervision.shown_visit import Presence, ShownPerson, ShownRecord, ShownVisit
from sync_server.texts import Say
from sync_server.texts.visit_documents import DOCUMENT

TEMPLATE = Path(__file__).parent / "visit.typ"
_FONT = "Noto Sans CJK TC"
_MOST = 6_000
Rows = Iterator[tuple[str, str]]
Made = Literal["pdf", "png"]
LETTERS = ("letter_signed", "letter_refused")


def print_record(county: County, visit: ShownVisit, made: Made = "pdf") -> list[bytes]:
    """现场检查笔录. Raises NotFoundError for a visit whose opening has not arrived."""
    opening = _opening_record(visit)
    hands = [
        _blank(DOCUMENT["party"], ""),
        *(_person_blank(one) for one in visit.people[:4]),
        _blank(DOCUMENT["witness"], ""),
    ]
    parts = [_part("situation", _findings(visit)), _part("advised", _advised(visit)), _part("needs", _needs(visit))]
    data = {
        "title": DOCUMENT["record"],
        "number": DOCUMENT["visit_number"].format(visit=visit.visit),
        "rows": list(_record_rows(visit)),
        "parts": [part for part in parts if part["lines"]],
        "pictures": list(_pictures(visit)),
        "hands": hands,
    }
    return _compile(county, Copy(Copied.VISIT, bytes.fromhex(opening.id), ""), opening, data, made)


def print_letter(county: County, visit: ShownVisit, record: str, made: Made = "pdf") -> list[bytes]:
    """承诺书, signed or refused. Raises NotFoundError."""
    found = next((one for one in visit.records if one.id == record and one.kind in LETTERS and one.body), None)
    if found is None or found.is_disguised:
        raise NotFoundError("letter", record)
    body: LetterSigned | LetterRefused = found.body
    is_refused = isinstance(body, LetterRefused)
    data = {
        "title": DOCUMENT["letter_refused" if is_refused else "letter"],
        "number": DOCUMENT["number"].format(number=_plain(body.letter.number)),
        "state": Say("zh").term(found.letter_state or ""),
        "rows": list(_letter_rows(visit, body)),
        "hands": list(_hands(body)),
    }
    return _compile(county, Copy(Copied.LETTER, bytes.fromhex(found.id), ""), found, data, made)


def print_slip(county: County, visit: ShownVisit, made: Made = "pdf") -> list[bytes]:
    """指导单. Raises NotFoundError where nothing was advised."""
    opening, advised = _opening_record(visit), list(_advised(visit))
    if not advised:
        raise NotFoundError("slip", visit.visit)
    data = {
        "title": DOCUMENT["slip"],
        "number": DOCUMENT["visit_number"].format(visit=visit.visit),
        "rows": list(_who(visit)),
        "parts": [_part("advised", iter(advised)), {"title": "", "lines": [DOCUMENT["slip_note"]], "numbered": False}],
    }
    return _compile(county, Copy(Copied.GUIDANCE, bytes.fromhex(opening.id), ""), opening, data, made)


def _opening_record(visit: ShownVisit) -> ShownRecord:
    found = next((one for one in visit.records if one.kind == "visit_opened" and one.body is not None), None)
    if found is None or visit.opening is None:
        raise NotFoundError("visit", visit.visit)
    return found


# -- Rows


def _who(visit: ShownVisit) -> Rows:
    opening = visit.opening
    if opening is None:
        return
    name = visit.enterprise.name if visit.enterprise else opening.enterprise_name
    yield DOCUMENT["enterprise"], f"{_plain(name)}\n{_plain(opening.enterprise)}"
    if visit.enterprise and visit.enterprise.address:
        yield DOCUMENT["place"], _plain(visit.enterprise.address)
    closed = next((one.at for one in visit.records if one.kind == "visit_closed" and one.body is not None), None)
    first = shown_instant(visit.at or 0, seconds=False)
    last = "" if closed is None else shown_instant(closed, seconds=False)
    yield DOCUMENT["time"], DOCUMENT["time_text" if last else "time_open"].format(first=first, last=last)
    yield DOCUMENT["authority"], "、".join(_plain(one.name) for one in visit.departments)
    yield DOCUMENT["people"], "\n".join(_person(one) for one in visit.people)
    yield DOCUMENT["purpose"], Say("zh").term(opening.purpose.value)


def _record_rows(visit: ShownVisit) -> Rows:
    say, opening = Say("zh"), visit.opening
    if opening is None:
        return
    yield from _who(visit)
    yield DOCUMENT["assistants"], DOCUMENT["assistants_text"].format(n=opening.assistants)
    yield DOCUMENT["presence"], "、".join(f"{_plain(one.companion.name)} {_presence(say, one)}" for one in visit.people)
    yield DOCUMENT["filing"], _plain(opening.verdict.filing or DOCUMENT["none"])
    if visit.filing is not None:
        yield DOCUMENT["items"], _plain("；".join(visit.filing.items))
        yield DOCUMENT["basis"], _plain(visit.filing.basis)
    for one in visit.exceptions:
        yield (
            DOCUMENT["exception"],
            _plain(f"{say.term(one.reason)} · {one.note} · {one.proof} · {say.term(one.state or '')}"),
        )
    yield DOCUMENT["verdict"], say.term(opening.verdict.verdict.value)
    authority = "、".join(_plain(one.name) for one in visit.departments)
    yield DOCUMENT["shown_card"], DOCUMENT["shown_card_text"].format(authority=authority)
    recorder = next((one for one in visit.people if one.presence is Presence.AUTHOR), None)
    yield DOCUMENT["recorder"], _plain(recorder.companion.name) if recorder else DOCUMENT["none"]
    closed = next((one.body for one in visit.records if isinstance(one.body, VisitClosed)), None)
    if closed is not None and closed.note:
        yield DOCUMENT["note"], _plain(closed.note)


def _letter_rows(visit: ShownVisit, body: LetterSigned | LetterRefused) -> Rows:
    letter = body.letter
    name = visit.enterprise.name if visit.enterprise else letter.enterprise_name
    yield DOCUMENT["enterprise"], f"{_plain(name)}\n{_plain(letter.enterprise)}"
    person = letter.on_site
    yield DOCUMENT["on_site"], _plain(" · ".join(part for part in (person.name, person.role, person.phone) if part))
    if letter.filing:
        yield DOCUMENT["filing"], _plain(letter.filing)
    yield DOCUMENT["facts"], _plain(letter.facts)
    yield DOCUMENT["provision"], _plain(f"{letter.provision_name}\n{letter.provision_text}")
    yield DOCUMENT["applies"], Say("zh").clause(letter.basis)
    yield DOCUMENT["conditions"], " · ".join(f"✓ {one}" for one in _conditions(letter))
    if letter.education:
        yield DOCUMENT["education"], _plain(letter.education)
    yield DOCUMENT["measure"], _plain(letter.measure)
    yield DOCUMENT["due"], letter.due.isoformat()
    if letter.recheck:
        yield DOCUMENT["recheck"], letter.recheck.isoformat()
    yield DOCUMENT["consequences"], _plain(letter.consequences)
    yield DOCUMENT["statement"], _plain(letter.statement)
    yield DOCUMENT["needs_law"], "、".join(Say("zh")(f"need_{need}") for need in letter.outcome.needs)
    if isinstance(body, LetterRefused):
        yield DOCUMENT["signing"], DOCUMENT["refused"].format(reason=_plain(body.reason))
        yield DOCUMENT["witness"], _plain(body.witness)


def _conditions(letter: Commitment) -> Iterator[str]:
    facts = letter.leniency
    yield DOCUMENT["minor" if facts.minor else "not_minor"]
    yield DOCUMENT[f"harm_{facts.harm.value}"]
    yield DOCUMENT[f"first_{str(facts.first_offence).lower()}"]
    yield DOCUMENT[facts.correction.value]


# -- Parts


def _part(title: str, lines: Iterator[str]) -> dict[str, Any]:
    return {"title": DOCUMENT[title], "lines": list(lines), "numbered": True}


def _findings(visit: ShownVisit) -> Iterator[str]:
    for one in visit.records:
        found = one.body
        if isinstance(found, Finding) and not one.is_disguised:
            words = DOCUMENT["finding" if found.where else "finding_plain"]
            provision = _plain(found.provision_name or DOCUMENT["none"])
            yield words.format(what=_plain(found.what), where=_plain(found.where), provision=provision)


def _advised(visit: ShownVisit) -> Iterator[str]:
    for one in visit.records:
        if isinstance(one.body, Guidance):
            yield f"{DOCUMENT['advice']}：{_plain(one.body.text)}"
        elif isinstance(one.body, LegalEducation):
            yield f"{DOCUMENT['law']}：{_plain(one.body.provision)} {_plain(one.body.text)}"


def _needs(visit: ShownVisit) -> Iterator[str]:
    for one in visit.records:
        if isinstance(one.body, Need):
            yield _plain(" · ".join(part for part in (one.body.text, one.body.contact) if part))


def _pictures(visit: ShownVisit) -> Iterator[str]:
    photos = (one.body for one in visit.records if isinstance(one.body, Photo))
    for n, photo in enumerate(photos, start=1):
        yield DOCUMENT["photo"].format(n=n, caption=_plain(photo.caption), hash=photo.sha256.hex()[:16])


# -- Hands


def _hands(body: LetterSigned | LetterRefused) -> Iterator[dict[str, str]]:
    if isinstance(body, LetterSigned):
        yield _hand(DOCUMENT["on_site"], body.on_site)
    elif body.witnessed is not None:
        yield _hand(DOCUMENT["witness"], body.witnessed)
    for one in body.officers:
        yield _hand(DOCUMENT["officer"], one)


def _hand(role: str, one: Signed) -> dict[str, str]:
    """The path was checked when it was read: strokes of numbers, and nothing else."""
    path = f'<path d="{one.path}" fill="none" stroke="#10233f" stroke-width="7" stroke-linecap="round"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">{path}</svg>'
    return {"role": role, "name": _plain(one.name), "licence": _plain(one.licence or ""), "svg": svg}


def _blank(role: str, name: str, licence: str = "") -> dict[str, str]:
    return {"role": role, "name": name, "licence": licence, "svg": ""}


def _person_blank(one: ShownPerson) -> dict[str, str]:
    return _blank(DOCUMENT["officer"], _plain(one.companion.name), _plain(one.companion.licence or ""))


def _person(one: ShownPerson) -> str:
    who = one.companion
    words = DOCUMENT["person" if who.licence else "person_plain"]
    return words.format(name=_plain(who.name), department=_plain(one.department), licence=_plain(who.licence or ""))


def _presence(say: Say, one: ShownPerson) -> str:
    return say("person_author") if one.presence is Presence.AUTHOR else say.term(one.presence.value)


# -- On paper


def _compile(county: County, copy: Copy, record: ShownRecord, data: dict[str, Any], made: Made) -> list[bytes]:
    settings = county.settings
    whole = {
        "state": "",
        "parts": [],
        "pictures": [],
        "hands": [],
        **data,
        "font": _FONT,
        "county": settings.county_name,
        "code": _code(copy_text(settings.public_host, copy)),
        "code_label": DOCUMENT["code"],
        "pictures_title": DOCUMENT["photos"],
        "footer": DOCUMENT["footer"].format(county=settings.county_name, at=shown_datetime(county.clock.now())),
        "proof": DOCUMENT["proof"].format(id=record.id, index=record.index, received=shown_instant(record.received_at)),
    }
    text = json.dumps(whole, ensure_ascii=False)
    if has_codes(text):
        text = json.dumps(whole | {"proof": f"{whole['proof']}\n{DOCUMENT['codes']}"}, ensure_ascii=False)
    printed: Any = typst.compile(
        str(TEMPLATE),
        format=made,
        ppi=110,
        font_paths=[str(font_folder())],
        ignore_system_fonts=True,
        sys_inputs={"data": text},
    )
    return list(printed) if isinstance(printed, list) else [printed]


def _code(text: str) -> str:
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=2)
    code.add_data(text)
    out = io.BytesIO()
    code.make_image(image_factory=SvgPathImage).save(out)
    return out.getvalue().decode("utf-8")


def _plain(text: str) -> str:
    """Never longer than a few pages."""
    return printed(text, _MOST, lines=True)
