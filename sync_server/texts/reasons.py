"""The gate's reasons (rules 4): what is so, which clause says it, in words, and what to do next."""

from __future__ import annotations

REASONS: dict[str, tuple[str, str]] = {
    "enterprise_unknown": (
        "手机当时的数据里没有这家企业",
        "The enterprise was not in the phone's data",
    ),
    "enterprise_closed": ("企业登记状态为注销或关闭", "The enterprise is registered as closed"),
    "officer_unlicensed": ("同行人员没有执法证", "A person has no enforcement licence"),
    "officer_revoked": ("同行人员的执法证已被注销", "A person's licence has been revoked"),
    "officer_expired": ("同行人员的执法证不在有效期内", "A person's licence is not valid on this day"),
    "too_few_people": (
        "人数不足：检查和复查须有两名以上执法人员",
        "Too few people: a check needs at least two officers",
    ),
    "exception_not_listed": ("所称的例外情形不在县里公布的名单内", "The claimed exception is not one the county lists"),
    "exception_unproven": (
        "例外情形说明不全：缺说明、批准人或编号，或批准人不在名单内、本身就是同行人员",
        "The exception is not made out: note, approver or number is missing, or the approver may not approve it",
    ),
    "not_filed": (
        "没有备案：没有一份同事由的备案同时列有这家企业和所有来人的单位",
        "Not filed: no filing of this purpose lists this enterprise and everybody's department",
    ),
    "filing_not_accepted": ("有备案，但还没有被受理", "There is a filing, but it has not been accepted"),
    "filing_merged": ("备案已并入联合入企", "The filing has been merged into a joint visit"),
    "filing_outside_window": ("当天不在备案的拟定日期之内", "The day lies outside the filing's window"),
    "filing_used_up": ("备案的入企次数已经用完", "The filing's visits have all been made"),
    "service_week": (
        "当天是执法助企服务周的保护日",
        "The day is protected: it is the county's service week",
    ),
    "service_without_ground": (
        "保护日内的助企服务没有写明服务缘由",
        "A service visit on a protected day names no ground",
    ),
    "frequency_cap_reached": (
        "该单位今年对这家企业的检查次数已达上限",
        "The department has reached its yearly cap of inspections at this enterprise",
    ),
    "reference_stale": ("手机上的数据太旧", "The data on the phone was too old"),
    "clock_behind": ("手机时间早于数据签发时间", "The phone's clock was behind the time its data was issued"),
    "calendar_unknown": ("县里还没有公布当天的日历", "The county has not published a calendar for this day"),
    "exception_needs_filing": (
        "这种例外情形不能先行入企，须先备案",
        "This exception must be filed before the visit; it does not let anyone enter first",
    ),
    "merge_same_department": (
        "同一单位在相近时段对这家企业还有备案，应当合并",
        "The same department has another filing here at about the same time; they must be merged",
    ),
    "merge_across_departments": (
        "其他单位在相近时段对这家企业也有备案，可报请联合入企",
        "Another department has a filing here at about the same time; a joint visit can be asked for",
    ),
    "no_findings": (
        "本次为调研或服务，发现的问题不得作为处罚依据",
        "This is a survey or service visit: nothing found here may become a finding",
    ),
}

NEXT_STEPS: dict[str, tuple[str, str]] = {
    "enterprise_unknown": (
        "先同步数据；仍没有的，请县专班核对企业名册",
        "Sync; if it is still missing ask the county office",
    ),
    "enterprise_closed": ("核对是否走错企业", "Check that this is the right enterprise"),
    "officer_unlicensed": ("换由持证执法人员到场", "Send licensed officers instead"),
    "officer_revoked": ("换由持证执法人员到场", "Send licensed officers instead"),
    "officer_expired": ("换由证件在有效期内的执法人员到场", "Send officers whose licence is valid"),
    "too_few_people": ("等第二名执法人员到场后重新核验", "Wait for the second officer and ask again"),
    "exception_not_listed": ("改选公布的情形，或离开并按计划备案", "Choose a listed reason, or leave and file first"),
    "exception_unproven": ("补齐说明、编号和批准人后重新核验", "Complete note, number and approver and ask again"),
    "not_filed": ("离开，先行备案", "Leave and file first"),
    "filing_not_accepted": ("等待县专班受理", "Wait until the county office accepts it"),
    "filing_merged": ("按联合入企的日期和牵头单位入企", "Come with the joint visit"),
    "filing_outside_window": ("在拟定日期内再来，或变更备案", "Come within the window, or file anew"),
    "filing_used_up": ("确需再来的，另行备案", "File another visit if one is needed"),
    "service_week": ("避开保护日；见下次可入企日期", "Come after the protected days"),
    "service_without_ground": (
        "写明受邀、主题或联络员后重新核验",
        "Name who invited, the theme or the liaison, and ask again",
    ),
    "frequency_cap_reached": ("明年再来，或改用非现场方式", "Come next year, or check off-site"),
    "reference_stale": ("连上网络同步后重新核验", "Sync and ask again"),
    "clock_behind": ("校准手机时间后重新核验", "Set the phone's clock and ask again"),
    "calendar_unknown": ("同步；仍没有的，请县专班公布日历", "Sync; if it is still missing ask the county office"),
    "exception_needs_filing": ("先报备案，受理后再入企", "File first, and enter when it is accepted"),
    "merge_same_department": ("与同单位的备案合并后一次完成", "Merge the filings and come once"),
    "merge_across_departments": ("可报请县专班牵头联合入企", "Ask the county office for a joint visit"),
    "no_findings": ("只记录指导、普法和诉求", "Record guidance, legal education and needs only"),
}

CLAUSES: dict[str, tuple[str, str]] = {
    "处罚法42": (
        "《行政处罚法》第四十二条：执法由具有执法资格的人员实施，不得少于两人",
        "Administrative Penalty Law, art. 42: licensed officers only, and at least two",
    ),
    "处罚法5": (
        "《行政处罚法》第五条：处罚与违法行为的事实、性质、情节和社会危害程度相当",
        "Administrative Penalty Law, art. 5: a penalty answers to the facts, their nature, gravity and harm",
    ),
    "处罚法33.2": (
        "《行政处罚法》第三十三条第二款：当事人证明没有主观过错的，不予行政处罚",
        "Administrative Penalty Law, art. 33(2): whoever proves that they are not at fault is not punished",
    ),
    "处罚法33.3": (
        "《行政处罚法》第三十三条第三款：不予处罚的，应当对当事人进行教育",
        "Administrative Penalty Law, art. 33(3): whoever is spared is to be educated",
    ),
    "处罚法34": (
        "《行政处罚法》第三十四条：按公布的裁量基准行使裁量权",
        "Administrative Penalty Law, art. 34: discretion follows published standards",
    ),
    "处罚法36": (
        "《行政处罚法》第三十六条：超过追究时效的，不再给予行政处罚",
        "Administrative Penalty Law, art. 36: what is time-barred is not punished",
    ),
    "处罚法57,58": (
        "《行政处罚法》第五十七、五十八条：重大违法行为须经法制审核、集体讨论",
        "Administrative Penalty Law, arts. 57 and 58: a grave violation is legally reviewed and decided collectively",
    ),
    "处罚法57.1": (
        "《行政处罚法》第五十七条第一款：由行政机关负责人审查后作出决定",
        "Administrative Penalty Law, art. 57(1): the head examines and decides",
    ),
    "处罚法57.2": (
        "《行政处罚法》第五十七条第二款：情节复杂或者重大违法行为，由负责人集体讨论决定",
        "Administrative Penalty Law, art. 57(2): complicated or grave cases are decided by the heads collectively",
    ),
    "处罚法57.1(三)": (
        "《行政处罚法》第五十七条第一款第三项：违法事实不能成立的，不予行政处罚",
        "Administrative Penalty Law, art. 57(1)(3): no penalty where the facts do not bear it out",
    ),
    "处罚法57.1(四)": (
        "《行政处罚法》第五十七条第一款第四项：涉嫌犯罪的，移送司法机关",
        "Administrative Penalty Law, art. 57(1)(4): a suspected crime is handed over",
    ),
    "处罚法58": (
        "《行政处罚法》第五十八条：未经法制审核或者审核未通过的，不得作出决定",
        "Administrative Penalty Law, art. 58: no decision without a legal review that was passed",
    ),
    "三.6": (
        "实施方案三.6：轻微违法及时纠正的，采用承诺书方式教育、引导、督促",
        "Plan 3.6: what is minor and corrected is met with a letter and education",
    ),
    "处罚法33.1前": (
        "《行政处罚法》第三十三条第一款前半句：违法行为轻微并及时改正，没有造成危害后果的，不予行政处罚",
        "Administrative Penalty Law, art. 33(1), first sentence: minor, corrected and without harm is not punished",
    ),
    "处罚法33.1后": (
        "《行政处罚法》第三十三条第一款后半句：初次违法且危害后果轻微并及时改正的，可以不予行政处罚",
        "Administrative Penalty Law, art. 33(1), second sentence: a first offence, slight and corrected, may be spared",
    ),
    "三.1": (
        "实施方案三.1：服务周内除七种特殊原因外，不得到企业开展检查、调研、考察",
        "Plan 3.1: in the service week nobody may inspect or survey, but for seven listed reasons",
    ),
    "三.2": (
        "实施方案三.2：助企服务按当月主题或企业邀请开展",
        "Plan 3.2: service visits follow the month's theme or an invitation",
    ),
    "三.3": (
        "实施方案三.3：未经备案不得自行开展执法检查",
        "Plan 3.3: no inspection without a filing",
    ),
    "三.4": (
        "实施方案三.4：相近时段的检查应合并或联合进行，严禁变相检查",
        "Plan 3.4: checks at about the same time are merged or joint; no disguised inspections",
    ),
    "54号": (
        "国办发〔2024〕54号：公布检查频次上限，不得超过",
        "State Council Office [2024] No. 54: a published cap of inspections that may not be exceeded",
    ),
}
