"""The words of the printed off-site list; documents are in Chinese."""

from __future__ import annotations

LABELS: dict[str, str] = {
    "title": "非现场检查自查清单",
    "title_answered": "非现场检查结果单",
    "number": "编号：{number}",
    "no_visit": (
        "不用人上门，不算入企检查。请照清单自己看一遍，扫码填写、拍照、送出；"
        "谁看的写谁，不需要法定代表人到场或签字。"
    ),
    "enterprise": "企业",
    "uscc": "统一社会信用代码",
    "address": "地址",
    "department": "执法单位",
    "officers": "由谁答复",
    "no_licence": "无执法证",
    "due": "请在这天前送出",
    "due_again": "请在这天前改好",
    "approved": "单位负责人批准",
    "note": "说明",
    "external_refs": "外部编号",
    "item": "自查事项",
    "said": "是 / 不是 / 不涉及",
    "boxes": "□ 是   □ 不是   □ 不涉及",
    "wants_photo": "请拍照",
    "photos": "照片 {count} 张",
    "scan": "用手机扫码填写，不用登录",
    "scan_by": "链接 {day} 前有效，只给本企业，请勿转发",
    "no_link": "（已办结或撤回，不再填写）",
    "yes": "是",
    "no": "不是",
    "not_applicable": "不涉及",
    "review_in_order": "可以",
    "review_put_right": "请改正",
    "answered_by": "填写",
    "answered_at": "{name} {role}，{at} 送出",
    "late": "（期限后送达）",
    "whole_note": "补充",
    "review": "答复",
    "outcome_in_order": "没有问题，已办结",
    "outcome_put_right": "请在 {day} 前改正，并扫码拍照再送",
    "outcome_visit_needed": "需要上门看；上门另行备案",
    "reviewed_at": "{officer}，{at}",
    "record": "存证第 {index} 条 {id}",
    "state": "状态",
    "printed": "{at} 由助企码打印 · 存证标识 {check}",
    "sign_department": "执法单位",
}
STATES: dict[str, str] = {
    "open": "等企业填写",
    "answered": "已送出，等答复",
    "put_right": "等企业改正",
    "in_order": "已办结",
    "visit_needed": "需要上门",
    "withdrawn": "已撤回",
}
