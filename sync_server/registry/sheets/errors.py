"""What a table's file can have wrong with it as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from shared_models.errors import ZhuqiError


@dataclass(eq=False)
class SheetError(ZhuqiError):
    """The whole file cannot be used; `problem` is a stable word, `what` what it concerns."""

    code: ClassVar[str] = "invalid"
    problem: str
    what: str = ""
