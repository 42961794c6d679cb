"""What a form sent, as it was typed, with what is wrong at each field: a page shows both again, nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from litestar import Request
from litestar.datastructures import UploadFile

_LONGEST_TYPED = 20_000


@dataclass(frozen=True, slots=True)
class Typed:
    values: Mapping[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    """By field: a problem, worded `wrong_<problem>`."""

    def text(self, name: str) -> str:
        return self.values.get(name, "").strip()

    def day(self, name: str) -> date | None:
        text = self.text(name)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self.errors[name] = "not_a_day"
            return None

    def is_ticked(self, name: str) -> bool:
        return name in self.values

    def with_errors(self, problems: Mapping[str, str]) -> Typed:
        return Typed(self.values, {**problems, **self.errors})


async def typed_of(request: Request[Any, Any, Any]) -> Typed:
    """The form's texts; line ends as one character, no characters that no table holds."""
    form = await request.form()
    texts = {key: value for key, value in form.items() if isinstance(value, str)}
    return Typed({key: _clean(value) for key, value in texts.items() if key != "form_token"})


async def upload_of(request: Request[Any, Any, Any], name: str) -> tuple[str, bytes] | None:
    """The file's name and bytes; null where none was chosen."""
    file = (await request.form()).get(name)
    if not isinstance(file, UploadFile) or not file.filename:
        return None
    return file.filename, await file.read()


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\x00", "")[:_LONGEST_TYPED]
