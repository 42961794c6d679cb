"""A pack: modules found by name where they lie, data as files, methods of dataclasses by the digest of their text."""

from __future__ import annotations

import importlib
import marshal
import py_compile
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from field_app.app_site.packs import files_of, pack_of
from field_app.app_site.tools import ROOT
from field_app.browser.packed import Pack, digest_of

SOURCES = {
    "shop/__init__.py": "from shop.parts.bolt import SIZE\nTOTAL = SIZE + 1\n",
    "shop/parts/bolt.py": "SIZE = 7\n",
    "lone.py": "from importlib.resources import files\nTEXT = files('shop').joinpath('notes.txt').read_text()\n",
}


@pytest.fixture
def compiled(tmp_path: Path) -> Path:
    folder = tmp_path / "compiled"
    for name, text in SOURCES.items():
        source = folder / name
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_text(text, "utf-8")
        py_compile.compile(str(source), str(source.with_suffix(".pyc")))
        source.unlink()
    (folder / "shop" / "notes.txt").write_text("seven", "utf-8")
    return folder


def laid_out(place: Path, pack: bytes) -> Path:
    """As the app's worker does: the pack as one file, what is no module beside it."""
    place.mkdir()
    (place / "a.pack").write_bytes(pack)
    for name, data in files_of(pack).items():
        if not name.endswith(".pyc"):
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_bytes(data)
    return place


def run_inside(place: Path, text: str) -> str:
    """In a Python of its own, because the finder stays in the one that has it."""
    start = "import sys\nfrom field_app.browser import packed\npacked.install(sys.argv[1], ['a.pack'])\n"
    command = [sys.executable, "-c", start + textwrap.dedent(text), str(place)]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_modules_packages_and_folders_without_one_are_imported_from_a_pack(tmp_path: Path, compiled: Path) -> None:
    place = laid_out(tmp_path / "lib", pack_of(compiled, {}, {}))
    assert sorted(path.name for path in place.rglob("*.pyc")) == []
    said = run_inside(
        place,
        """
        import lone, shop, shop.parts.bolt
        print(shop.TOTAL, lone.TEXT, shop.parts.bolt.__file__.removeprefix(sys.argv[1]), shop.parts.__name__)
        """,
    )
    assert said == "8 seven /shop/parts/bolt.pyc shop.parts"


def test_what_no_pack_has_is_left_to_the_other_finders(tmp_path: Path, compiled: Path) -> None:
    place = laid_out(tmp_path / "lib", pack_of(compiled, {}, {}))
    pack = Pack(str(place / "a.pack"), str(place))
    assert pack.find_spec("json") is None
    assert pack.find_spec("shop.parts.nut") is None


def test_a_method_made_while_building_is_taken_and_any_other_text_is_compiled(tmp_path: Path, compiled: Path) -> None:
    kept: dict[str, bytes] = {}
    recorded = importlib.util.module_from_spec(importlib.util.find_spec("dataclasses"))
    recorded.__spec__.loader.exec_module(recorded)
    recorded.exec = lambda text, names, found: (
        kept.__setitem__(digest_of(text), marshal.dumps(compile(text, "<ready>", "exec"))),
        exec(text, names, found),
    )
    recorded.make_dataclass("Row", ["a", "b"], frozen=True)
    place = laid_out(tmp_path / "lib", pack_of(compiled, kept, {}))
    said = run_inside(
        place,
        """
        import dataclasses
        Row = dataclasses.make_dataclass("Row", ["a", "b"], frozen=True)
        Other = dataclasses.make_dataclass("Other", ["c"])
        files = [one.__init__.__code__.co_filename for one in (Row, Other)]
        print(Row(1, 2), Row(1, 2) == Row(1, 2), Other(3), *files)
        """,
    )
    assert said == "Row(a=1, b=2) True Other(c=3) <ready> <string>"


def test_a_pack_gives_back_what_was_packed(tmp_path: Path, compiled: Path) -> None:
    found = files_of(pack_of(compiled, {"d": b"method"}, {"more.pyc": b"loose"}))
    packed = {p.relative_to(compiled).as_posix(): p.read_bytes() for p in compiled.rglob("*") if p.is_file()}
    assert found == packed | {"more.pyc": b"loose"}
