"""Ready sentences for guidance and provisions to teach, as the demo county publishes them."""

from __future__ import annotations

from shared_models.acts import Snippet, SnippetKind

SNIPPETS = (
    Snippet(
        "g1",
        SnippetKind.GUIDANCE,
        "完善进货台账",
        "建议建立电子进货台账，供应商资质每季度核对一次。",
        department="market",
    ),
    Snippet(
        "g2",
        SnippetKind.GUIDANCE,
        "规范有限空间警示",
        "建议在污水池、储罐口设置警示牌，落实先通风、再检测、后作业。",
        department="emergency",
    ),
    Snippet("g3", SnippetKind.GUIDANCE, "清理疏散通道", "建议划线标明疏散通道，禁止堆放原料，每周自查并拍照留存。"),
    Snippet("g4", SnippetKind.GUIDANCE, "完善用电巡查", "建议对老旧线路做一次全面检测，配电箱前一米内不堆物。"),
    Snippet(
        "g5",
        SnippetKind.GUIDANCE,
        "规范标签标识",
        "建议核对产品标签的生产日期、执行标准和联系方式。",
        department="market",
    ),
    Snippet(
        "l1",
        SnippetKind.LAW,
        "进货查验",
        "生产经营者应当查验供货者的许可证和产品合格证明。",
        "《食品安全法》第五十条",
        department="market",
    ),
    Snippet(
        "l2",
        SnippetKind.LAW,
        "首违不罚",
        "违法行为轻微并及时改正，没有造成危害后果的，不予行政处罚。",
        "《行政处罚法》第三十三条",
    ),
    Snippet(
        "l3",
        SnippetKind.LAW,
        "从业人员培训",
        "生产经营单位应当对从业人员进行安全生产教育和培训。",
        "《安全生产法》第二十八条",
    ),
    Snippet("l4", SnippetKind.LAW, "疏散通道畅通", "保障疏散通道、安全出口、消防车通道畅通。", "《消防法》第十六条"),
)
