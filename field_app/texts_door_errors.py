"""What the errors at the door and around the letter say. Codes: see errors.py."""

from __future__ import annotations

DOOR_ERRORS: dict[str, tuple[str, str]] = {
    "own_pass": ("这是本机自己的码，不能自己给自己确认到场", "This is your own code: nobody joins their own visit"),
    "already_joined": ("你已经确认过到场，不用再扫", "You have joined already; once is enough"),
    "no_findings_here": (
        "调研和助企服务中发现的问题不能作为查处依据（三.4）。可改为指导；遇有危险先提醒避险，另行按例外入企",
        "On a survey or service visit nothing may become a finding (3.4). Give guidance; warn of dangers",
    ),
    "not_spared": ("按现有回答不能用承诺书，请按结论办理", "These answers allow no letter; follow the outcome"),
    "no_signature": ("{what}还没有签字（一个点不算）", "{what} has not signed yet (a dot is no signature)"),
    "text_too_long": ("内容太长，最多 {most} 字", "Too long: {most} characters at most"),
    "already_letter": ("这个问题已经有承诺书了", "This finding has its letter already"),
    "missing_answers": ("还有问题没有回答", "Some questions are still open"),
    "missing_finding": ("先记下发现的问题", "Write down the finding first"),
    "missing_provision": ("还没有选违反的条文", "Choose the provision first"),
    "missing_due": ("还没有选改正期限", "Choose the day first"),
    "missing_name": ("还缺现场人员姓名", "The name of the person on site is missing"),
    "missing_facts": ("还缺违法行为", "The facts are missing"),
    "missing_measure": ("还缺改正措施", "The measure is missing"),
    "missing_reason": ("请写拒签原因", "Say why it was refused"),
    "missing_witness": ("请写见证人", "Name the witness"),
    "missing_letter": ("没有找到这份承诺书", "There is no such letter"),
    "missing_guidance": ("还没有指导或普法，没有可留的内容", "Nothing was advised or taught yet"),
}
