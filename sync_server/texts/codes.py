"""Stable codes in words: why a record was set aside, what a proof found, what a page refused."""

from __future__ import annotations

CODES: dict[str, tuple[str, str]] = {
    # set aside: kept with its bytes and receipted, but not accepted
    "author_revoked": (
        "签名手机在收到前已被停用",
        "The signing phone had been revoked before the record arrived",
    ),
    "chain_fork": (
        "同一部手机的同一序号出现了两条不同的记录",
        "Two different records stand at one number of this phone's chain",
    ),
    "chain_gap": (
        "这部手机前面有记录还没有到达",
        "Records that come before this one have not arrived yet",
    ),
    "chain_broken": ("记录前后接不上", "The records do not follow one another"),
    "from_newer_app": (
        "来自更新版本的应用，本服务器还不认识这种记录；原文已保存",
        "From a newer app: this server does not know such records yet; their bytes are kept",
    ),
    "body_malformed": ("记录内容不合格式；原文已保存", "The record's content is not well formed; its bytes are kept"),
    "seen_impossible": (
        "记录所称见过的检查点，县里的存证里没有",
        "The record claims to have seen a checkpoint that the county's log never had",
    ),
    "visit_exists": ("同一次入企已有一条开始记录", "This visit was opened by another record already"),
    "visit_unknown": ("记录所属的入企还没有到达", "The visit that this record belongs to has not arrived"),
    # formats and keys (shared_models.errors)
    "error": ("出错了", "Something went wrong"),
    "badly_formed": ("内容不合格式", "The content is not well formed"),
    "unreadable": ("无法读取", "It cannot be read"),
    "unknown_format": ("不是本县的码", "This is not one of the county's codes"),
    "too_large": ("内容过大", "It is too large"),
    "not_sign1": ("不是签名记录", "It is not a signed record"),
    "unsupported": ("版本或算法不受支持", "This version or algorithm is not supported"),
    "bad_key": ("公钥不合格", "The public key is not acceptable"),
    "signature_mismatch": ("签名不符：内容被改动过，或不是这部手机签的", "The signature does not match"),
    "unknown_key": ("不认识签名的密钥", "The signing key is not known"),
    "expired": ("已过有效期", "It has expired"),
    "not_yet": ("尚未生效", "It is not valid yet"),
    "revoked": ("已被停用", "It has been revoked"),
    "wrong_host": ("属于另一台主机", "It belongs to another host"),
    "trust_too_old": ("信任数据太旧", "The trust data is too old"),
    "proof_mismatch": ("存证证明不符：算不到已签名的根", "The proof does not lead to the signed root"),
    # login and pages
    "login_failed": (
        "账号或密码不对",
        "The account or password is not right",
    ),
    "login_throttled": ("尝试次数太多", "Too many attempts"),
    "login_required": ("请先登录", "Please log in first"),
    "forbidden": ("您的账号没有查看此页的权限", "Your account may not see this page"),
    "form_expired": (
        "页面停留太久或不是从本站提交",
        "The form is too old, or was not sent from this site",
    ),
    "not_found": ("没有找到", "It is not there"),
    "method_not_allowed": ("不能这样访问这个地址", "This address cannot be used like that"),
    "bad_request": ("地址或表单中有不认识的内容", "The address or the form holds something unknown"),
    "internal": ("服务器出错了", "The server made a mistake"),
    "unavailable": ("服务器暂时不可用", "The server is not available for a moment"),
    "invalid": ("不合规定，未办理", "Not allowed as given; nothing was done"),
    "wrong_state": ("当前状态不能这样办理", "Not possible in its present state"),
    "case_box_open": ("法定清单还有未完成的项目，不能这样办理", "A box of the law's checklist is open"),
    "case_decision_not_open": ("按现在的认定不能这样处理", "The facts as found do not leave this"),
    "schedule_refused": ("缴款安排不合规定", "The schedule does not add up"),
    "unauthenticated": ("没有证明身份", "Who asks is not proven"),
    "request_time_off": ("请求时间相差太多", "The request's time is too far off"),
    "enrolment_code_invalid": ("登记码不对或已过期", "The enrolment code is wrong or over"),
    "enrolment_throttled": ("错误的登记码太多", "Too many wrong enrolment codes"),
    "blob_hash_mismatch": ("图片与其编号不符", "The picture is not the one its number names"),
    "keys_missing": ("缺少服务器密钥文件，拒绝另造", "The server's key files are missing; no others are made"),
    "photo_refused": (
        "照片没有收下：要 JPEG、PNG 或 WebP 图片，每张不超过 16 MB",
        "The photo was not taken: JPEG, PNG or WebP, 16 MB at most",
    ),
    "storage_full": ("服务器存储已满", "The server's storage is full"),
    "ahead_of_log": ("所称的存证条数本县还没有", "The log has not reached that size"),
    # accounts
    "second_factor": ("动态码不对", "The code of the second factor is not right"),
    "invitation_over": ("邀请链接已失效", "The invitation is over"),
    "last_administrator": ("至少要保留一名管理员", "One administrator must remain"),
    "account_exists": ("已有同名账号", "There is an account of this name already"),
    "account_unknown": ("没有这个账号", "There is no such account"),
    "password_too_weak": ("密码太短或太简单", "The password is too short or too simple"),
}
