"""The off-site list as PDF, by typst: A4, with the code of its link while it may be filled in; later the answers."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import qrcode
import typst
from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.svg import SvgPathImage

from shared_models.offsite import Outcome
from sync_server.county import County
from sync_server.offsite.link import link_of
from sync_server.offsite.read_check import ShownCheck
from sync_server.offsite.register import ENTERPRISES_TURN
from sync_server.pages.printed_text import font_folder, printed
from sync_server.pages.times import shown_datetime, shown_instant
from sync_server.texts.offsite_documents import LABELS, STATES

_TEMPLATE = Path(__file__).parent / "list.typ"
_FONT = "Noto Sans CJK TC"
_MOST_TEXT = 20_000
Rows = Iterator[tuple[str, str]]


def print_list(county: County, shown: ShownCheck, *, with_link: bool = True) -> bytes:
    return print_lists(county, [shown], with_link=with_link)


def print_lists(county: County, several: Sequence[ShownCheck], *, with_link: bool = True) -> bytes:
    """One after the other, each from a new page. The link is for the enterprise, and for who hands it over."""
    data = {
        "font": _FONT,
        "county": county.settings.county_name,
        "words": {key: LABELS[key] for key in ("item", "said", "no_visit", "scan", "sign_department")},
        "lists": [_list(county, one, with_link=with_link) for one in several],
    }
    made: Any = typst.compile(
        str(_TEMPLATE),
        format="pdf",
        font_paths=[str(font_folder())],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    return bytes(made)


def _list(county: County, shown: ShownCheck, *, with_link: bool) -> dict[str, Any]:
    entry = shown.entry
    is_asked = entry.state in ENTERPRISES_TURN
    link = link_of(county, entry) if is_asked and with_link else ""
    return {
        "title": _printable(LABELS["title_answered" if shown.answer else "title"]),
        "subject": _printable(entry.form.title),
        "number": LABELS["number"].format(number=entry.form.number),
        "state": STATES[entry.state.value],
        "rows": [*_heading(shown)],
        "items": [_item(shown, number) for number in range(len(entry.form.items))],
        "answer": [*_answer(shown)],
        "code": _code(link) if link else "",
        "link": link,
        "until": LABELS["scan_by"].format(day=entry.link_until()) if link else "" if is_asked else LABELS["no_link"],
        "printed": LABELS["printed"].format(at=shown_datetime(county.clock.now()), check=entry.check),
    }


def _heading(shown: ShownCheck) -> Rows:
    entry, form = shown.entry, shown.entry.form
    yield LABELS["enterprise"], _printable(f"{shown.enterprise_name} · {form.enterprise}")
    if shown.enterprise and shown.enterprise.address:
        yield LABELS["address"], _printable(shown.enterprise.address)
    yield LABELS["department"], _printable(shown.department)
    people = (f"{one.name or one.id}（{one.licence or LABELS['no_licence']}）" for one in shown.officers)
    yield LABELS["officers"], _printable("、".join(people))
    yield LABELS["approved"], _printable(f"{form.approved_by} · {shown_instant(form.approved_at, seconds=False)}")
    if entry.state in ENTERPRISES_TURN:
        yield LABELS["due_again" if entry.reviews else "due"], entry.due.isoformat()
    if form.note:
        yield LABELS["note"], _printable(form.note)
    if form.external_refs:
        yield LABELS["external_refs"], _printable("、".join(form.external_refs))


def _item(shown: ShownCheck, number: int) -> dict[str, str]:
    item = shown.entry.form.items[number]
    below = [item.provision, LABELS["wants_photo"] if item.wants_photo else ""]
    said = LABELS["boxes"]
    if shown.answer:
        one = shown.answer.answers[number]
        photos = LABELS["photos"].format(count=len(one.photos)) if one.photos else ""
        said = "\n".join(part for part in (LABELS[one.said.value], one.note, photos) if part)
        review = shown.item_reviews.get(number)
        if review and shown.review_is_of_answer:
            said += f"\n→ {LABELS[f'review_{review.outcome.value}']} {review.text}"
    return {
        "text": _printable(item.text),
        "below": _printable(" · ".join(part for part in below if part)),
        "said": _printable(said),
    }


def _answer(shown: ShownCheck) -> Rows:
    if shown.answer and shown.answer_told:
        told, said = shown.answer_told, shown.answer
        at = LABELS["answered_at"].format(name=said.name, role=said.role, at=shown_instant(told.at, seconds=False)) + (
            LABELS["late"] if shown.is_late else ""
        )
        record = LABELS["record"].format(index=told.index, id=told.record.hex())
        yield LABELS["answered_by"], _printable(f"{at}\n{record}")
        if said.note:
            yield LABELS["whole_note"], _printable(said.note)
    if shown.review and shown.review_told and shown.review_is_of_answer:
        review, told = shown.review, shown.review_told
        words = LABELS[f"outcome_{review.outcome.value}"]
        if review.outcome is Outcome.PUT_RIGHT:
            words = words.format(day=review.put_right_by)
        at = LABELS["reviewed_at"].format(
            officer=shown.officer_name(review.officer), at=shown_instant(told.at, seconds=False)
        )
        record = LABELS["record"].format(index=told.index, id=told.record.hex())
        yield LABELS["review"], _printable("\n".join(part for part in (words, review.text, at, record) if part))


def _code(text: str) -> str:
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=2)
    code.add_data(text, optimize=0)
    out = io.BytesIO()
    code.make_image(image_factory=SvgPathImage).save(out)
    return out.getvalue().decode("utf-8")


def _printable(text: str) -> str:
    return printed(text, _MOST_TEXT, lines=True)
