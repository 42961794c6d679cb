"""The county's nouns and values as they stand on screens (glossary)."""

from __future__ import annotations

TERMS: dict[str, tuple[str, str]] = {
    # verdicts
    "deny": ("拦截", "Denied"),
    "unverified": ("无法核实", "Could not be verified"),
    "allow_then_file": ("准予先行、事后备案", "Enter first, file after"),
    "allow_exception": ("允许（例外）", "Allowed (exception)"),
    "allow": ("允许", "Allowed"),
    # levels of a reason
    "level_deny": ("拦截", "Denies"),
    "level_unverified": ("无法核实", "Unverified"),
    "level_lifted": ("因例外放行", "Lifted by the exception"),
    "level_warn": ("提醒", "Warning"),
    "level_info": ("告知", "Information"),
    # purposes
    "inspection": ("执法检查", "Inspection"),
    "recheck": ("整改复查", "Recheck"),
    "survey": ("调研考察", "Survey"),
    "service": ("助企服务", "Service visit"),
    # how it was entered
    "at_gate": ("现场扫码", "Scanned at the gate"),
    "before_leaving": ("离企前补扫", "Entered before leaving"),
    "afterwards": ("事后补录", "Entered afterwards"),
    # how the enterprise was found
    "camera": ("扫描入企码", "Gate code scanned"),
    "photo": ("从照片读码", "Code read from a photo"),
    "typed": ("手工输入", "Code typed"),
    "search": ("按名称查找", "Found by name"),
    # grounds of a service visit
    "invited": ("受邀", "Invited"),
    "theme": ("当月主题", "The month's theme"),
    "liaison": ("助企联络员", "Liaison"),
    # exceptions
    "work_safety": ("安全生产", "Work safety"),
    "food_drug_safety": ("食药安全", "Food and drug safety"),
    "environment": ("环境保护", "Environment"),
    "emergency": ("突发事件", "Emergency"),
    "complaint": ("投诉举报", "Complaint"),
    "case": ("案件查处", "Case"),
    "superior": ("上级部署", "Ordered from above"),
    "other": ("其他", "Other"),
    # the approver's answer
    "stated": ("已声明，待批准人确认", "Stated; the approver has not answered yet"),
    "confirmed": ("批准人已确认", "Confirmed by the approver"),
    "denied": ("批准人已否认", "Denied by the approver"),
    # state of a visit
    "open": ("进行中", "Open"),
    "closed": ("已结束", "Closed"),
    "refused": ("未入企", "Refused at the gate"),
    # a person on a visit
    "named": ("列名", "Named"),
    "joined": ("到场", "Joined"),
    "joined_late": ("事后确认到场", "Joined late"),
    # receipts
    "accepted": ("已收存", "Accepted"),
    "set_aside": ("待核", "Set aside"),
    # kinds of records
    "visit_opened": ("入企", "Visit opened"),
    "visit_refused": ("未准入企", "Refused at the gate"),
    "guidance_given": ("现场指导", "Guidance"),
    "law_taught": ("普法", "Legal education"),
    "photo_taken": ("照片", "Photo"),
    "need_noted": ("企业诉求", "The enterprise's need"),
    "visit_closed": ("结束", "Visit closed"),
    "amended": ("补正", "Amendment"),
    "resumed": ("手机恢复后续记", "Resumed after a restore"),
    "exception_answered": ("批准人答复", "The approver's answer"),
    "pass_checked": ("企业核验", "The enterprise's check"),
    "filing_submitted": ("提交备案", "Filing submitted"),
    "finding_noted": ("发现问题", "Finding"),
    "letter_signed": ("承诺书签署", "Letter signed"),
    "letter_refused": ("承诺书拒签", "Letter refused"),
    "letter_answered": ("企业对承诺书的答复", "The enterprise on its letter"),
    "correction_shown": ("企业交整改照片", "Correction shown by the enterprise"),
    "correction_answered": ("对整改的答复", "The department on the correction"),
    "objection_answered": ("对异议的答复", "The department on the objection"),
    "promise_broken": ("认定承诺未兑现", "Promise marked as broken"),
    "sparing_decided": ("对免罚的决定", "Decision on sparing"),
    "follow_up_planned": ("安排回访服务", "Follow-up visit planned"),
    # the letter
    "letter_unanswered": ("已在执法人员手机上签署", "Signed on the officer's phone"),
    "letter_unsigned": ("没有签字，有见证人", "Not signed; witnessed"),
    "letter_confirmed": ("企业已确认", "Confirmed by the enterprise"),
    "letter_contested": ("企业有异议", "Contested by the enterprise"),
    "letter_unfounded": ("企业有异议，问题不成立", "Contested by the enterprise, and not borne out"),
    # rules 5
    "no_penalty_minor": ("轻微违法，不予处罚", "Minor: not punished"),
    "no_penalty_first": ("首次违法，可以不予处罚", "First offence: may be spared"),
    "no_penalty_no_fault": ("没有主观过错，不予处罚", "No fault: not punished"),
    # roles
    "role_clerk": ("经办人", "Clerk"),
    "role_department_head": ("单位负责人", "Department head"),
    "role_discipline": ("纪检监督", "Discipline inspection"),
    "role_liaison": ("助企联络员", "Liaison"),
    "role_supervisor": ("监督员", "Supervisor"),
    "role_county_office": ("县专班", "County office"),
    "role_administrator": ("管理员", "Administrator"),
    # on behalf of whom an act was signed that needs no account
    "public": ("企业（不用登录）", "The enterprise (no login)"),
    "role_hotline": ("热线坐席", "Hotline"),
    "role_reviewer": ("法制审核人员", "Legal reviewer"),
    "role_approver": ("例外批准人", "Approver"),
}
