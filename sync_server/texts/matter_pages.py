"""Texts of the desk of findings and letters, of the first-offence register, and of photos sent from a copy's page."""

from __future__ import annotations

MATTER_PAGES: dict[str, tuple[str, str]] = {
    # The list
    "letters_title": ("问题与承诺书", "Findings and letters"),
    "letters_lead": (
        "检查发现的问题和签下的承诺书，按整改期限排列。承诺兑现，事情了结；没有兑现，转为立案。",
        "What was found and what was promised, by due day. Kept, the matter ends; broken, it becomes a case.",
    ),
    "letters_stages": ("进展", "Stage"),
    "stage_todo": ("待办", "To do"),
    "stage_open": ("整改中", "Open"),
    "stage_due_soon": ("快到期", "Due soon"),
    "stage_overdue": ("已逾期", "Overdue"),
    "stage_shown": ("已交照片", "Photos sent"),
    "stage_undecided": ("待决定免罚", "Sparing undecided"),
    "stage_contested": ("企业有异议", "Contested"),
    "stage_kept": ("已兑现", "Kept"),
    "stage_unfounded": ("问题不成立", "Not borne out"),
    "stage_broken": ("未兑现", "Broken"),
    "filter_letter_kind": ("类别", "Kind"),
    "matter_kind_letter": ("承诺书", "Letter"),
    "matter_kind_finding": ("发现的问题", "Finding"),
    "filter_due_from": ("期限从", "Due from"),
    "filter_due_until": ("期限到", "Due until"),
    "order_due_first": ("先到期的在前", "Due first"),
    "order_due_last": ("后到期的在前", "Due last"),
    "filter_letter_words": ("企业名称、信用代码或承诺书编号", "Enterprise, its code, or a letter's number"),
    "letters_due": ("期限 {day}", "Due {day}"),
    "letters_found": ("{day} 发现", "found {day}"),
    "letters_more": ("后面的", "More"),
    "letters_none_todo": ("没有待办的问题或承诺书。", "Nothing waits for you."),
    "letters_none_open": ("没有在整改期内的。", "Nothing is open within its days."),
    "letters_none_due_soon": ("三天内没有到期的。", "Nothing is due within three days."),
    "letters_none_overdue": ("没有逾期的。", "Nothing is overdue."),
    "letters_none_shown": ("没有等您看的照片。", "No photos wait to be looked at."),
    "letters_none_undecided": ("没有待决定免罚的。", "No sparing waits for a decision."),
    "letters_none_contested": ("没有企业提出异议的。", "Nothing is contested."),
    "letters_none_kept": ("还没有兑现的。", "Nothing has been kept yet."),
    "letters_none_unfounded": ("没有查明不成立的问题。", "Everything that was found was borne out."),
    "letters_none_broken": ("没有未兑现的。", "Nothing is broken."),
    "letters_none_next": (
        "执法人员在手机上记下问题、签好承诺书并同步后，会出现在这里。也可以换一个进展或清空筛选。",
        (
            "They appear once an officer has noted a finding or a letter was signed, and the phone has synchronised. "
            "Or choose another stage, or clear the filter."
        ),
    ),
    # States
    "matter_open": ("整改中", "Open"),
    "matter_shown": ("已交照片，待看", "Photos to look at"),
    "matter_back": ("还不到位，重新整改", "Not yet, sent back"),
    "matter_on_site": ("待现场复查", "To be looked at on site"),
    "matter_kept": ("已兑现", "Kept"),
    "matter_unfounded": ("问题不成立", "Not borne out"),
    "matter_broken": ("未兑现", "Broken"),
    "matter_not_spared": ("不予免罚", "Not spared"),
    "matter_case": ("已立案", "A case"),
    "first_first": ("初次", "First"),
    "first_not_first": ("不是初次", "Not the first"),
    # One matter
    "letters_open": ("问题与承诺书页面", "The letter's page"),
    "letters_back": ("回到列表", "Back to the list"),
    "letters_compare": ("整改前后", "Before and after"),
    "letters_before": ("检查时", "When it was found"),
    "letters_after": ("企业整改后", "As the enterprise shows it"),
    "letters_photo_before": ("检查时拍的问题照片", "Photo of the finding"),
    "letters_photo_after": ("企业交的整改照片 {n}", "The enterprise's photo {n}"),
    "letters_no_photo_before": ("检查时没有拍照片。", "No photo was taken then."),
    "letters_no_photo_after": (
        "企业还没有交照片。企业扫承诺书副本上的码就能交，不用登录。",
        "Nothing was sent yet. The enterprise does so from the code on its copy of the letter, without a login.",
    ),
    "letters_no_photo_sent": ("企业没有交过照片。", "The enterprise sent no photo."),
    "letters_no_copy": (
        "没有承诺书，企业没有可交照片的副本；请现场复查。",
        "There is no letter, so no copy from which photos could be sent; look on site.",
    ),
    "copy_letter_contested_by": ("企业的异议", "The enterprise's objection"),
    "letters_story": ("经过", "What has been said"),
    "letters_story_none": ("还没有人处理过。", "Nothing yet."),
    "said_objection_accepted": ("采纳了企业的异议", "Objection accepted"),
    "said_objection_unfounded": (
        "采纳了企业的异议：问题不成立，了结",
        "Objection accepted: it was no violation, and the matter ends",
    ),
    "said_objection_stands": ("答复异议：维持原内容", "Objection answered: the letter stands"),
    "objection_title": ("答复企业的异议", "Answer the objection"),
    "objection_lead": (
        (
            "企业说得对的，应当采纳（行政处罚法第四十五条）；答复之前不能决定免罚，也不能转为立案。"
            "异议和承诺书都原样保留，您的答复另记一条存证，企业在承诺书副本的页面上看得到。"
        ),
        (
            "What is right in it must be accepted (Penalties Law 45); until it is answered, nothing is decided on "
            "sparing and it cannot become a case. "
            "Objection and letter stay as they are; your answer is a record of its own, shown on the enterprise's copy."
        ),
    ),
    "objection_wait": ("等单位负责人答复。", "The head of the department has to answer."),
    "objection_comment": ("答复（怎么核实的，结论和理由）", "Answer: how it was checked, the outcome and why"),
    "objection_due": (
        "采纳但问题成立的，可以给新的期限，最迟 {day}（可不填）",
        "Where it is accepted and the finding stands: a new day, {day} at the latest (may stay blank)",
    ),
    "objection_accept": ("采纳，但问题成立", "Accept; the finding stands"),
    "objection_unfounded": ("采纳，问题不成立", "Accept; it was no violation"),
    "objection_unfounded_lead": (
        "选“问题不成立”，事情就此了结：不用整改，不为它复查，不立案，也不计入首违登记。为它备过案的复查，请撤回。",
        (
            "“No violation” ends the matter: nothing to put right, no recheck, no case, "
            "and it does not count in the first-offence register. Withdraw a recheck that was filed for it."
        ),
    ),
    "objection_stands": ("维持原内容", "The letter stands"),
    "letters_people": ("谁去", "Who goes"),
    "letters_handlers": ("由谁办案", "Who handles the case"),
    "said_correction_shown": ("企业交了照片", "Photos sent by the enterprise"),
    "said_kept": ("整改到位，了结", "Kept: the matter ends"),
    "said_not_yet": ("还不到位", "Not yet"),
    "said_on_site": ("要到现场复查", "To be looked at on site"),
    "said_promise_broken": ("认定未兑现，转为立案", "Marked as broken: it becomes a case"),
    "said_spared": ("决定不予处罚", "Decided: spared"),
    "said_not_spared": ("决定不免罚，转为立案", "Decided: not spared, it becomes a case"),
    "said_follow_up_planned": ("安排了回访服务", "Follow-up visit planned"),
    "letters_facts": ("内容", "Facts"),
    "letters_field": ("领域", "Field of law"),
    "letters_witness": ("拒签见证", "Not signed; witness"),
    "letters_visit": ("那次入企的页面", "The visit's page"),
    "letters_case": ("案件 {number}", "Case {number}"),
    "letters_rechecks": ("之后的复查入企", "Rechecks since"),
    "letters_too_late": ("已经有人处理过，没有再记一次。", "Somebody was first: nothing was added."),
    "letters_not_first_refused": (
        "县登记簿里，期限内同一领域已有问题，不属于初次违法，不能按“首违”免罚（行政处罚法第三十三条）。",
        (
            "The register holds another violation of the same field within the months that count: it is no first one "
            "and cannot be spared as one (Penalties Law 33)."
        ),
    ),
    # What the department says
    "correction_title": ("整改到位了吗？", "Is it put right?"),
    "correction_lead_shown": ("对照两边的照片，选一项。", "Compare the photos, then choose."),
    "correction_lead": (
        "没有照片也可以了结：写明是怎么看到整改到位的。",
        "It can end without photos: say how it was seen.",
    ),
    "correction_comment": (
        "说明（没有照片时，或还不到位时必填）",
        "Comment (needed without photos, and for “not yet”)",
    ),
    "correction_due": ("新的期限，最迟 {day}（可不填）", "New day, {day} at the latest (may stay blank)"),
    "correction_kept": ("整改到位，了结", "Kept: end it"),
    "correction_not_yet": ("还不到位，退回", "Not yet: send back"),
    "correction_on_site": ("到现场看", "Look on site"),
    "correction_on_site_lead": (
        "“到现场看”会准备好一份复查备案的草稿：企业、人员、理由都已填好。",
        "“Look on site” prepares the draft of a recheck filing: enterprise, officers and reason are filled in.",
    ),
    "break_title": ("承诺没有兑现？", "Was the promise broken?"),
    "break_title_finding": ("不能免罚？", "Nothing to spare?"),
    "break_lead": (
        "由单位负责人认定。认定后转为立案，案件按法定清单办理。",
        "The head decides. It then becomes a case, which follows the law's checklist.",
    ),
    "break_reason": ("理由", "Reason"),
    "break_lead_finding": (
        "没有承诺书的问题：情节严重的，或逾期没有改正的，查明情节后立案。",
        "Without a letter: what is serious, or was not put right in time, becomes a case on its facts.",
    ),
    "break_to_case": ("立案", "Open a case"),
    "break_button": ("认定未兑现，转为立案", "Broken: open a case"),
    "decide_title": ("是否不予处罚？", "Spare it?"),
    "decide_lead": (
        "初次违法且危害后果轻微并及时改正的，可以不予处罚，由单位决定（行政处罚法第三十三条）。",
        "A first, slight violation put right in time may be spared; the department decides (Penalties Law 33).",
    ),
    "decide_reason": ("理由（不免罚时必填）", "Reason (needed where it is not spared)"),
    "decide_spare": ("不予处罚", "Spare it"),
    "decide_case": ("不免罚，转为立案", "Do not spare: open a case"),
    # Follow-up service visits
    "follow_ups_title": ("回访服务", "Follow-up service visits"),
    "follow_ups_lead": (
        "对免罚的企业上门服务、跟踪帮扶，不做检查；助企服务不用备案。",
        "Enterprises that were spared are helped, not inspected (plan 4.2). A service visit needs no filing.",
    ),
    "follow_ups_none": ("没有要回访的。", "None."),
    "follow_up_title": ("回访服务", "Follow-up service visit"),
    "follow_up_due": ("待安排", "To be planned"),
    "follow_up_planned": ("已安排", "Planned"),
    "follow_up_made": ("已回访", "Made"),
    "follow_up_on_due": ("请在 {day} 前安排回访", "To be made by {day}"),
    "follow_up_on_planned": ("安排在 {day}", "Planned for {day}"),
    "follow_up_on_made": ("{day} 已回访", "Made on {day}"),
    "follow_up_day": ("日期", "Day"),
    "follow_up_what": ("服务内容", "What for"),
    "follow_up_plan": ("安排回访", "Plan the visit"),
    "follow_up_move": ("改期", "Move it"),
    # The first-offence register
    "letters_register": ("首违登记", "First-offence register"),
    "register_title": ("首违登记簿", "First-offence register"),
    "register_open": ("这家企业的首违登记", "This enterprise's register"),
    "register_card_lead": (
        "哪些领域有过问题、什么时候、要不要回访。",
        "What was found of which field, when, and which follow-up visit is due.",
    ),
    "register_lead": (
        "同一领域在 {months} 个月内（{since} 起）没有过问题的，才算初次。其他单位发现的，只显示日期、领域和单位。",
        (
            "“First” means: nothing of the same field within {months} months (since {since}). "
            "Of other departments' findings only day, field and department are shown."
        ),
    ),
    "register_counts": ("计入", "Counts"),
    "register_over": ("已过期限", "No longer counts"),
    "register_struck": ("经查不成立", "Not borne out"),
    "register_none": ("登记簿里没有这家企业的问题。", "The register holds nothing of this enterprise."),
    "register_none_next": (
        "执法人员记下问题并同步后，会出现在这里。",
        "What an officer notes appears here after the next synchronisation.",
    ),
    "first_unknown": ("问题没有写领域，无法比对。", "The finding names no field of law: nothing can be compared."),
    "first_unfounded": ("问题不成立，不计入首违登记。", "It was not borne out, and does not count."),
    "first_why_first": ("期限内没有{field}领域的其他问题。", "Nothing else of {field} within the months that count."),
    "first_why_not_first": (
        "期限内还有{field}领域的其他问题：",
        "There is more of {field} within the months that count:",
    ),
    "first_confirmed": (
        "签字时手机上的登记簿说不准，服务器收到后已核对。",
        "The phone could not say; the server has compared it on receipt.",
    ),
    "first_still_open": ("签字时手机上的登记簿说不准。", "The phone could not say."),
    # The copy's page
    "copy_shown_title": ("整改好了？拍照交上来", "Put right? Show it by photo"),
    "copy_shown_lead": (
        "照片看得清楚，就不用再上门。最多 6 张；照片里的位置信息会去掉。",
        "If the photos show it, nobody need come. Six at most; places stored in photos are removed.",
    ),
    "copy_shown_photo": ("整改后的照片", "Photos after the correction"),
    "copy_shown_note": ("说明（可不填）", "Note (may stay blank)"),
    "copy_shown_button": ("交照片", "Send the photos"),
    "copy_progress_title": ("整改进展", "How far it is"),
    "copy_progress_open": ("请在 {day} 前整改好。", "To be put right by {day}."),
    "copy_progress_late": ("期限 {day} 已过，请尽快整改并交照片。", "It was due {day}: put it right and show it now."),
    "copy_progress_shown": (
        "已收到您的 {photos} 张照片，等单位看。",
        "{photos} photos received; the department will look.",
    ),
    "copy_progress_back": (
        "单位看了照片，还不到位。新的期限 {day}，改好后请再交照片。",
        "The department has looked: not yet. Put it right by {day} and show it again.",
    ),
    "copy_progress_on_site": (
        "单位要到现场看，来之前会备案。",
        "The department will come to look; the visit is filed first.",
    ),
    "copy_progress_kept": ("整改到位，事情已了结。", "It is put right, and the matter is over."),
    "copy_progress_unfounded": (
        "问题不成立，事情已了结：不用整改，不为它复查，不立案；以后判断是不是初次违法，也不算这一次。",
        (
            "It was no violation, and the matter is over: nothing to put right, no recheck, no case; "
            "and it does not count when it is asked whether a later one is the first."
        ),
    ),
    "copy_progress_over": (
        "已转由单位按程序办理。有疑问请拨打 {hotline}。",
        "The department takes it further. Call {hotline}.",
    ),
    "copy_progress_comment": ("单位的说明", "The department says"),
    "copy_shown_done": ("照片已交，记入县里的存证。", "Sent, and kept in the county's log."),
    "copy_shown_late": (
        "现在不能再交照片：事情已了结，或交得太多了。",
        "It is over, or too many were sent: nothing was added.",
    ),
    "copy_shown_photos_is_missing": ("请先选照片。", "Choose a photo first."),
    "copy_shown_photos_too_many": ("一次最多 6 张。", "Six photos at a time."),
    "copy_shown_note_too_long": ("说明最多 500 字。", "The note is longer than 500 characters."),
    "copy_shown_photo_empty": ("照片是空的，请重新选。", "A photo is empty; choose again."),
    "copy_shown_photo_too_large": ("照片太大（最大 16 MB），请重拍或缩小。", "A photo is too large (16 MB at most)."),
    "copy_shown_photo_too_small": ("照片太小，看不清楚，请重拍。", "A photo is too small to see anything."),
    "copy_shown_photo_not_a_picture": (
        "有的文件不是照片（JPEG、PNG 或 WebP），没有收下。",
        "A file is no picture (JPEG, PNG or WebP): nothing was taken.",
    ),
}
