"""Which enterprise is this: by its gate sheet, its 企业码, a typed code or its name. All rank the same."""

from __future__ import annotations

from dataclasses import dataclass

from field_app.enrolment.state import require_trust
from field_app.errors import VoidGateError
from field_app.phone import Phone
from field_app.storage.database import Rows
from field_app.storage.reference import read_item, search_names
from shared_models.code_texts import typed_characters
from shared_models.codes import GateCode, read_code
from shared_models.county import TaughtCode
from shared_models.enterprise import Enterprise, is_uscc
from shared_models.errors import BadlyFormedError, UnknownFormatError
from shared_models.visit import Identified

_USCC_CHARACTERS = 18


@dataclass(frozen=True, slots=True)
class Found:
    """`enterprise` null: not in the phone's data; the gate will say that it cannot verify."""

    uscc: str
    enterprise: Enterprise | None
    gate: int | None
    identified: Identified


def typed_uscc(text: str) -> str | None:
    """What was meant as a 统一社会信用代码, right or wrong; null for any other text."""
    typed = typed_characters(text)
    return typed if len(typed) == _USCC_CHARACTERS and typed.isascii() and typed.isalnum() else None


async def find_enterprise(phone: Phone, text: str, identified: Identified) -> Found:
    """Raises what `read_code` raises, or VoidGateError; each has its own words."""
    return await phone.database.read(lambda rows: _find(rows, text.strip(), identified))


async def search_enterprises(phone: Phone, words: str, limit: int = 20) -> tuple[Enterprise, ...]:
    return await phone.database.read(lambda rows: search_names(rows, words, limit))


def _find(rows: Rows, text: str, identified: Identified) -> Found:
    typed = typed_uscc(text)
    if typed is not None:
        if not is_uscc(typed):
            raise BadlyFormedError("uscc", "has a wrong check character")
        return Found(typed, read_item(rows, "enterprise", typed), None, identified)
    taught: TaughtCode | None = read_item(rows, "code", text)
    if taught is not None:
        return Found(taught.enterprise, read_item(rows, "enterprise", taught.enterprise), None, identified)
    code = read_code(text, require_trust(rows).host)
    if not isinstance(code, GateCode):
        raise UnknownFormatError
    enterprise: Enterprise | None = read_item(rows, "enterprise", code.uscc)
    if enterprise is not None:
        gate = next((gate for gate in enterprise.gates if gate.no == code.gate_no), None)
        if gate is None or gate.void:
            raise VoidGateError(code.uscc, code.gate_no)
    return Found(code.uscc, enterprise, code.gate_no, identified)
