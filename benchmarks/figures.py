"""A figure beside its goal, a section of them, and how both are printed and kept."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Figure:
    """`goal` null: for information. `at_most` says on which side of the goal a good value lies."""

    name: str
    value: float
    unit: str = ""
    goal: float | None = None
    at_most: bool = True

    @property
    def is_met(self) -> bool | None:
        if self.goal is None:
            return None
        return self.value <= self.goal if self.at_most else self.value >= self.goal


@dataclass(frozen=True, slots=True)
class Section:
    """`details` goes into the file only: what the figures were made of."""

    title: str
    figures: tuple[Figure, ...]
    details: dict[str, Any] = field(default_factory=dict)


def show(section: Section, console: Console) -> None:
    table = Table(title=section.title, title_justify="left", title_style="bold", expand=False)
    for column, side in (("figure", "left"), ("measured", "right"), ("goal", "right"), ("", "left")):
        table.add_column(column, justify=side)  # type: ignore[arg-type]
    for one in section.figures:
        goal = "" if one.goal is None else f"{'≤' if one.at_most else '≥'} {_number(one.goal)} {one.unit}".rstrip()
        mark = {None: "", True: "met", False: "[bold red]missed[/]"}[one.is_met]
        table.add_row(one.name, f"{_number(one.value)} {one.unit}".rstrip(), goal, mark)
    console.print(table)


def keep(path: Path, machine: dict[str, Any], sections: dict[str, Section]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    plain = {"machine": machine, "sections": {name: _plain(section) for name, section in sections.items()}}
    path.write_text(json.dumps(plain, ensure_ascii=False, indent=2) + "\n", "utf-8")


def _plain(section: Section) -> dict[str, Any]:
    figures = [{**asdict(one), "met": one.is_met} for one in section.figures]
    return {"title": section.title, "figures": figures, "details": section.details}


def _number(value: float) -> str:
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
