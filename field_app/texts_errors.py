"""What each error code says to a person: what is wrong, and what to do next. Codes are the contract, see errors.py."""

from __future__ import annotations

from field_app.texts_door_errors import DOOR_ERRORS

ERRORS: dict[str, tuple[str, str]] = {
    **DOOR_ERRORS,
    # Codes that were scanned or typed
    "unreadable": ("没有读到二维码。靠近一些，或改用输入代码", "No code could be read. Move closer, or type it"),
    "unknown_format": (
        "这不是企业入企码。请扫大门上的入企码，或按名称查找",
        "This is not an enterprise's gate code. Scan the sheet at the gate, or search by name",
    ),
    "badly_formed": (
        "代码不完整或有误。请核对后重试，或按名称查找",
        "The code is torn or mistyped. Check it, or search by name",
    ),
    "wrong_host": (
        "这是外地或其他系统的码，本县不认。请扫大门上的入企码",
        "This code belongs to another county or system. Scan the sheet at the gate",
    ),
    "void_gate": (
        "这张入企码已作废。可按名称查找企业，并请企业更换新码",
        "This gate sheet is void. Search by name, and ask the enterprise to put up the new sheet",
    ),
    "too_large": ("内容太大，存不下", "Too large to store"),
    # Trust
    "signature_mismatch": (
        "收到的数据签名不对，已拒收。不要使用，联系县专班",
        "The data's signature is wrong; it was refused. Tell the county office",
    ),
    "unknown_key": (
        "对方的密钥不是本县的，已拒收。联系县专班",
        "The other side's key is not this county's; refused. Tell the county office",
    ),
    "bad_key": ("密钥不合规，已拒收", "The key is not acceptable; refused"),
    "proof_mismatch": (
        "服务器的存证对不上，已拒收。记录仍在本机，联系县专班",
        "The server's proof does not fit; refused. Your records are safe here; tell the county office",
    ),
    "expired": ("已过期。请重新领取", "Expired. Ask for a new one"),
    "not_yet": ("尚未生效。请核对手机时间", "Not valid yet. Check the phone's time"),
    "trust_too_old": ("本机的信任数据过旧。请先同步", "This phone's trust data is too old. Synchronise first"),
    "unsupported": ("来自更新版本，本机不认识。请更新应用", "From a newer version. Update the app"),
    "not_sign1": ("收到的数据格式不对，已拒收", "The data has the wrong format; refused"),
    "chain_broken": (
        "记录链不连续。记录仍在，联系县专班",
        "The chain of records is broken. They are kept; tell the county office",
    ),
    "chain_gap": ("记录链缺了一条。记录仍在，联系县专班", "A record is missing in the chain. Tell the county office"),
    "chain_fork": (
        "另有一台手机在用同一密钥，请联系县专班。本机已停止记录，已有内容仍会上报，可导出",
        "Another phone writes with this key: tell the county office. This one has stopped; what it holds is still sent",
    ),
    "revoked": (
        "本机的凭证已被撤销，不再记录。已有内容仍会上报，可导出；撤销后才送达的记录列为待核，所附照片不再接收",
        "Revoked: this phone writes no more. What it holds is still sent; of late records the photos are not taken",
    ),
    # Network
    "offline": (
        "没有信号或服务器不可达。照常工作，恢复后自动上报",
        "No signal or no server. Go on; it is sent later by itself",
    ),
    "bad_answer": (
        "服务器的回答不对（可能是登录页拦截）。数据未变，稍后自动重试",
        "The server's answer makes no sense (a login page, perhaps). Nothing changed; it tries again by itself",
    ),
    "unexpected": (
        "服务器出了故障。数据未变，稍后自动重试",
        "The server failed. Nothing changed; it tries again by itself",
    ),
    "not_found": ("服务器不认识这个请求。请核对服务器地址", "The server does not know this request. Check its address"),
    "ahead_of_log": (
        "服务器的数据比本机旧（可能刚恢复过）。本机不倒退，请告知县专班",
        "The server's data is older than this phone's. The phone does not go back; tell the county office",
    ),
    "export_first": (
        "有县里不收的记录或照片，请先导出本机数据，再重新登记",
        "The county refuses records or photos that this phone holds: export its data first, then enrol anew",
    ),
    "app_too_old": (
        "应用太旧，读不了县里的新规定，本机按没有规定判断。请更新应用",
        "This app is too old to read the county's rules and decides without them. Update the app",
    ),
    "credential_near": (
        "本机凭证 {day} 到期，届时亮码无效。请向县专班要新登记码",
        "This phone's credential ends on {day}; then doors refuse its codes. Ask the county office for a new code",
    ),
    "credential_over": (
        "本机凭证已到期，亮码无效。先同步，再到设置里重新登记本机",
        "This phone's credential is over and doors refuse its codes. Synchronise, then enrol it anew in the settings",
    ),
    "unsent": (
        "还有记录或照片未上报，请先同步，再重新登记",
        "Records or photos are still waiting: synchronise, then enrol anew",
    ),
    "server_error": (
        "服务器暂时出错。数据未变，稍后自动重试",
        "The server has a fault. Nothing changed; it tries again by itself",
    ),
    "blob_hash_mismatch": ("照片传坏了，将自动重传", "A photo was damaged on the way; it is sent again"),
    # This phone
    "disk_full": (
        "手机存储已满。刚才的内容还在屏幕上，清理空间后会自动再存",
        "The phone's storage is full. What you wrote is still here; free some space and it is saved",
    ),
    "phone_busy": ("这台手机正在别处打开", "This phone is open elsewhere"),
    "no_keystore": (
        "这个浏览器不能安全保存密钥，不能登记。请换用能力检查页上列出的浏览器",
        "This browser cannot keep a key, so it cannot be enrolled. Use one of those that the capability page names",
    ),
    "not_enrolled": ("这台手机还没有登记", "This phone is not enrolled"),
    "stopped": ("本机已停止记录，已有内容可导出", "This phone has stopped writing; what it holds can be exported"),
    "visit_closed": ("这次入企已经结束", "This visit is already closed"),
    "unknown_visit": ("本机没有这次入企", "This phone does not hold this visit"),
    "enrolment_refused": ("登记被拒绝。请到办公室核对身份", "Enrolment was refused. See the office"),
    "enrolment_expired": ("登记码已过期。请换一个新码", "The enrolment code has expired. Ask for a new one"),
    "pin_wrong": ("PIN 不对", "Wrong PIN"),
    "pin_wait": ("错误次数过多，请 {seconds} 秒后再试", "Too many attempts; wait {seconds} seconds"),
    "camera_denied": (
        "相机不可用。可从照片识码、输入代码或按名称查找",
        "No camera. Use a photo, type the code or search",
    ),
    "no_code_in_picture": ("照片里没有可识别的码", "There is no readable code in this picture"),
    "bad_picture": ("这张图片打不开", "This picture cannot be opened"),
    "not_allowed": ("核验结论不允许入企", "The verdict does not allow entering"),
    "checkpoint_behind": (
        "服务器的数据比本机还旧，已拒收。稍后自动重试；反复出现请联系县专班",
        "The server's data is older than this phone's; refused. If it goes on, tell the county office",
    ),
    "root_mismatch": (
        "登记码与服务器不是同一个县的，已停止。请核对登记码",
        "The code and the server belong to different counties; stopped. Check the code",
    ),
    "storage_broken": (
        "这台手机的数据打不开。不要清除，联系县专班",
        "This phone's data cannot be opened. Do not clear it; tell the county office",
    ),
    "verdict_changed": ("核验结论有变，请再看一遍", "The verdict has changed; look again"),
    "missing": ("还缺一项，请补上", "Something is still missing"),
    "missing_entry_reason": ("事后补录要写原因", "An entry afterwards needs its reason"),
    "missing_why_no_legal_education": ("没有普法的，请说明原因", "No law was taught: say why"),
    "missing_text": ("还没有写内容", "There is no text yet"),
    "missing_host": (
        "输入的登记码不含服务器地址，请改用扫登记码",
        "A typed code names no server; scan the code instead",
    ),
    # What the server answers
    "enrolment_code_invalid": (
        "登记码不对、已用过或已过期。请换一个新码",
        "The code is wrong, used or over. Ask for a new one",
    ),
    "enrolment_throttled": (
        "错误的登记码太多了。请过几分钟再试",
        "Too many wrong codes. Try again in some minutes",
    ),
    "unauthenticated": (
        "服务器不认这台手机。联系县专班",
        "The server does not know this phone. Tell the county office",
    ),
    "request_time_off": ("手机时间差得太多。请校准手机时间", "The phone's time is far off. Correct it"),
    "storage_full": ("服务器存储已满。记录仍在本机，稍后自动重试", "The server is full. It tries again by itself"),
    "unavailable": ("服务器暂时不可用，稍后自动重试", "The server is not available; it tries again by itself"),
    # Why a record was set aside
    "author_revoked": ("收到前本机凭证已被撤销", "This phone was revoked before the record arrived"),
    "body_malformed": ("内容不合格式，原文已保存", "The content is not well formed; it is kept"),
    "from_newer_app": ("来自更新版本的应用，原文已保存", "From a newer app; it is kept"),
    "chain_fork_aside": (
        "与县里已收到的本机记录接不上（恢复过备份，或另有手机在用同一密钥），原文已保存",
        "It does not follow what the county has of this phone (a restored backup, or another phone); it is kept",
    ),
    "seen_impossible": (
        "记录所称见过的检查点，县里的存证里没有",
        "It claims to have seen a checkpoint that the county's log never had",
    ),
    "visit_exists": ("同一次入企已有开始记录", "This visit was opened by another record"),
    "error": ("出了点问题，内容已保留（代码 {code}）", "Something went wrong; what you wrote is kept (code {code})"),
}
