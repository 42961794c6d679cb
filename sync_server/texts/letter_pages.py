"""Texts of the copy's page, of the approver's page, and of what leads to them."""

from __future__ import annotations

LETTER_PAGES: dict[str, tuple[str, str]] = {
    # The copy that an enterprise keeps
    "copy_title_letter": ("承诺书副本", "Copy of the letter"),
    "copy_title_guidance": ("指导单", "Guidance slip"),
    "copy_title_visit": ("现场检查笔录存证", "Proof of the on-site record"),
    "copy_bad_title": ("这个码读不出来", "This code cannot be read"),
    "copy_bad": (
        "码不完整，或不是本县的。请重新扫一次；仍不行，拨打 {hotline}。",
        "It is torn or not this county's. Scan it again; if that fails, call {hotline}.",
    ),
    "copy_not_arrived_title": ("还没有送达县里", "It has not reached the county yet"),
    "copy_not_arrived": (
        "下面是码里写的内容，县里还没有收到手机上的记录，不能核对。请保存后再看；两天后仍如此，请拨打 {hotline}。",
        (
            "Below is what the code says. The officer's phone has not delivered the record yet, so nothing can be "
            "compared. Keep the code and look again; if it is still so in two days, call {hotline}."
        ),
    ),
    "copy_unsigned_words": ("码里的内容（尚未核对）", "What the code says (not compared)"),
    "copy_no_words": ("内容较长，码里只有编号和链接。", "It is long: the code carries number and link only."),
    "copy_letter_unanswered": ("已签署，等您确认", "Signed; waiting for your word"),
    "copy_letter_unsigned": ("没有签字，等您答复", "Not signed; waiting for your word"),
    "copy_letter_confirmed": ("您已确认", "You have confirmed it"),
    "copy_letter_contested": ("您提出了异议", "You have contested it"),
    "copy_disguised": (
        "这次来访是调研或者助企服务，不得查问题、不得要您签承诺书（三.4）。这份不作数，请打 {hotline} 说一声。",
        (
            "This visit was a survey or a service: nothing found may become a finding, and no letter may be asked "
            "of you (plan 3.4). It counts for nothing. Please tell {hotline}."
        ),
    ),
    "copy_contested_next": (
        "单位负责人核实后答复，答复会出现在这个页面上；答复之前不会为它立案。有急事请拨打 {hotline}。",
        (
            "The head of the department looks into it and answers on this page; until then it becomes no case. "
            "Urgent: call {hotline}."
        ),
    ),
    "copy_objection_accepted": ("单位采纳了您的异议", "The department accepts your objection"),
    "copy_objection_accepted_means": (
        "期限和内容以下面的答复为准；问题本身没有撤销。",
        "Day and words are as answered below; the finding itself was not withdrawn.",
    ),
    "copy_objection_unfounded": (
        "单位采纳了您的异议：问题不成立",
        "The department accepts your objection: it was no violation",
    ),
    "copy_objection_stands": ("单位核实后维持原内容", "The department has looked into it: the letter stands"),
    "copy_objection_said": ("单位的答复", "Its answer"),
    "copy_objection_due": ("新的期限：{day}。", "New day: {day}."),
    "copy_objection_next": (
        "不同意答复的，请拨打 {hotline} 向县里反映。",
        "If you disagree, tell the county: {hotline}.",
    ),
    "copy_enterprise": ("企业", "Enterprise"),
    "copy_statement": ("声明", "Statement"),
    "copy_consequences": ("后果告知", "Consequences"),
    "copy_signatures": ("签字", "Signatures"),
    "copy_officer": ("执法人员", "Officer"),
    "copy_drawn": ("{name}的手写签字", "Signature of {name}"),
    "copy_answer_title": ("内容属实吗？", "Is it true?"),
    "copy_answer_until": ("可在 {day} 前答复。", "You may answer until {day}."),
    "copy_answer_over": (
        "答复期限已过（{day}）。有异议请拨打 {hotline}。",
        "The time is over ({day}). To object, call {hotline}.",
    ),
    "copy_confirm": ("属实，确认", "True: confirm"),
    "copy_contest": ("提出异议", "Contest it"),
    "copy_contest_note": ("哪里不对（提出异议时必填）", "What is wrong (needed to contest)"),
    "copy_contest_still": ("仍可提出异议。", "You may still contest it."),
    "copy_note": ("您写的", "You wrote"),
    "copy_answered_confirmed": ("已确认，并记入县里的存证。", "Confirmed, and kept in the county's log."),
    "copy_answered_contested": (
        "异议已记入县里的存证，不会被删改。",
        "Your objection is kept in the county's log; nobody can remove it.",
    ),
    "copy_answered_late": (
        "已有答复，或期限已过，没有再记一次。",
        "It was answered before, or the time is over: nothing was added.",
    ),
    "copy_needs_note": (
        "提出异议请写明哪里不对（500 字以内）。",
        "To contest, say what is wrong (500 characters at most).",
    ),
    "copy_advised": ("建议与普法", "Advice and law"),
    "copy_people": ("来人", "People"),
    "copy_when": ("时间", "When"),
    "copy_purpose": ("事由", "Purpose"),
    "copy_proof": ("存证", "Proof"),
    "copy_proof_text": (
        "记录编号 {id}，存证第 {index} 条，收到时间 {received}。编号是记录内容的指纹，改一个字都会变。",
        "Record {id}, log entry {index}, received {received}. The id is the fingerprint of the content.",
    ),
    "copy_proof_good": (
        "已用县里公布的密钥核对：签名有效，在存证中。",
        "Checked with the county's keys: signed, and in the log.",
    ),
    "copy_proof_bad": ("核对没有通过，请拨打 {hotline}。", "The check failed: call {hotline}."),
    "copy_refused": ("现场拒绝签字，见证人 {witness}。", "Not signed on site; witness {witness}."),
    # The approver's page
    "exceptions_title": ("待确认的例外", "Exceptions waiting"),
    "exceptions_none": ("没有等您确认的例外。", "No exception waits for you."),
    "exceptions_none_next": (
        "有人以例外情形入企、写了由您批准的，手机同步后会出现在这里；请在一个工作日内确认或否认。",
        (
            "Who enters by an exception and names you as approver appears here after the phone's next sync; answer "
            "within one working day."
        ),
    ),
    "exceptions_lead": (
        "执法人员在现场声明由您批准。请在一个工作日内确认或否认。",
        "Officers have stated at a gate that you approved. Confirm or deny within one working day.",
    ),
    "exceptions_due": ("请在 {day} 前答复", "Answer by {day}"),
    "exceptions_late": ("已过期限：各处只显示为“已声明”", "Overdue: shown as “stated only” everywhere"),
    "exceptions_late_count": (
        "{count} 个已过答复期限，排在最前。企业和执法人员现在只看到“已声明”。",
        "{count} overdue, listed first. Until you answer, enterprise and officers see “stated only”.",
    ),
    "exceptions_waited_hours": ("已等 {hours} 小时", "waiting for {hours} h"),
    "exceptions_waited_days": ("已等 {days} 天", "waiting for {days} days"),
    "exceptions_confirm": ("我批准过，确认", "I approved: confirm"),
    "exceptions_deny": ("没有批准，否认", "Deny"),
    "exceptions_reason": ("否认的原因（否认时必填）", "Reason (needed to deny)"),
    "exceptions_needs_reason": ("否认请写明原因（500 字以内）。", "To deny, give a reason (500 characters at most)."),
    "exceptions_done_confirmed": (
        "已确认。企业和执法人员都会看到。",
        "Confirmed. The enterprise and the officer will see it.",
    ),
    "exceptions_done_denied": (
        "已否认。企业和执法人员都会看到。",
        "Denied. The enterprise and the officer will see it.",
    ),
    "exceptions_answered": ("这个例外已经答复过了。", "This exception was answered before."),
    "exceptions_past": ("已答复", "Answered"),
    "exceptions_proof": ("编号", "Number"),
    "exceptions_proof_none": ("未填编号", "no number given"),
    "exceptions_who": ("执法人员", "Officers"),
}
