"""A law library that is longer than a screen: every clause of it can be found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from field_app.screens.finding import SHOWN_PROVISIONS
from field_app.state.finding import SEARCH
from sync_server.registry.publish_provisions import publish_provisions
from tests.field_letters.colleagues import FIRE, LABEL
from tests.field_letters.signing import entered, on_visit
from tests.field_state.rig import Rig, a_rig
from tests.field_ui.conftest import open_screens
from tests.sync.county import OFFICE

MANY = [
    replace(FIRE, id=f"a-{n}", title="《安全生产法》", clause=f"第{n}条", fact=f"第{n}种隐患") for n in range(30, 60)
]


def publish_many(rig: Rig) -> None:
    publish_provisions(rig.county.county, OFFICE, MANY)


async def test_a_long_library_is_searched_and_says_that_there_is_more(tmp_path: Path) -> None:
    async with open_screens(tmp_path) as screens:
        app = screens.app
        publish_many(screens.rig)
        await on_visit(screens)
        await app.tap("finding")
        await app.screen("finding")
        await app.sees("还有未列出的")
        assert f"provision-{SHOWN_PROVISIONS}" not in app.ids()
        await app.type("search", "第59种")
        await app.sees("第59种隐患")
        assert not app.has("provision-1")
        assert "还有未列出的" not in app.texts()
        await app.tap("provision-0")
        assert app.field("text") == "第59种隐患"
        await app.type("search", "没有的词")
        await app.sees("第59种隐患")
        await app.tap("finding-write")
        await app.screen("leniency")


async def test_words_are_found_in_clause_fault_field_and_text_and_the_chosen_one_stays(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        await entered(rig)
        findings = rig.field.findings
        await findings.open()
        for words, found in [
            ("消防法 第十六条", (FIRE,)),
            ("标签 生产日期", (LABEL,)),
            ("标签标识", (LABEL,)),
            ("安全出口", (FIRE,)),
            ("标签 安全出口", ()),
        ]:
            rig.field.app.write(SEARCH, words)
            assert findings.fitting == found
        findings.choose(LABEL)
        assert findings.fitting == (LABEL,)
        await findings.write()
        await findings.open()
        assert rig.field.app.text(SEARCH) == ""


async def test_a_short_library_is_shown_whole_without_a_search(tmp_path: Path) -> None:
    async with open_screens(tmp_path) as screens:
        await on_visit(screens)
        await screens.app.tap("finding")
        await screens.app.screen("finding")
        assert screens.app.has("provision-1")
        assert not screens.app.has("search")
