"""Language and appearance of one phone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from field_app.phone import Phone
from field_app.storage.drafts import load_setting, save_setting
from field_app.texts import Language
from shared_models.errors import BadlyFormedError
from shared_models.shape import from_plain

_SETTING = "preferences"


class Theme(StrEnum):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Preferences:
    language: Language = Language.ZH
    theme: Theme = Theme.SYSTEM


async def load_preferences(phone: Phone) -> Preferences:
    """The default where there are none, or where they are from a newer app."""
    plain = await load_setting(phone, _SETTING)
    try:
        return Preferences() if plain is None else from_plain(Preferences, plain)
    except BadlyFormedError:
        return Preferences()


async def save_preferences(phone: Phone, preferences: Preferences) -> None:
    await save_setting(phone, _SETTING, preferences)
