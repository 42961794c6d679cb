"""What the owner at the gate reads: the gate sheet's page, the answer to a check, the spoken code, the check offline.

Plain words, for somebody who has never seen an app of the county's. `offline_…` and `why_…` also go to the scripts.
"""

from __future__ import annotations

from sync_server.texts.check_reasons import CHECK_REASONS
from sync_server.texts.terms import TERMS

CHECK_PAGE: dict[str, tuple[str, str]] = {
    **CHECK_REASONS,
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
    "act_looked": ("只记下这次核验", "Only keep this check"),
    "act_again": ("重新核验", "Check again"),
    "acted_title": ("已经记下", "It is recorded"),
    "acted_looked": ("这次核验已经记下。", "This check is recorded."),
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
    # codes that only the app reads
    "app_code_title": ("这个码要用助企码应用扫", "This code is for the app"),
    "app_code_next": (
        "请打开助企码应用，在应用里再扫一次；还没有应用的，请找县专班。",
        "Open the Zhuqi app and scan it there again; if you have none, ask the county office.",
    ),
    "app_code_door": (
        "想核验上门的人：请扫墙上自己的入企码，或扫对方亮出的码。",
        "To check who is at your door, scan your own gate sheet, or the code that the visitor shows.",
    ),
    "app_code_open": ("打开助企码应用", "Open the app"),
    # a check on the supervisor's page
    "check_looked": ("企业看了这张码", "The enterprise looked at this code"),
    "check_let_in": ("企业放行", "The enterprise let them in"),
    "check_refused": ("企业不让进", "The enterprise refused entry"),
    "check_not_the_person": ("企业说不是照片上的人", "The enterprise says it is not the person in the picture"),
    "check_own_sheet": ("从本企业入企码核验", "from its own gate sheet"),
    "check_direct": ("直接扫码", "scanned directly"),
    "check_spoken": (
        "报的编号和数字，在本企业入企码页面核对",
        "number and digits told, typed on its own gate sheet's page",
    ),
    "check_hotline": ("报的编号和数字，由热线核对", "number and digits told to the hotline"),
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
