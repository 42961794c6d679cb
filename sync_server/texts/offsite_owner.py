"""Texts of the self-check list that an enterprise answers on its own phone."""

from __future__ import annotations

OFFSITE_OWNER: dict[str, tuple[str, str]] = {
    "ow_title": ("非现场检查 · 自查清单", "Off-site check · self-check list"),
    "ow_no_visit": (
        "不用人上门：您照着清单自己看一遍，填好、拍照、送出即可，不算入企检查。",
        "Nobody comes: look through the list yourself, fill it in, take photos, send. It counts as no visit.",
    ),
    "ow_from": ("来自", "From"),
    "ow_officers": ("由谁答复", "Answered by"),
    "ow_number": ("编号", "Number"),
    "ow_enterprise": ("企业", "Enterprise"),
    "ow_due": ("请在这天前送出", "Please send by"),
    "ow_due_again": ("请在这天前改好并送出", "Please put right and send by"),
    "ow_overdue": (
        "期限（{day}）已过，仍可送出；会标明是期限后送达的。",
        "The day ({day}) is over. You can still send; it is marked as late.",
    ),
    "ow_note": ("说明", "Note"),
    "ow_refs": ("其他系统编号", "Numbers in other systems"),
    "ow_item": ("第 {number} 项", "Item {number}"),
    "ow_of": ("共 {count} 项", "{count} items"),
    "ow_yes": ("是", "Yes"),
    "ow_no": ("不是", "No"),
    "ow_not_applicable": ("不涉及", "Does not apply"),
    "ow_not_said": ("没有填", "not answered"),
    "ow_item_note": ("补充说明（可不填，{most} 字以内）", "Remark (optional, {most} characters at most)"),
    "ow_photo_wanted": ("这一项请拍照", "A photo, please"),
    "ow_photo_may": ("要附照片？", "Add a photo?"),
    "ow_photo_label": (
        "拍照或选照片（每项最多 {most} 张，每张不超过 {size} MB）",
        "Take or choose photos ({most} an item, {size} MB each at most)",
    ),
    "ow_photo_keep": ("传这些照片", "Upload"),
    "ow_photo_drop": ("去掉这张", "Remove"),
    "ow_photo_alt": ("第 {item} 项的照片 {number}", "Photo {number} of item {item}"),
    "ow_who": ("谁填的", "Who filled it in"),
    "ow_who_hint": (
        "谁看的就写谁，员工也可以。不需要法定代表人到场或签字。",
        "Whoever looked, an employee too. The legal representative is not needed.",
    ),
    "ow_name": ("姓名", "Name"),
    "ow_role": ("做什么的（如店长、安全员，可不填）", "Role, such as manager (optional)"),
    "ow_whole_note": ("还有什么要说的（可不填）", "Anything else (optional)"),
    "ow_save": ("先保存", "Save for now"),
    "ow_send": ("填好了，送出", "Done: send"),
    "ow_saved": ("已保存 {at}，可以关掉页面，以后接着填。", "Saved {at}. You can close the page and go on later."),
    "ow_save_hint": (
        "照片会一张一张保存；换手机、断网也不丢。",
        "Photos are saved one by one; nothing is lost when the signal goes.",
    ),
    "ow_auto_typing": ("正在填写……", "Typing…"),
    "ow_auto_done": ("{time} 已自动保存", "Saved by itself at {time}"),
    "ow_auto_failed": ("没有网络，还没有保存；有网后会再存", "No signal: not saved yet, tried again as you go on"),
    "ow_auto_changed": (
        "没有自动保存：另一部手机改过，或已有结果。请按“先保存”看看。",
        "Not saved by itself: another phone changed it, or it is over. Press “Save for now” to see.",
    ),
    "ow_auto_sending": ("正在传照片，请稍等……", "Uploading the photos…"),
    # what is wrong
    "ow_gaps": (
        "还没有送出：{count} 处要补。已填的都保存了。",
        "Not sent yet: {count} to complete. What you filled in is saved.",
    ),
    "ow_gap_not_said": ("请选一个", "Choose one"),
    "ow_gap_photo_is_missing": ("这一项要有照片（不涉及的不用）", "This item needs a photo, unless it does not apply"),
    "ow_gap_note_too_long": (
        "说明太长：最多 {most} 字，现在 {now} 字。",
        "Too long: {most} characters at most, it has {now}.",
    ),
    "ow_gap_is_missing": ("请写姓名", "Your name, please"),
    "ow_gap_word_too_long": ("太长：最多 40 字", "Too long: 40 characters at most"),
    "ow_gap_long_note_too_long": (
        "太长：最多 1000 字，现在 {now} 字。",
        "Too long: 1,000 characters at most, it has {now}.",
    ),
    "ow_photos_refused": (
        "有 {count} 张照片没有收下，原因写在那一项；其余都保存了。",
        "{count} photos were not taken, see the items; everything else is saved.",
    ),
    "ow_photo_empty": ("文件是空的", "the file is empty"),
    "ow_photo_too_large": (
        "太大了，一张最多 16 MB；可先裁剪或截图",
        "too large: 16 MB at most; crop it or take a screenshot",
    ),
    "ow_photo_too_small": ("太小，看不清", "too small to see anything"),
    "ow_photo_not_a_picture": (
        "不是能打开的照片。请用 JPEG、PNG 或 WebP；苹果手机请选“兼容性最佳”",
        "not a photo that opens: JPEG, PNG or WebP; on an iPhone choose “Most Compatible”",
    ),
    "ow_photo_photos_each": ("这一项的照片已满，先去掉一张", "the item has all the photos it can: remove one"),
    "ow_photo_photos_all": ("这份清单的照片已满", "the list has all the photos it can"),
    "ow_photo_busy": ("刚才太忙，请再传一次", "too busy just now: upload it again"),
    "ow_photo_no_room": ("服务器存不下了，请稍后再传", "the server has no room: try again later"),
    "ow_word_changed": (
        "另一部手机刚刚也保存了这份清单。下面是您填的；不一样的地方写明了对方填的。看过再保存或送出。",
        (
            "Another phone has just saved this list. Below is what you filled in; where the other differs it says so. "
            "Look, then save or send."
        ),
    ),
    "ow_theirs": ("另一部手机填的", "The other phone says"),
    "ow_word_over": (
        "这份清单已经有了结果，刚才填的没有送出。",
        "This list has been closed meanwhile: what you just filled in was not sent.",
    ),
    "ow_unsent": ("您刚才填的（没有送出）", "What you filled in (not sent)"),
    "ow_word_often": (
        "送出的次数太多了，请联系执法单位，或拨打 {hotline}。",
        "It was sent too many times: ask the department, or call {hotline}.",
    ),
    "ow_word_not_taken": (
        "没有送出：有一处不合要求。已填的都保存了，请检查后再送。",
        "Not sent: something is not as it must be. All is saved; look again and send.",
    ),
    "ow_word_too_much": (
        "一次传的照片太多太大，没有收到；之前保存的都在。请分几次传。",
        "Too much at once, nothing of it arrived; what was saved before is here. Upload fewer at a time.",
    ),
    "ow_word_not_utf8": (
        "浏览器送来的文字读不出来，没有收到；之前保存的都在。请换一个浏览器。",
        "The text could not be read; what was saved before is here. Please use another browser.",
    ),
    # states
    "ow_state_open": ("等您填写", "To be filled in"),
    "ow_state_answered": ("已送出，等执法单位答复", "Sent: the department will answer"),
    "ow_state_put_right": ("请改正后再送一次", "Please put right and send again"),
    "ow_state_in_order": ("没有问题，已办结", "In order: done"),
    "ow_state_visit_needed": ("需要上门看", "A visit is needed"),
    "ow_state_withdrawn": ("已撤回，不用填了", "Withdrawn: nothing to do"),
    "ow_answered_next": (
        "答复会出现在这个页面，请留着链接。答复前想改，可以再送一次。",
        "The answer will appear on this page: keep the link. Until then you may change it.",
    ),
    "ow_visit_next": (
        "上门要另行备案。来人时请先核验，再决定是否让进。",
        "A visit is filed by itself. When somebody comes, check first who it is.",
    ),
    "ow_edit": ("改一改再送", "Change and send again"),
    "ow_edit_cancel": ("不改了", "Leave it"),
    "ow_sent_at": ("送出时间 {at}", "Sent {at}"),
    "ow_receipt": ("存证第 {index} 条，记录编号 {id}", "Log entry {index}, record {id}"),
    "ow_late": ("期限后送达", "late"),
    "ow_answer_title": ("执法单位的答复", "The department's answer"),
    "ow_answer_by": ("{officer} 答复于 {at}", "{officer}, {at}"),
    "ow_by_day": ("请在 {day} 前改好，在本页拍照再送", "Please put right by {day} and send photos on this page"),
    "ow_your_answers": ("您填的", "What you answered"),
    "ow_review_in_order": ("可以", "in order"),
    "ow_review_put_right": ("请改正", "please put right"),
    "ow_print": ("打印版（PDF）", "To print (PDF)"),
    "ow_withdrawn_why": ("原因", "Why"),
    # an address that does not open
    "ow_closed_title": ("这个链接打不开", "This link does not open"),
    "ow_closed": (
        "链接不完整，或执法单位换过新链接。请用最新的链接或纸上的码；不清楚请拨打 {hotline}。",
        "It is not whole, or the department gave a new one. Use the newest, or the code on paper; or call {hotline}.",
    ),
    "ow_over_title": ("链接已过有效期", "The link has expired"),
    "ow_over": (
        "这份清单早已到期，页面不再显示。需要的话请联系发清单的执法单位，或拨打 {hotline}。",
        "This list ended long ago. Ask the department that sent it, or call {hotline}.",
    ),
}
