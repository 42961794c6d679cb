"""What is wrong with a filing, and its values, in words."""

from __future__ import annotations

PROBLEMS: dict[str, tuple[str, str]] = {
    "is_missing": ("还没有填", "It is still blank"),
    "not_a_day": ("要写成 2026-11-09 这样的日期", "It must be a day such as 2026-11-09"),
    "is_reversed": ("结束早于开始", "It ends before it begins"),
    "in_the_past": (
        "开始日已经过去；已发生的请选“事后备案”",
        "It begins in the past; what has happened is filed afterwards",
    ),
    "is_too_long": (
        "超过这类备案的最长天数；长的请用季备案",
        "It is longer than such a plan may be; a quarter's may be longer",
    ),
    "not_a_number": ("要写成数字", "It must be a number"),
    "more_than_the_items_say": ("计划多次入企的，要写明检查事项", "More than one visit needs its items"),
    "not_a_number_of_visits": ("入企次数要在 1 至 366 之间", "Between 1 and 366 visits"),
    "not_known": ("请重新选择", "Choose again"),
    "needs_no_filing": ("助企服务不用备案", "A service visit needs no filing"),
    "not_of_these_departments": ("有人不是本单位的执法人员", "Somebody is not an officer of this department"),
    "not_listed": ("不在县里公布的情形之内（三.1）", "Not a reason that the county lists (plan 3.1)"),
    "may_not_approve": ("不在批准人名单内，或本身就是执法人员", "Not on the list of approvers, or one of the officers"),
    "not_registered": ("名册里没有这家企业", "The registry does not have it"),
    "is_closed": ("企业已注销或关闭", "The enterprise is closed"),
    "not_a_code": ("不是有效的统一社会信用代码", "Not a valid unified social credit code"),
    "no_code": ("没有 18 位信用代码", "No code of 18 characters"),
    "twice": ("重复，前一行已有日期", "Twice, with other days before"),
    "too_many": ("一份备案最多 1000 家，请分开备案", "At most 1,000 enterprises in one filing"),
    "unreadable_file": (
        "读不了这个文件：请上传 Excel，或 UTF-8、GBK 编码的 CSV",
        "The file cannot be read: Excel, or CSV as UTF-8 or GBK",
    ),
    "licence_revoked": ("执法证已注销", "licence revoked"),
    "licence_runs_out": ("执法证在拟定日期内到期", "licence runs out before the last day"),
    "closed": ("已注销", "closed"),
    "visits_were_made": ("原备案已入过企，不能代替", "The old one was used already"),
    "not_yours_to_replace": (
        "原备案不是本单位牵头，或已并入联合入企",
        "The old one is led by another department, or was merged",
    ),
    "too_few": ("至少选两份备案", "Choose at least two filings"),
    "different_purposes": ("事由不同，不能合并", "Their purposes differ"),
    "not_a_department_of_the_parts": ("牵头单位须是其中之一", "The lead must be one of their departments"),
    "not_all_carry_an_exception": (
        "其中有的带例外情形、有的没有，不能合并（三.1）",
        "Some carry an exception and some do not: they cannot be merged (plan 3.1)",
    ),
    "not_a_week": ("日期不对：开始不能晚于结束，最多 14 天", "The days are not right: not reversed, 14 at most"),
    "another_month": ("这几天不在该月", "These days are not in the month"),
    "who_moved_it_and_why": ("请写明由谁移动、为什么", "Say who moves it and why"),
    "not_a_key": ("还没有填，或含有不能用的字符", "It is blank, or holds what cannot be used"),
    "not_a_month": ("要写成 2026-11 这样的月份", "It must be a month such as 2026-11"),
    "too_long": ("太长", "It is too long"),
    "not_a_reason_of_the_plan": ("实施方案没有列举这种情形", "The plan does not list this reason"),
    "reason_is_not_listed": ("勾选了没有公布的情形", "A reason is ticked that is not listed"),
    "other_must_be_filed_first": (
        "“其他”情形不能先行入企，须先备案",
        "“Other” may not enter first: it must be filed before",
    ),
    "below_the_law": ("少于法定人数", "Fewer people than the law asks for"),
    "is_negative": ("不能小于规定的最小值", "It is below what is possible"),
    "nothing_is_dated_back": ("不能倒填日期", "Nothing is dated back"),
    "longer_than_the_plan": ("超过月备案 31 天、季备案 92 天", "Longer than a month (31) or a quarter (92) may be"),
    "not_found": ("没有找到", "It is not there"),
    "wrong_state": ("状态已变，请重新打开", "Its state has changed: open it again"),
}

WRONGS: dict[str, tuple[str, str]] = {
    "incomplete": (
        "要素不全：缺批准人、依据或“为什么不能非现场”",
        "Incomplete: approver, basis or “why not off-site” is missing",
    ),
    "afterwards": ("事后备案，须人工审核", "Filed after the fact"),
    "protected_days": (
        "碰到服务周的保护日，或带例外情形（三.1）",
        "Touches the service week, or carries an exception (plan 3.1)",
    ),
    "joint_visit": ("多个单位的联合入企", "A joint visit of several departments"),
    "joint_asked": ("单位提出联合入企", "The department asks for a joint visit"),
    "frequency_cap": ("超过今年的频次上限（54号）", "Over the year's cap (No. 54)"),
    "must_merge": (
        "同一单位在相近时段已有备案，必须合并（三.4）",
        "The same department has a filing near it: must be merged (plan 3.4)",
    ),
    "officer_licence": ("有执法人员的证件不能覆盖全部日期", "A licence does not cover all of the days"),
    "too_few_officers": ("持证执法人员不足", "Too few licensed officers"),
}

FILING_TERMS: dict[str, tuple[str, str]] = {
    "filing_state_draft": ("草稿", "Draft"),
    "filing_state_submitted": ("待县专班审核", "Waits for the office"),
    "filing_state_accepted": ("已受理", "Accepted"),
    "filing_state_returned": ("已退回", "Returned"),
    "filing_state_withdrawn": ("已撤回", "Withdrawn"),
    "plan_month": ("月备案", "Month plan"),
    "plan_quarter": ("季备案", "Quarter plan"),
    "plan_afterwards": ("事后备案", "After the fact"),
    "category_daily": ("日常检查", "Daily"),
    "category_case": ("个案检查", "Case"),
    "category_special": ("专项检查", "Special"),
    "filing_accepted": ("受理并编号", "Accepted and numbered"),
    "filing_returned": ("退回", "Returned"),
    "filing_withdrawn": ("撤回", "Withdrawn"),
    "filings_merged": ("并入联合入企", "Merged into a joint visit"),
    "system": ("系统", "The system"),
}
