"""What the owner at the gate reads: the gate sheet's page, the answer to a check, the spoken code, the check offline.

Plain words, for somebody who has never seen an app of the county's. `offline_…` and `why_…` also go to the scripts.
"""

from __future__ import annotations

from sync_server.texts.terms import TERMS

CHECK_PAGE: dict[str, tuple[str, str]] = {
    # the gate sheet's page
    "sheet_title": ("入企码", "Gate sheet"),
    "sheet_gate": ("{place}（第 {no} 入口）", "{place} (gate {no})"),
    "sheet_gate_plain": ("第 {no} 入口", "Gate {no}"),
    "sheet_void_title": ("这张入企码已经作废", "This gate sheet is void"),
    "sheet_void": (
        "请不要再用它核验，也不要让人扫它。请向县专班领取新的入企码：{hotline}。",
        "Do not use it to check anybody, and let nobody scan it. Ask the county office for a new one: {hotline}.",
    ),
    "sheet_unknown_title": ("县里没有这张入企码", "The county knows no such gate sheet"),
    "sheet_unknown": (
        "它可能印错了，也可能是假的。请打电话核实：{hotline}。核实前，请不要凭它让人进门。",
        "It may be misprinted, or false. Call {hotline}. Until then, let nobody in because of it.",
    ),
    "sheet_closed": (
        "这家企业在名册里已经注销或关闭。情况不对的，请打 {hotline}。",
        "The register lists this enterprise as closed. If that is wrong, call {hotline}.",
    ),
    "sheet_check_title": ("核验上门人员", "Check who is at my door"),
    "sheet_check_scan": (
        "请来人亮出手机上的码，用微信“扫一扫”扫它。从现在起 30 分钟内扫到的码，都会与本企业核对。",
        (
            "Ask to see the code on the visitor's phone and scan it with your phone's scanner. For the next 30 minutes "
            "every code you scan is compared with this enterprise."
        ),
    ),
    "sheet_check_speak": (
        "扫不了？请来人报出执法证号或编号，和码下面的六位数字，一起填在这里：",
        "Cannot scan? Ask for the officer's number and the six digits under the code, and type both here:",
    ),
    "sheet_check_example": ("例如：p001 123456", "For example: p001 123456"),
    "sheet_check_button": ("核验", "Check"),
    "sheet_check_empty": (
        "没有看懂。请填编号和六位数字，中间空一格；或粘贴整个码的内容。",
        "That could not be read. Type the number, a space and the six digits, or paste the whole code.",
    ),
    "sheet_expect_title": ("来检查时，您可以期待什么", "What you may expect"),
    "sheet_expect_filed": (
        "只接待备过案的检查。来人能说出备案号，本页能核实。",
        "Only visits that were filed. The visitor knows the filing's number, and this page can check it.",
    ),
    "sheet_expect_two": (
        "检查须两名以上执法人员，主动出示执法证。",
        "At least two officers for an inspection, who show their licences unasked.",
    ),
    "sheet_expect_refuse": (
        "核验不通过的，您可以不让进。这不会给您带来任何不利。",
        "If the check fails you may refuse entry. That will not be held against you.",
    ),
    "sheet_expect_free": (
        "不收费，不摊派，不要您准备材料，也不要求法定代表人到场。",
        "It costs nothing. Nobody may ask for gifts or papers, or insist that the legal representative is there.",
    ),
    "sheet_expect_complain": (
        "有话要说、要投诉，打 {hotline}。投诉人不会告诉被投诉的单位。",
        "Questions and complaints: {hotline}. Whoever is complained about is not told by whom.",
    ),
    "sheet_days_title": ("保护日", "Protected days"),
    "sheet_days": (
        "执法助企服务周内，除七种特殊原因外，不得来检查、调研、考察。",
        "In the service week nobody may inspect or survey, but for seven listed reasons.",
    ),
    "sheet_days_today": ("今天是保护日", "Today is protected"),
    "sheet_days_moved": ("（县里调整过）", "(moved by the county)"),
    "sheet_days_none": ("县里还没有公布。", "Not published yet."),
    "sheet_month": ("{year} 年 {month} 月", "{month}/{year}"),
    "sheet_range": ("{first} 日至 {last} 日", "{first} to {last}"),
    "sheet_space_title": ("企业自己的空间", "Your own space"),
    "sheet_space": (
        "以后可以在这里看到来过的人、给您的建议、承诺和评价。现在还没有开放。",
        "Later you will find here who came, what you were advised, promises and ratings. It is not open yet.",
    ),
    "sheet_offline_ready": (
        "本机已存好核验工具，没有信号时也能核验。",
        "This phone has kept what it needs: it can check without signal, too.",
    ),
    # the answer
    "answer_title": ("核验结果", "Result of the check"),
    "advice_let_in": ("可以放行", "You may let them in"),
    "advice_verify": ("先核实", "Verify first"),
    "advice_may_refuse": ("可以不让进", "You may refuse entry"),
    "advice_verify_call": ("请打 {hotline} 核实。", "Call {hotline} to verify."),
    "answer_from_sheet": ("从本企业的入企码核验", "Checked from your own gate sheet"),
    "answer_direct": (
        "为保险起见，请打开墙上自己的入企码页面，从那里再核验一次：骗子也会给人看一张自己做的绿色页面。",
        (
            "To be sure, open the page of your own gate sheet on the wall and check from there: "
            "an impostor can show a green page of his own making."
        ),
    ),
    "answer_names": ("码上的企业", "Enterprise"),
    "answer_person": ("码上的人", "The person of this code"),
    "answer_compare": (
        "请对照本人：照片、姓名、执法证号都对得上吗？",
        "Compare with the person before you: photo, name, licence number.",
    ),
    "answer_department": ("单位", "Department"),
    "answer_licence": ("执法证号", "Licence"),
    "answer_no_licence": ("没有执法证：不得检查，只可服务或调研", "No licence: may serve or survey, never inspect"),
    "answer_portrait": ("{name}的照片", "Photo of {name}"),
    "answer_no_portrait": ("没有照片", "No photo"),
    "answer_visit": ("这次入企", "This visit"),
    "answer_purpose": ("事由", "Purpose"),
    "answer_ground": ("缘由", "Ground"),
    "answer_asked": (
        "对方说是您请来的。您请过他们吗？没有请过的，可以不让进。",
        "They say that you invited them. Did you? If not, you may refuse entry.",
    ),
    "answer_ground_by": ("{by}，{on}", "{by}, {on}"),
    "answer_filing": ("备案号", "Filing"),
    "answer_no_filing": ("无", "none"),
    "answer_window": ("拟定日期", "Window"),
    "answer_range": ("{first} 至 {last}", "{first} to {last}"),
    "answer_items": ("检查事项", "Items"),
    "answer_basis": ("依据", "Basis"),
    "answer_exception": ("例外理由", "Exception"),
    "answer_exception_filed": ("备案时已受理", "accepted with the filing"),
    "answer_verdict": ("门口核验", "At the gate"),
    "answer_assistants": ("协助人员", "Assistants"),
    "answer_assistants_count": ("{count} 人，不是执法人员", "{count}, who are not officers"),
    "answer_opening_missing": (
        "对方手机还没有把入企记录传到县里，同行人员以备案所列为准。",
        "The visitor's phone has not sent its record yet; the people are those of the filing.",
    ),
    "answer_people": ("一起来的人", "Who else comes"),
    "answer_joined": ("已用自己的手机到场", "there with their own phone"),
    "answer_named": ("列名", "named only"),
    "answer_two": (
        "检查须两名以上执法人员在场。只来一个人的，可以不让进。",
        "An inspection needs two officers present. If only one has come you may refuse entry.",
    ),
    "answer_skew_behind": (
        "这张码是约 {minutes} 分钟前做的，或者对方手机的时间慢了约 {minutes} 分钟。",
        "This code was made some {minutes} minutes ago, or the visitor's clock is {minutes} minutes slow.",
    ),
    "answer_skew_ahead": (
        "对方手机的时间快了约 {minutes} 分钟。",
        "The visitor's clock is some {minutes} minutes fast.",
    ),
    "answer_checked_at": ("核验时间 {now}", "Checked {now}"),
    "act_title": ("您怎么办了", "What you did"),
    "act_lead": (
        "点一下就留下记录，谁也改不了，也不用登录。",
        "One tap leaves a record that nobody can change. No login needed.",
    ),
    "act_let_in": ("放行", "Let in"),
    "act_refused": ("不让进", "Refuse entry"),
    "act_not_the_person": ("不是照片上的人", "Not the person in the picture"),
    "act_again": ("重新核验", "Check again"),
    "acted_title": ("已经记下", "It is recorded"),
    "acted_let_in": ("您已放行。", "You let them in."),
    "acted_refused": (
        "您没有让进。这不会给您带来任何不利；县专班会看到这条记录。",
        "You refused entry. It will not be held against you; the county office sees this record.",
    ),
    "acted_not_the_person": (
        "您说来人不是照片上的人。请不要让他进，并马上打 {hotline}。",
        "You say this is not the person in the picture. Do not let him in, and call {hotline} now.",
    ),
    "acted_number": ("存证第 {index} 条", "Log entry {index}"),
    "acted_before": ("之前已经记下。", "It was recorded before."),
    "acted_over": (
        "这个页面已经过了半小时，请重新扫码核验。",
        "This page is older than half an hour. Please scan the code again.",
    ),
    "throttled": (
        "这个网络上核验得太频繁，请 {seconds} 秒后再试；着急的请打 {hotline}。",
        "Too many checks from this network. Try again in {seconds} seconds, or call {hotline}.",
    ),
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
    # a check on the supervisor's page
    "check_looked": ("企业看了这张码", "The enterprise looked at this code"),
    "check_let_in": ("企业放行", "The enterprise let them in"),
    "check_refused": ("企业不让进", "The enterprise refused entry"),
    "check_not_the_person": ("企业说不是照片上的人", "The enterprise says it is not the person in the picture"),
    "check_own_sheet": ("从本企业入企码核验", "from its own gate sheet"),
    "check_direct": ("直接扫码", "scanned directly"),
    "check_skew": ("与码上时间相差 {seconds} 秒", "{seconds} s from the code's own time"),
    "check_offline": (
        "没有信号时核验，企业手机时间 {at}，后来送到",
        "without signal at {at} by the enterprise's phone, sent later",
    ),
    # the spoken code
    "spoken_title": ("报码核验", "Spoken code"),
    "spoken_right": ("编号和六位数字对得上。", "Number and digits belong together."),
    "spoken_wrong": (
        "编号和六位数字对不上。数字每 30 秒换一次，请对方再报一次；仍对不上的，可以不让进。",
        (
            "Number and digits do not belong together. They change every 30 seconds: ask once more; if they still do "
            "not, you may refuse entry."
        ),
    ),
    "spoken_revoked": (
        "这部手机或这个人的资格已经停用，不能再来检查。",
        "This phone, or this person's standing, has been revoked.",
    ),
    "spoken_throttled": (
        "试得太多，请 {seconds} 秒后再试，或打 {hotline}。",
        "Too many tries. Wait {seconds} seconds, or call {hotline}.",
    ),
    "spoken_visits": ("今天登记的入企", "Visits today"),
    "spoken_no_visits": (
        "县里没有收到此人今天的入企记录，他的手机可能还没有联网。",
        "The county has received no visit of this person today; the phone may be offline.",
    ),
    "spoken_here": ("来本企业", "to this enterprise"),
    "spoken_elsewhere": ("去了别的企业", "to another enterprise"),
    "spoken_filings": ("今天有效的备案", "Filings in force today"),
    "spoken_no_filings": ("没有今天到本企业的有效备案。", "No filing in force today for this enterprise."),
    "spoken_no_filings_any": ("没有今天有效的备案。", "No filing is in force today."),
    # the hotline desk
    "hotline_title": ("热线核验", "Hotline desk"),
    "hotline_field": ("编号和六位数字", "Number and six digits"),
    "hotline_lead": (
        "来电人报出上门人员的编号和六位数字，填在这里。",
        "The caller reads out the visitor's number and six digits; type them here.",
    ),
    # the check offline
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

SCRIPT_PREFIXES = ("offline_", "why_", "advice_", "answer_", "act_", "acted_")


_SCRIPT_TERMS = (
    *("inspection", "recheck", "survey", "service", "invited", "theme", "liaison"),
    *("deny", "unverified", "allow_then_file", "allow_exception", "allow"),
    *("work_safety", "food_drug_safety", "environment", "emergency", "complaint", "case", "superior", "other"),
)


def script_texts(language: str) -> dict[str, str]:
    """What the offline page's script says, in one language."""
    at = 0 if language == "zh" else 1
    said = {key: pair[at] for key, pair in CHECK_PAGE.items() if key.startswith(SCRIPT_PREFIXES)}
    return said | {f"term_{word}": TERMS[word][at] for word in _SCRIPT_TERMS}
