"""What the documents say exists: commands, options, targets, settings, links, kinds of records, reasons."""

from __future__ import annotations

import importlib
import re
import shlex
import subprocess
import tomllib
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest
from click.testing import CliRunner

from shared_models.kinds import KINDS
from sync_server.cli import zhuqi
from tests.ground.format_examples import DOCUMENT, rewritten

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
CODE = ("shared_models", "field_app", "sync_server", "tests", "benchmarks")
COMMAND = re.compile(r"(?<![\w/-])(?:\.venv/bin/)?zhuqi((?: [^`\n|·]+)?)")


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _said_as_code(text: str) -> list[str]:
    """What stands in backticks, in fences and in indented blocks: there a command is meant as one."""
    fences = re.findall(r"^```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE))
    indented = re.findall(r"^ {4}(\S.*)$", text, re.MULTILINE)
    return [*inline, *(line for fence in fences for line in fence.splitlines()), *indented]


def _commands() -> dict[tuple[str, ...], set[str]]:
    """Each command named somewhere, with all options that are named with it."""
    named: dict[tuple[str, ...], set[str]] = {}
    for page in PAGES:
        for piece in _said_as_code(page.read_text("utf-8")):
            for found in COMMAND.finditer(piece):
                words = shlex.split(found[1].split("#")[0], posix=True)
                path = []
                for word in words:
                    if not re.fullmatch(r"[a-z][a-z-]*", word):
                        break
                    path.append(word)
                options = {word.split("=")[0] for word in words if word.startswith("--")}
                named.setdefault(tuple(path), set()).update(options - {"--help"})
    return named


@cache
def _help(path: tuple[str, ...]) -> str:
    # wide enough that no option is cut in two
    environment = {"COLUMNS": "200", "TERMINAL_WIDTH": "200", "NO_COLOR": "1"}
    done = CliRunner().invoke(zhuqi, [*path, "--help"], env=environment)
    assert done.exit_code == 0, f"zhuqi {' '.join(path)} --help: {done.output}"
    return done.output


COMMANDS = _commands()


@pytest.mark.parametrize("path", sorted(COMMANDS), ids=lambda path: " ".join(path) or "zhuqi")
def test_every_command_in_the_documents_exists_with_its_options(path: tuple[str, ...]) -> None:
    said = _help(path)
    assert [option for option in sorted(COMMANDS[path]) if not re.search(rf"{option}\b", said)] == []


def test_the_documents_name_every_command() -> None:
    offered = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"]["zhuqi.commands"]
    assert set(offered) - {path[0] for path in COMMANDS if path} == set()


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_make_target_in_a_document_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = [word for piece in _said_as_code(page.read_text("utf-8")) for word in re.findall(r"^make ([a-z]+)", piece)]
    assert [word for word in named if word not in targets] == []


def test_make_help_lists_every_target_with_a_word_on_it() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony is not None
    told = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert [target for target in phony[1].split() if not re.search(rf"make {target} +\S", told)] == []


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    targets = [target.split("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text)]
    relative = [unquote(target) for target in targets if target and "://" not in target]
    assert [target for target in relative if not (page.parent / target).exists()] == []


def _named_settings(paths: list[Path]) -> set[str]:
    return {name for path in paths for name in re.findall(r"\bZHUQI_[A-Z_]+\b", path.read_text("utf-8"))}


def test_every_setting_in_the_documents_is_read_by_some_code_and_every_one_read_is_documented() -> None:
    sources = [file for folder in CODE for file in (ROOT / folder).rglob("*.py") if file != Path(__file__)]
    read = _named_settings([*sources, ROOT / "Makefile", ROOT / ".ci" / "run"])
    documented = _named_settings(PAGES)
    assert documented - read == set()
    assert read - documented == set()


def test_every_setting_of_the_server_stands_in_the_operators_table() -> None:
    settings = importlib.import_module("sync_server.settings")
    table = re.findall(
        r"^\| `(ZHUQI_[A-Z_]+)` \| \S", (ROOT / "docs" / "operators.md").read_text("utf-8"), re.MULTILINE
    )
    assert set(settings.VARIABLES) - set(table) == set()


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    reasons = (ROOT / "docs" / "adr" / "0010-dependencies.md").read_text("utf-8")
    rows = [re.match(r"\| (\w+) \| ([^|]+) \| [^|]*\w", line) for line in reasons.splitlines()]
    given = {(row[1], name) for row in rows if row for name in re.findall(r"`([^`]+)`", row[2])}
    wanted = {("phone", _package(line)) for line in project["dependencies"]}
    wanted |= {(extra, _package(line)) for extra, lines in project["optional-dependencies"].items() for line in lines}
    assert wanted == given


def _package(requirement: str) -> str:
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert name is not None
    return name[0]


def test_the_bytes_of_the_record_format_are_those_that_the_code_makes() -> None:
    document = DOCUMENT.read_text("utf-8")
    assert rewritten(document) == document, "python -m tests.ground.format_examples"


def test_the_record_format_lists_every_kind() -> None:
    rows = re.findall(r"^\| `([a-z_]+)` \| `\w+` \| (?:phone|county) \|$", DOCUMENT.read_text("utf-8"), re.MULTILINE)
    assert rows == list(KINDS)


ADRS = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))


@pytest.mark.parametrize("page", ADRS, ids=lambda page: page.name[:4])
def test_a_decision_has_all_its_parts_fits_a_page_and_is_listed(page: Path) -> None:
    text = page.read_text("utf-8")
    assert text.startswith(f"# {page.name[:4]}. ")
    assert re.search(r"^Status: (accepted|superseded by \d{4})$", text, re.MULTILINE)
    assert re.search(r"^Date: \d{4}-\d\d-\d\d$", text, re.MULTILINE)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Options", "Decision", "Consequences"]
    assert len(text.splitlines()) <= 70
    title = text.splitlines()[0].split(". ", 1)[1]
    assert f"- [{page.name[:4]}]({page.name}) {title}" in (page.parent / "README.md").read_text("utf-8")


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [int(page.name[:4]) for page in ADRS] == list(range(1, len(ADRS) + 1))
