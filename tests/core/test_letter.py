from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import qrcode
from hypothesis import given, settings
from hypothesis import strategies as st

from shared_models.commitment import MAX_TEXT, Commitment, LetterRefused, LetterSigned, PersonOnSite, Signed
from shared_models.copy_code import Copied, Copy, copy_text, read_copy
from shared_models.errors import BadlyFormedError, UnknownFormatError, WrongHostError, ZhuqiError
from shared_models.leniency import Correction, Harm, LeniencyFacts
from shared_models.shape import from_plain, to_plain
from shared_models.signature import is_signature, path_of, strokes_of, thinned

HOST = "zhuqi.pingyang.example"
STROKES = (((100, 100), (300, 180), (500, 120)), ((200, 60), (210, 300)))
MINOR = LeniencyFacts(
    serious=False,
    minor=True,
    harm=Harm.NONE,
    first_offence=True,
    correction=Correction.PLEDGED,
    fault_disproved=False,
)
RARE = "㙍𠮷喆 👩‍🚒 \u202eبالعكس\u202c"


def letter(**changes: object) -> Commitment:
    whole = Commitment(
        number="CN20261124-0001",
        filing="BA3303262026-00001",
        enterprise="91350100M000100Y43",
        enterprise_name="平阳水头制革厂",
        on_site=PersonOnSite("张三", "车间主任", "13800000000"),
        finding=b"f" * 32,
        facts="二号车间疏散通道堆放原料",
        provision_name="《消防法》第十六条",
        provision_text="保障疏散通道、安全出口、消防车通道畅通。",
        leniency=MINOR,
        basis="处罚法33.1前",
        education="疏散通道必须保持畅通",
        measure="当日清理，划线标明",
        due=date(2026, 11, 27),
        consequences="逾期不改，依法立案",
        statement="自愿承诺",
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def hand(name: str, officer: str | None = None) -> Signed:
    return Signed(name, path_of(STROKES), officer)


OFFICERS = (hand("林一", "p1"), hand("陈二", "p2"))


def test_a_letter_goes_through_its_plain_form_with_rare_characters() -> None:
    signed = LetterSigned(letter(facts=RARE), hand("㙍喆"), OFFICERS)
    assert from_plain(LetterSigned, to_plain(signed)) == signed


def test_a_letter_whose_basis_does_not_follow_from_the_answers_is_malformed() -> None:
    with pytest.raises(BadlyFormedError, match="basis"):
        letter(basis="处罚法33.1后")
    with pytest.raises(BadlyFormedError, match="basis"):
        letter(leniency=replace(MINOR, serious=True, minor=False), basis="处罚法57,58")


def test_five_thousand_characters_do_not_fit_a_field_of_a_letter() -> None:
    assert letter(facts="长" * MAX_TEXT)
    with pytest.raises(BadlyFormedError, match="facts"):
        letter(facts="长" * 5000)
    with pytest.raises(BadlyFormedError, match="name"):
        letter(on_site=PersonOnSite("长" * 5000, "", ""))


def test_a_letter_needs_two_different_officers() -> None:
    with pytest.raises(BadlyFormedError, match="officers"):
        LetterSigned(letter(), hand("张三"), (OFFICERS[0], OFFICERS[0]))
    with pytest.raises(BadlyFormedError, match="on_site"):
        LetterSigned(letter(), hand("林一", "p1"), OFFICERS)


def test_a_refusal_needs_a_witness_and_a_reason_and_keeps_the_basis() -> None:
    with pytest.raises(BadlyFormedError, match="reason"):
        LetterRefused(letter(), " ", "王五", OFFICERS)
    with pytest.raises(BadlyFormedError, match="reason"):
        LetterRefused(letter(), "不愿签", "", OFFICERS)
    assert LetterRefused(letter(), "不愿签", "王五", OFFICERS).letter.basis == "处罚法33.1前"


@pytest.mark.parametrize(
    "strokes", [(), (((5, 5),),), (((5, 5), (6, 6)),), (((5, 5),), ((90, 90),)), (((0, 0), (200, 0)),)]
)
def test_one_dot_is_no_signature(strokes: tuple) -> None:
    assert not is_signature(strokes)
    with pytest.raises(BadlyFormedError):
        Signed("张三", path_of(strokes))


POINT = st.tuples(st.integers(0, 1000), st.integers(0, 400))
STROKE = st.lists(POINT, min_size=1, max_size=40).map(tuple)


@settings(max_examples=80, deadline=None)
@given(st.lists(STROKE, max_size=12).map(tuple))
def test_strokes_are_read_as_they_were_written(strokes: tuple) -> None:
    assert strokes_of(path_of(strokes)) == strokes


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(POINT, min_size=1, max_size=400).map(tuple), max_size=12).map(tuple))
def test_a_long_signature_is_thinned_and_keeps_its_ends(strokes: tuple) -> None:
    thin = thinned(strokes)
    assert sum(map(len, thin)) <= 600
    assert strokes_of(path_of(thin)) == thin
    assert [stroke[0] for stroke in thin] == [stroke[0] for stroke in strokes[: len(thin)]]


@pytest.mark.parametrize("path", ["M1 2", "M1 2L3", "L1 2", "M9999 1L1 1", "M1 2L3 4 url(x)", "M1 2" * 3000, "<svg>"])
def test_what_is_no_path_is_refused(path: str) -> None:
    with pytest.raises(BadlyFormedError):
        Signed("张三", path)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=300))
def test_a_copy_is_read_as_it_was_written(words: str) -> None:
    copy = Copy(Copied.LETTER, b"r" * 32, words)
    assert read_copy(copy_text(HOST, copy), HOST) == copy


def test_a_copy_with_all_its_words_fits_version_25_and_a_longer_one_leaves_them_out() -> None:
    text = copy_text(HOST, Copy(Copied.LETTER, b"\xff" * 32, "承" * 375))
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_L)
    code.add_data(text)
    code.make(fit=True)
    assert code.version <= 25
    assert read_copy(text, HOST).text == "承" * 375
    assert read_copy(copy_text(HOST, Copy(Copied.LETTER, b"\xff" * 32, "承" * 5000)), HOST).text == ""


def test_a_copy_of_another_county_or_of_nothing_is_refused() -> None:
    text = copy_text(HOST, Copy(Copied.GUIDANCE, b"r" * 32, "建议"))
    with pytest.raises(WrongHostError):
        read_copy(text, "zhuqi.elsewhere.example")
    with pytest.raises(UnknownFormatError):
        read_copy(text.replace("/l/", "/v/"), HOST)
    for torn in (text[:-1], text + "1", text[:-40], text[:-3] + "x"):
        with pytest.raises(ZhuqiError):
            read_copy(torn, HOST)
