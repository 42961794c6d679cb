"""The counties that the desks' pages are asked of: built once, and kept until the code that builds them changes."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from benchmarks.bench import Bench
from benchmarks.county import a_quiet_morning
from benchmarks.desk_county import build_desks
from benchmarks.desk_routes import Stock, stock_of
from benchmarks.desk_staff import staff_desks
from benchmarks.desk_visits import ONE_APPROVERS_CLAIMS, add_visits

_ROOT = Path(__file__).parents[1]
_BUILD_IT = ("shared_models", "sync_server", "benchmarks")
_STOCK = "stock.json"


@dataclass(frozen=True, slots=True)
class KeptDesks:
    folder: Path
    now: datetime
    stock: Stock
    url: str = ""


def kept_desks(bench: Bench, name: str, enterprises: int) -> KeptDesks:
    """A copy of its own, for a server writes into it too."""
    now = a_quiet_morning()
    place = bench.folder.parent / "desks" / f"{name}-{_key(enterprises, now)}"
    if not (place / _STOCK).exists():
        for older in place.parent.glob(f"{name}-*"):
            shutil.rmtree(older)
        stock = _build(place, enterprises, has_many_claims=name == "many")
        (place / _STOCK).write_text(json.dumps(stock), "utf-8")
    folder = bench.folder / f"desks-{name}"
    shutil.copytree(place, folder)
    return KeptDesks(folder, now, json.loads((folder / _STOCK).read_text("utf-8")))


def _key(enterprises: int, now: datetime) -> str:
    found = hashlib.sha256(f"{enterprises} {now}".encode())
    for package in _BUILD_IT:
        for path in sorted((_ROOT / package).rglob("*.py")):
            found.update(path.read_bytes())
    return found.hexdigest()[:16]


def _build(folder: Path, enterprises: int, *, has_many_claims: bool) -> Stock:
    filings = 2 * enterprises
    desk = build_desks(folder, enterprises=enterprises, filings=filings)
    county = desk.open()
    claims = ONE_APPROVERS_CLAIMS * (10 if has_many_claims else 1)
    visits = add_visits(desk, county, visits=max(200, filings // 10), claims=claims)
    lying = staff_desks(desk, county)
    stock = stock_of(desk, county, visits, lying)
    county.engine.dispose()
    return stock
