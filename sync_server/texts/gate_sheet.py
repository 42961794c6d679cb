"""What a printed gate sheet says: Chinese only, as it hangs on the wall."""

from __future__ import annotations

GATE_SHEET: dict[str, str] = {
    "title": "{county}入企码",
    "office": "{county}优化营商环境工作专班",
    "heading": "入企码",
    "county": "{county}优化营商环境工作专班",
    "seal": "县专班\n盖章处",
    "owner_label": "企业",
    "owner": "有人上门？扫一扫，点“核验上门人员”，是真是假当场看；核不过，可以不让进。",
    "inspector_label": "执法人员",
    "inspector": "进门前先用“助企码”扫此码；没有备案，或在保护日内又无例外的，不得入企。",
    "hotline": "咨询、核实、投诉：{hotline}",
    "printed": "{today} 印制",
    "gate_placed": "{place} · 第 {no} 入口",
    "gate_plain": "第 {no} 入口",
}
