"""A letter in the making, as it is saved after every touch: answers, words, strokes. One for each visit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from field_app.letters.leniency_dialog import LeniencyDialog
from shared_models.commitment import Provision

ON_SITE, WITNESS = "on_site", "witness"


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """`finding` is the record that the letter is about, null before it is written. `strokes`: path by who signs."""

    what: str = ""
    where: str = ""
    provision: Provision | None = None
    photo: bytes | None = None
    finding: bytes | None = None
    dialog: LeniencyDialog = field(default_factory=LeniencyDialog)
    name: str = ""
    role: str = ""
    phone: str = ""
    facts: str = ""
    education: str = ""
    measure: str = ""
    due: date | None = None
    is_refused: bool = False
    reason: str = ""
    witness: str = ""
    strokes: Mapping[str, str] = field(default_factory=dict)

    def sign(self, who: str, path: str) -> LetterDraft:
        strokes = {key: value for key, value in self.strokes.items() if key != who}
        return replace(self, strokes={**strokes, who: path} if path else strokes)


def draft_key(visit: bytes) -> str:
    return f"letter/{visit.hex()}"
