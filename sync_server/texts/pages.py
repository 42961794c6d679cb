"""Texts of the frame, the landing page, login, the visit list and the error pages."""

from __future__ import annotations

PAGES: dict[str, tuple[str, str]] = {
    "product": ("助企码", "Zhuqi"),
    "skip": ("跳到正文", "Skip to the content"),
    "other_language": ("English", "中文"),
    "logout": ("退出", "Log out"),
    "login": ("登录", "Log in"),
    "nav_visits": ("入企记录", "Visits"),
    "hotline": ("咨询投诉电话 {number}", "Questions and complaints: {number}"),
    "footer": ("{county}优化营商环境工作专班", "{county}: office for the business environment"),
    # landing
    "landing_title": ("执法助企服务周 · 扫码入企", "The service week and visits by code"),
    "landing_lead": (
        "到企业去的每一次检查、复查、调研和服务，都在门口扫码核验：是否备案、当天可否入企、由谁前来。每一步都有签名和存证，谁也改不了。",
        (
            "Every inspection, recheck, survey and service visit is checked at the enterprise's gate: is it filed, is "
            "it allowed today, who comes. Every step is signed and kept so that nobody can change it afterwards."
        ),
    ),
    "landing_week_title": ("每月第二周不打扰", "The second week of a month is quiet"),
    "landing_week": (
        "服务周内除七种特殊原因外，任何单位不得到企业检查、调研、考察。日期由县里公布。",
        "But for seven listed reasons nobody may inspect or survey in the service week. The county publishes the days.",
    ),
    "landing_filing_title": ("先备案，再入企", "Filed before it happens"),
    "landing_filing": (
        "没有备案的检查，手机会在门口拦截，写明依据条款和下次可以入企的日期。",
        "A visit that is not filed is refused at the gate, with the clause and the next day on which it is allowed.",
    ),
    "landing_proof_title": ("每条记录都有回执", "Every record has a receipt"),
    "landing_proof": (
        "记录由手机签名，进入只能追加的存证日志。不统计任何人的处罚数量，不排名。",
        "Phones sign their records into an append-only log. Nobody's penalties are counted, nobody is ranked.",
    ),
    "landing_staff_title": ("工作人员入口", "For the county's staff"),
    "landing_staff": (
        "执法单位、县专班、监督和批准人员从这里登录；企业不用登录，扫门口的入企码即可。",
        "Departments, the county office, supervisors and approvers log in here; an enterprise scans its gate sheet.",
    ),
    "desks_title": ("您的工作台", "Your desks"),
    "desks_none": (
        "您的角色现在没有要在网页上办的事；角色不对的，请管理员改。",
        "Your role has nothing to do on these pages yet; if the role is wrong, ask the administrator.",
    ),
    "desk_of_filings": (
        "去企业以前先备案；草稿、待批准和待补的事后备案在这里。",
        "File before you visit; drafts, what waits for the head, and what is still to be filed stand here.",
    ),
    "desk_of_offsite": (
        "不上门：发一张自查清单，企业拍照，您答复。",
        "No visit: send a self-check list, the enterprise takes photos, you answer.",
    ),
    "desk_of_office": (
        "系统不能当场受理的备案、逾期的事后备案、联合入企。",
        "Filings that the system could not accept at once, overdue ones, joint visits.",
    ),
    "desk_of_calendar": (
        "保护日、放假调休、每月主题、政策和频次上限。",
        "Protected days, days off, monthly themes, policy and caps.",
    ),
    "desk_of_cases": (
        "法定清单、决定、送达、缴款。",
        "The law's checklist, the decision, its service, payment.",
    ),
    "desk_of_letters": (
        "按期限排列：看整改照片、答复异议、安排回访。",
        "By due day: look at photos, answer objections, plan follow-up visits.",
    ),
    "desk_of_visits": (
        "谁去了哪家企业、门口怎么判的、做了什么，每一条都能核对存证。",
        "Who went where, what the gate said, what was done; each record with its proof.",
    ),
    "desk_of_exceptions": (
        "有人以例外情形入企并写了您批准的，请在一个工作日内确认或否认。",
        "Whoever enters by an exception and names you: confirm or deny within one working day.",
    ),
    "desk_of_draws": (
        "先定范围和规则，再用公开数值抽取，谁都能重算。",
        "Fix pool and rule, then draw with a public value; anybody can repeat it.",
    ),
    "desk_of_registry": (
        "执法单位、人员、手机、企业和入企码。",
        "Departments, people, phones, enterprises and gate sheets.",
    ),
    "desk_of_accounts": ("谁能登录、做什么；邀请、停用。", "Who may log in and do what; invite, close."),
    "desk_of_hotline": (
        "来电人报编号和六位数字，当场告诉他来的人是真是假。",
        "A caller reads out number and six digits; tell at once whether the person is real.",
    ),
    "done": ("已办好，记入存证。", "Done, and on record."),
    # the app as a page, where none is built
    "app_absent_title": ("手机应用还没有放到这台服务器上", "The phone app is not on this server yet"),
    "app_absent_next": (
        "运维人员在项目目录运行下面的命令（需要 Node.js），再按说明设置 ZHUQI_APP_DIR 并重启服务器：",
        "The operator runs this in the project folder (it needs Node.js), sets ZHUQI_APP_DIR and restarts the server:",
    ),
    "app_absent_where": (
        "说明见 docs/app.md。已经装好应用的手机不受影响。",
        "docs/app.md says how. Phones that have the app already are not affected.",
    ),
    # login
    "login_title": ("登录", "Log in"),
    "login_lead": (
        "县专班、执法单位、监督员和管理员使用。",
        "For the county office, departments, supervisors and administrators.",
    ),
    "login_account": ("账号", "Account"),
    "login_password": ("密码", "Password"),
    "login_button": ("登录", "Log in"),
    "login_forgotten": (
        "忘记密码，请联系县专班管理员重设。",
        "Forgotten? The county's administrator sets a new password.",
    ),
    "login_failed": (
        "账号或密码不对。请核对后再试；忘记密码请联系管理员。",
        "The account or password is not right. Check both; if forgotten, ask the administrator.",
    ),
    "login_throttled": (
        "尝试次数太多，请在 {seconds} 秒后再试。",
        "Too many attempts. Please try again in {seconds} seconds.",
    ),
    # visit list
    "visits_title": ("入企记录", "Visits"),
    "visits_lead": (
        "含未准入企的。不计分、不排名。",
        "Refused ones included. Nothing is scored, nobody is ranked.",
    ),
    "filter": ("筛选", "Filter"),
    "filter_from": ("起始日", "From"),
    "filter_until": ("截止日", "Until"),
    "filter_department": ("单位", "Department"),
    "filter_enterprise": ("企业名称或信用代码", "Enterprise: name or code"),
    "filter_verdict": ("核验结论", "Verdict"),
    "filter_state": ("状态", "State"),
    "filter_flag": ("标记", "Flag"),
    "filter_any": ("全部", "All"),
    "filter_order": ("排序", "Order"),
    "order_newest": ("最近入企在前", "Newest first"),
    "order_oldest": ("最早入企在前", "Oldest first"),
    "filter_apply": ("查看", "Show"),
    "filter_reset": ("清除", "Clear"),
    "visits_none": ("没有符合条件的入企记录。", "No visit fits this filter."),
    "visits_none_next": ("放宽日期或清除筛选后再看。", "Widen the days or clear the filter."),
    "visits_older": ("下一页", "Next page"),
    "visits_first": ("回到第一页", "First page"),
    "set_aside_title": ("待核记录", "Records set aside"),
    "set_aside_lead": (
        "已收存并出具回执，但没有采信的记录。原文一字未改，写明原因。",
        "Kept and receipted, but not accepted. Their bytes are unchanged, and each says why.",
    ),
    "set_aside_none": ("没有待核记录。", "Nothing was set aside."),
    "set_aside_visit": ("所属的入企", "Its visit"),
    "flag_late": ("补录", "Entered late"),
    "flag_exception": ("例外情形", "Exception"),
    "flag_unverified": ("待核", "To be verified"),
    "flag_differs": ("两次核验有差异", "Second decision differs"),
    "unknown_enterprise": ("（名册中没有）", "(not in the registry)"),
    # error pages
    "error_login_required": ("请先登录", "Please log in first"),
    "error_404_title": ("没有找到这个页面", "There is no such page"),
    "error_404_next": (
        "地址可能不完整，或者内容不存在。请从首页重新进入。",
        "The address may be incomplete, or what it names is not there. Start again from the home page.",
    ),
    "error_403_title": ("没有权限", "Not allowed"),
    "error_403_next": (
        "您的账号不能查看此页。需要的话请联系县专班管理员。",
        "Your account may not see this page. If you need it, ask the county's administrator.",
    ),
    "error_form_title": ("表单已失效", "The form is no longer valid"),
    "error_form_next": (
        "页面停留太久，或不是从本站提交。请返回重新打开页面再提交。",
        "It was open for too long, or was not sent from this site. Open the page again and repeat.",
    ),
    "error_400_title": ("地址中有不认识的内容", "The address holds something unknown"),
    "error_400_next": (
        "请返回并重新选择筛选条件，不要手工修改地址。",
        "Go back and choose the filter again instead of editing the address.",
    ),
    "error_405_title": ("不能这样访问", "That cannot be done here"),
    "error_405_next": ("请从页面上的链接或按钮操作。", "Use the links and buttons of the pages."),
    "error_429_title": ("尝试次数太多", "Too many attempts"),
    "error_429_next": ("请在 {seconds} 秒后再试。", "Please try again in {seconds} seconds."),
    "error_500_title": ("服务器出错了", "The server made a mistake"),
    "error_500_next": (
        "不是您的问题，记录没有丢失。请稍后再试；仍不行，请把编号告诉管理员。",
        "It is not your fault and no record is lost. Try again later; if it stays, tell the administrator this number.",
    ),
    "error_503_title": ("服务器暂时不可用", "The server is not available for a moment"),
    "error_503_next": ("请稍后再试。", "Please try again in a moment."),
    "error_number": ("编号", "Number"),
    "back_home": ("回首页", "Home"),
    "back_visits": ("入企记录", "Visits"),
}
