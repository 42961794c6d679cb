"""The one reason of each answer to a check, and what is said of a check without signal."""

from __future__ import annotations

CHECK_REASONS: dict[str, tuple[str, str]] = {
    # one reason: the twelve statuses
    "why_valid": ("是本县发的码，签名有效。", "It is the county's own code, and its signature is right."),
    "why_unreadable": ("没有读出码来。请重新扫一次。", "No code could be read. Please scan again."),
    "why_unknown_format": (
        "这不是本县的亮码。真的执法人员能在自己手机上亮出来。",
        "This is not a visit pass of the county. A real officer can show one on his phone.",
    ),
    "why_badly_formed": (
        "码的内容不对，可能被改动过。",
        "What the code says is not well formed; it may have been altered.",
    ),
    "why_unknown_key": (
        "不是本县发的：签名的手机或单位，县里不认识。",
        "Not the county's: whoever signed it is unknown here.",
    ),
    "why_signature_mismatch": (
        "签名不对：码是伪造的，或被改动过。",
        "The signature is wrong: the code is forged or was altered.",
    ),
    "why_unsupported": (
        "码的版本比本页新，这里认不出。",
        "The code is of a newer kind than this page knows.",
    ),
    "why_expired": (
        "码已经过期。请对方当面亮一张新码；拿不出新码的，可以不让进。",
        "The code has expired. Ask for a new one, made before your eyes; without it you may refuse entry.",
    ),
    "why_not_yet": (
        "码上的时间还没有到：对方手机的时间不对。请他校准时间，再亮一张新码。",
        "The code's time has not come yet: the visitor's clock is wrong. Let him set it and show a new code.",
    ),
    "why_revoked": (
        "这部手机或这个人的资格已经停用，不能再来检查。",
        "This phone, or this person's standing, has been revoked. It may not be used for visits any more.",
    ),
    "why_wrong_host": (
        "码指向别的网站，不是本县的。请不要打开它。",
        "The code leads to another site, not the county's. Do not open it.",
    ),
    "why_trust_too_old": (
        "本机存的县里数据超过七天，不能作准。请连上网再核验。",
        "What this phone keeps of the county's data is over seven days old. Go online and check again.",
    ),
    # one reason: what a valid pass still has against it, or for it
    "why_valid_filed": ("本县执法人员，这次检查已备案。", "An officer of the county, and this visit is filed."),
    "why_valid_exception": (
        "本县执法人员，例外入企，批准人已经确认。",
        "An officer of the county, by an exception that the approver has confirmed.",
    ),
    "why_valid_service": ("本县人员，来做助企服务，不是检查。", "Of the county, here to serve, not to inspect."),
    "why_valid_invited": (
        "本县人员，说是受您邀请来服务。请过的，可以放行。",
        "A person of the county who says you invited him. If you did, let him in.",
    ),
    "why_valid_survey": (
        "本县人员，来调研，不是检查，不得开罚单。",
        "A person of the county, here for a survey; not an inspection, and no penalty may follow.",
    ),
    "why_other_enterprise": (
        "这张码是去另一家企业用的，不是来您这里的。",
        "This code is for a visit to another enterprise, not to yours.",
    ),
    "why_opening_differs": (
        "码上写的和县里收到的入企记录不一样。",
        "What the code says differs from the record that the county has received.",
    ),
    "why_verdict_denied": (
        "门口核验没有通过，今天不能来。",
        "The gate refused this visit: it is not allowed today.",
    ),
    "why_officer_unlicensed": ("来人没有执法证，不能检查。", "The visitor has no licence and may not inspect."),
    "why_officer_expired": ("来人的执法证不在有效期内。", "The visitor's licence is not valid today."),
    "why_exception_denied": (
        "对方声称的例外，批准人已经否认。",
        "The exception that was claimed has been denied by its approver.",
    ),
    "why_service_without_ground": (
        "今天是保护日，来服务也要说明缘由；这张码没有。",
        "Today is protected, and even a service visit must name its ground. This code names none.",
    ),
    "why_visit_closed": (
        "县里记着这次入企已经结束。请对方说明来意。",
        "For the county this visit is over already. Ask why they have come.",
    ),
    "why_old_code": (
        "这张码不是刚做的，可能是翻拍的。请对方当面亮码，等它变成新码再扫一次。",
        "This code was not made just now; it may be a photograph. Watch the phone until it changes, and scan again.",
    ),
    "why_gate_unverified": (
        "对方手机在门口没能核实，结论是“无法核实”。",
        "At the gate the visitor's phone could not verify this visit.",
    ),
    "why_not_reproduced": (
        "县里重新核验，结论和对方手机上的不一样。",
        "Deciding again, the county comes to another verdict than the visitor's phone.",
    ),
    "why_exception_stated": (
        "对方声称有例外情形，批准人还没有确认。",
        "An exception is claimed that its approver has not confirmed yet.",
    ),
    "why_exception_not_arrived": (
        "对方声称有例外情形，县里还没有收到记录。",
        "An exception is claimed; the county has not received its record yet.",
    ),
    "why_not_filed": (
        "人是真的，但县里没有这次检查的备案。",
        "The officer is genuine, but the county has no filing of this visit.",
    ),
    "why_filing_not_in_force": (
        "人是真的，但这次检查的备案现在不作数：撤回、并入联合检查，或不在日期内。",
        "The officer is genuine, but the filing does not count now: withdrawn, merged, or not for today.",
    ),
    "why_protected_day": (
        "今天是保护日，县里还没有收到这次入企的记录。",
        "Today is protected, and the county has not received the record of this visit yet.",
    ),
    # the check offline
    "offline_copy_letter": ("承诺书副本", "Copy of the letter"),
    "offline_copy_guidance": ("指导单", "Guidance slip"),
    "offline_copy_visit": ("现场检查笔录", "On-site record"),
    "offline_copy_lead": (
        "这是码里写的内容，现在没有信号，还不能和县里的存证核对。有信号后再打开，可以确认或提出异议。",
        "This is what the code says; without signal it cannot be compared. Open it again to confirm or contest.",
    ),
    "offline_copy_no_words": ("内容较长，有信号时才能看到。", "It is long and can be read where there is signal."),
    "offline_copy_bad": ("这个码读不出来，请重新扫一次", "This code cannot be read; scan it again"),
    "offline_title": ("没有信号时的核验", "Checked without signal"),
    "offline_banner": ("现在没有信号：本机自己核验", "No signal: this phone checks by itself"),
    "offline_limits": ("没有信号，这些核不了：", "What cannot be known without signal:"),
    "offline_limit_portrait": (
        "照片看不到。请对照对方的执法证。",
        "The photo cannot be shown. Compare with the licence card.",
    ),
    "offline_limit_revoked": (
        "{issued} 以后有没有停用，不知道。",
        "Whether anything was revoked after {issued}.",
    ),
    "offline_limit_filed": (
        "备案后来有没有撤回，不知道。",
        "Whether the filing was withdrawn since.",
    ),
    "offline_limit_exception": (
        "例外有没有得到确认，不知道。",
        "Whether an exception was confirmed.",
    ),
    "offline_limit_clock": (
        "两部手机的时间都要对，差两分钟以上就核不准。",
        "Both phones' clocks must be right: two minutes off is too much.",
    ),
    "offline_exception": (
        "对方声称有例外情形，没有信号核不了。",
        "An exception is claimed, which cannot be checked without signal.",
    ),
    "offline_filed": ("本县执法人员，凭条写明已备案。", "An officer of the county, with a slip that it is filed."),
    "offline_not_filed": (
        "是本县人员，但没有信号，问不到县里这次有没有备案。",
        "A genuine officer; the county could not be asked whether the visit is filed.",
    ),
    "offline_old_code": (
        "这张码不是刚做的，或两部手机时间不一致。请看着对方的码变一次，再扫。",
        "This code was not made just now, or the two clocks differ. Watch the code change, and scan again.",
    ),
    "offline_no_trust": (
        "本机还没有存过县里的数据。请先连网打开一次入企码页面。",
        "This phone has not kept the county's data yet. Open the gate sheet's page online once.",
    ),
    "offline_root_changed": (
        "县里的根密钥和本机第一次见到的不一样。请打 {hotline}。",
        "The county's root key is not the one this phone saw first. Call {hotline}.",
    ),
    "offline_no_crypto": (
        "这个浏览器不能离线核验。请用手机自带的浏览器打开，或连上网再核验。",
        "This browser cannot check offline. Open the page in the phone's own browser, or go online.",
    ),
    "offline_no_worker": (
        "在微信里不能离线核验：请点右上角“…”，选“在浏览器打开”，以后没有信号也能用。",
        "WeChat cannot check offline: tap … and choose “open in the browser”, and it works without signal, too.",
    ),
    "offline_kept": (
        "已记在本机，有信号时自动送到县里。",
        "Kept on this phone; it goes to the county by itself when there is signal.",
    ),
    "offline_waiting": ("还有 {count} 条等待送出。", "{count} still to be sent."),
    "offline_spoken": (
        "六位数字要连网才能核对，请打 {hotline}。",
        "The six digits need signal. Call {hotline}.",
    ),
    "offline_try_again": ("连网再核验", "Check again online"),
}
