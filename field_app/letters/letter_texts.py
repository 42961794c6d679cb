"""What every letter says in the same words. It is a document of the county and always Chinese, as the law is."""

from __future__ import annotations

from shared_models.commitment import Commitment
from shared_models.visit import Guidance, LegalEducation

CONSEQUENCES = "未按承诺改正或者再次违法的，执法单位依法查处；如实改正的，依法不予或者可以不予行政处罚。"
STATEMENT = "本承诺由我方自愿作出，已知悉上述内容。承诺书不是处罚决定，是否处罚由执法单位依法另行决定。"
USUAL_ROLE = "现场负责人"
BASES = {
    "处罚法33.1前": "《行政处罚法》第三十三条第一款：违法行为轻微并及时改正，没有造成危害后果的，不予行政处罚",
    "处罚法33.1后": "《行政处罚法》第三十三条第一款：初次违法且危害后果轻微并及时改正的，可以不予行政处罚",
}


def basis_in_words(basis: str) -> str:
    return BASES.get(basis, basis)


def copy_of_letter_words(letter: Commitment, *, refused: bool) -> str:
    """Short enough, as a rule, for the code that stays: what was promised, by when, and on what ground."""
    lines = [
        f"承诺书 {letter.number}",
        letter.enterprise_name or letter.enterprise,
        f"违法行为：{letter.facts}",
        f"违反：{letter.provision_name}",
        f"适用：{basis_in_words(letter.basis).partition('：')[0]}",
        f"改正：{letter.measure}",
        f"期限：{letter.due.isoformat()}",
        f"现场人员：{letter.on_site.name}" + ("（拒绝签字）" if refused else ""),
    ]
    return "\n".join(lines)


def slip_words(enterprise_name: str, advised: tuple[Guidance | LegalEducation, ...]) -> str:
    lines = [f"指导单 {enterprise_name}"]
    for number, one in enumerate(advised, start=1):
        words = one.text if isinstance(one, Guidance) or not one.provision else f"{one.provision} {one.text}"
        lines.append(f"{number}. {words}")
    return "\n".join(lines)
