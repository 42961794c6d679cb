"""What the gate's reasons say to a person: what is wrong, and what to do next (rules 4). `{about}` is who or what."""

from __future__ import annotations

REASONS: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "enterprise_unknown": (
        ("企业不在本机名录中", "This enterprise is not in the data on this phone"),
        (
            "先同步；仍查不到的，请县专班登记",
            "Synchronise; if it is still missing, ask the county office to register it",
        ),
    ),
    "enterprise_closed": (
        ("企业已注销或停业", "The enterprise is closed"),
        ("请核对企业名称和代码", "Check the enterprise's name and code"),
    ),
    "officer_unlicensed": (
        ("{about} 没有执法证，不能作为检查人员", "{about} has no enforcement licence and cannot inspect"),
        ("换持证人员，或改列为协助人员", "Take a licensed officer instead, or count this person as an assistant"),
    ),
    "officer_revoked": (
        ("{about} 的执法证已被收回", "{about}'s licence has been revoked"),
        ("换有效持证人员", "Take an officer with a valid licence"),
    ),
    "officer_expired": (
        ("{about} 的执法证今天不在有效期内", "{about}'s licence is not valid today"),
        ("换有效持证人员，并尽快换证", "Take an officer with a valid licence, and renew this one"),
    ),
    "too_few_people": (
        ("人数不足：检查、复查须两名以上执法人员", "Too few people: an inspection or recheck needs two officers"),
        ("添加同行的执法人员", "Add the officer who is with you"),
    ),
    "exception_not_listed": (
        ("所选例外情形不在县里公布的清单中", "This exception is not on the county's list"),
        ("改选清单内的情形，或撤回", "Choose a listed reason, or withdraw the claim"),
    ),
    "exception_unproven": (
        ("例外情形的说明、批准人或文号不完整", "The exception lacks a note, a valid approver or its number"),
        (
            "补齐说明、批准人和文号；批准人不能是来访人员",
            "Complete note, approver and number; the approver may not be a visitor",
        ),
    ),
    "not_filed": (
        (
            "没有备案：本单位对这家企业没有这类备案",
            "Not filed: your department has no filing of this kind for this enterprise",
        ),
        ("先备案再来；紧急的可申报例外", "File first; if it is urgent, claim an exception"),
    ),
    "filing_not_accepted": (
        ("已填报备案，但尚未受理", "A filing exists but has not been accepted"),
        ("联系县专班受理后再来", "Ask the county office to accept it, then come back"),
    ),
    "filing_merged": (
        ("该备案已并入联合入企 {about}", "This filing was merged into the joint visit {about}"),
        ("按联合入企的日期一同前往", "Go together on the joint visit's days"),
    ),
    "filing_outside_window": (
        ("今天不在备案的拟定日期内", "Today is outside the filed dates"),
        ("在下列日期再来，或变更备案", "Come on one of the days below, or change the filing"),
    ),
    "filing_used_up": (
        ("备案的入企次数已用完", "The filed number of visits is used up"),
        ("需要再来的，重新备案", "File again if another visit is needed"),
    ),
    "service_week": (
        (
            "今天在执法助企服务周内，不得检查、调研、考察",
            "Today is in the service week: no inspection, survey or study visit",
        ),
        (
            "服务周后再来；属特殊原因的，申报例外",
            "Come after the week; for a listed special reason, claim an exception",
        ),
    ),
    "service_without_ground": (
        ("服务周内助企服务须说明缘由", "In the service week a service visit must state its ground"),
        ("选择受邀、主题或联络员", "Choose invited, theme or liaison"),
    ),
    "frequency_cap_reached": (
        ("{about} 今年对这家企业的检查次数已到上限", "{about} has reached this year's cap of inspections here"),
        ("改用非现场方式；不计次数的例外可申报", "Check off-site; an exception that is exempt may be claimed"),
    ),
    "reference_stale": (
        ("本机数据过旧，无法核实", "The data on this phone is too old to verify"),
        ("到有信号处同步后再核验", "Synchronise where there is signal, then check again"),
    ),
    "clock_behind": (
        ("本机时钟比数据签发时间还早", "This phone's clock is behind the data's date"),
        ("校准手机时间后再核验", "Correct the phone's time, then check again"),
    ),
    "calendar_unknown": (
        ("县里的保护日历未覆盖今天", "The county's calendar does not cover today"),
        ("同步最新日历后再核验", "Synchronise the calendar, then check again"),
    ),
    "exception_needs_filing": (
        ("这类例外须先备案，不能事后补", "This kind of exception must be filed before, not after"),
        ("报县专班备案", "File it with the county office"),
    ),
    "merge_same_department": (
        (
            "本单位另有相近备案 {about}，应合并进行",
            "Your department has another filing near this one, {about}: merge them",
        ),
        ("一次查完，不再另来", "Do both in this one visit"),
    ),
    "merge_across_departments": (
        ("其他单位有相近备案 {about}，可报请联合入企", "Another department has a filing near this one, {about}"),
        ("可报县专班联合进行", "You may ask the county for a joint visit"),
    ),
    "no_findings": (
        ("本次不得作为检查：不记录违法问题", "This is not an inspection: nothing found becomes a finding"),
        (
            "遇险情先劝阻、保安全，再按例外另行入企",
            "In danger warn and keep people safe, then open a new visit with an exception",
        ),
    ),
}

CLAUSES: dict[str, tuple[str, str]] = {
    "三.1": (
        "实施方案三.1：服务周内除特殊原因外，任何部门和单位不得以任何形式到企业开展影响正常生产经营的检查、调研、考察",
        "Plan 3.1: in the service week, special reasons apart, nobody inspects, surveys or studies an enterprise",
    ),
    "三.2": (
        "实施方案三.2：每月一个主题，深入企业开展服务",
        "Plan 3.2: service visits follow the theme of the month",
    ),
    "三.3": (
        "实施方案三.3：未经备案不得自行开展执法检查",
        "Plan 3.3: no inspection without a filing",
    ),
    "三.4": (
        "实施方案三.4：能合并的合并进行，严禁变相检查",
        "Plan 3.4: what can be merged is merged; no disguised inspections",
    ),
    "54号": (
        "国办发〔2024〕54号：检查不得超过公布的年度频次上限",
        "State Council Office 2024 No. 54: inspections stay under the published yearly cap",
    ),
    "处罚法42": (
        "行政处罚法第四十二条：由具有执法资格的人员实施，不得少于两人",
        "Administrative Penalty Law art. 42: at least two qualified officers",
    ),
}

VERDICTS: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "allow": (("允许", "Allowed"), ("备案有效，今天可以入企", "Filed, and allowed today")),
    "allow_exception": (("允许（例外）", "Allowed: exception"), ("按例外情形入企", "Enter under an exception")),
    "allow_then_file": (
        ("准予先行、事后备案", "Enter first, file after"),
        ("{due} 前补报备案", "File the exception by {due}"),
    ),
    "deny": (("拦截", "Stop"), ("今天不得入企，原因见下", "You may not enter today; see why")),
    "unverified": (("无法核实", "Cannot verify"), ("本机数据不足以核验", "This phone's data cannot settle it")),
}

EXCEPTIONS: dict[str, tuple[str, str]] = {
    "work_safety": ("安全生产", "Work safety"),
    "food_drug_safety": ("食药安全", "Food and drugs"),
    "environment": ("环境保护", "Environment"),
    "emergency": ("突发事件", "Emergency"),
    "complaint": ("投诉举报", "Complaint"),
    "case": ("案件查处", "Case"),
    "superior": ("上级部署", "Superior order"),
    "other": ("其他", "Other"),
}

PURPOSES: dict[str, tuple[str, str]] = {
    "inspection": ("执法检查", "Inspection"),
    "recheck": ("整改复查", "Recheck"),
    "survey": ("调研考察", "Survey"),
    "service": ("助企服务", "Service"),
}

GROUNDS: dict[str, tuple[str, str]] = {
    "invited": ("受邀", "Invited"),
    "theme": ("主题", "Theme"),
    "liaison": ("联络员", "Liaison"),
}

ENTRIES: dict[str, tuple[str, str]] = {
    "at_gate": ("现场扫码", "At the gate"),
    "before_leaving": ("离企前补扫", "Before leaving"),
    "afterwards": ("事后补录", "Afterwards"),
}

IDENTIFIED: dict[str, tuple[str, str]] = {
    "camera": ("扫码", "Scanned"),
    "photo": ("照片识码", "From a photo"),
    "typed": ("输入代码", "Code typed"),
    "search": ("按名称查找", "Found by name"),
}
