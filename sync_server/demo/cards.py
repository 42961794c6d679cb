"""The cards of the cockpit: each a small story to play, with the sheet to hold up and the day to play it on."""

from __future__ import annotations

from dataclasses import dataclass

from sync_server.demo.filings import Cast

GATE_NO = 1
"""Whose sheet is held up, of each enterprise."""


@dataclass(frozen=True, slots=True)
class Step:
    """What the visitor does; `press` names the cockpit's own button that does it, if there is one."""

    zh: str
    en: str
    press: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """`expect`: what is seen at the end; `enterprise`: as the cast names it."""

    id: str
    zh: str
    en: str
    expect_zh: str
    expect_en: str
    enterprise: str
    steps: tuple[Step, ...]

    def uscc(self, cast: Cast) -> str:
        code: str = getattr(cast, self.enterprise)
        return code


def _hold(phone: int) -> Step:
    return Step(
        f"把门牌举到 {phone} 号手机的镜头前", f"Hold the gate sheet before phone {phone}'s camera", f"hold:{phone}"
    )


_TODAY = Step("回到今天", "Go back to today", "day:today")
_SCAN = Step("在手机上点“扫码入企”（锁着时先输入 PIN）", "Tap 扫码入企 (Scan) on the phone; unlock it first if locked")
_AT_THE_GATE = (_TODAY, _hold(1), _SCAN)

# in the order in which a newcomer would play them
CARDS = (
    Card(
        "filed",
        "已备案的一次入企",
        "A filed visit",
        "绿色“允许”：进入、指导、普法、拍照、结束，回执自动到齐。",
        "Green, allowed: enter, guide, teach, photograph, close; the receipts arrive by themselves.",
        "filed",
        (
            *_AT_THE_GATE,
            Step("点“进入企业”，写一条指导，结束入企", "Enter, give one piece of guidance, close the visit"),
            Step(
                "看同步行变成全部已回执，再到右边登录或刷新督查页",
                "Watch the sync line, then sign in at the right, or reload there",
            ),
        ),
    ),
    Card(
        "door",
        "看看门口是谁",
        "Check who is at the door",
        "“可以放行”，点“放行”就留下记录；2 号手机显示到场。督查页上，核验、到场、入企是同一件事。",
        "“You may let them in”; a button leaves a record. Phone 2 joins. The desk shows one story.",
        "together",
        (
            *_AT_THE_GATE,
            Step("1 号手机：进入企业，点“亮码”", "Phone 1: enter, then tap 亮码 (My code)"),
            Step("企业用自己的手机扫这个码（新标签页）", "The owner's phone scans it (a new tab)", "owner:1:pass"),
            Step(
                "或者打开上面的门牌页，输入亮码下面的编号和六位数字",
                "Or open the sheet's page above, and type the number and six digits under the code",
            ),
            Step("把 1 号手机的码给 2 号手机看", "Show phone 1's code to phone 2", "show:1:2"),
            Step("2 号手机：扫码，点“确认到场”", "Phone 2: scan, then tap 确认到场 (I am here)"),
        ),
    ),
    Card(
        "letter",
        "签一份承诺书",
        "Sign a letter",
        "企业手里有自己的副本，三天内可以确认或者提出异议；执法人员和督查页都看得到答复。",
        "The enterprise keeps a copy, and confirms or contests it within three days; both sides see it.",
        "together",
        (
            Step("接着上一张卡片；没有玩过的，先进入企业", "Go on from the card before, or enter first"),
            Step("1 号手机：点“发现问题”，选一条，再看依法怎么办", "Phone 1: a finding, then what follows by law"),
            Step("写承诺书，请现场人员看过，三个人签字", "Write the letter, have it read, and let all three sign"),
            Step("企业扫副本的码（新标签页）", "The owner scans the copy's code (a new tab)", "owner:1:copy"),
            Step("点“属实，确认”，再看督查页", "Confirm it, then see the desk"),
        ),
    ),
    Card(
        "service_week",
        "服务周里扫码",
        "Scan in the service week",
        "红色“拦截”：三.1 服务周，并列出下一个可入企的日子。",
        "Red, refused: clause 三.1, with the next days on which it would be allowed.",
        "filed",
        (
            Step("把日期拨到下一个服务周", "Move the day into the next service week", "day:service_week"),
            _hold(1),
            _SCAN,
        ),
    ),
    Card(
        "not_filed",
        "没有备案",
        "Not filed",
        "红色“拦截”：三.3 未备案。可申报例外，或离开——离开也会留下记录。",
        "Red, refused: clause 三.3. Claim an exception, or leave; leaving is a record too.",
        "not_filed",
        _AT_THE_GATE,
    ),
    Card(
        "merged",
        "已并入联合入企",
        "Merged into a joint visit",
        "红色“拦截”：整改复查已并入下周的联合入企，给出联合备案号。",
        "Red, refused: the recheck was merged into next week's joint visit, whose number is shown.",
        "merged",
        _AT_THE_GATE,
    ),
    Card(
        "emergency",
        "突发事件",
        "An emergency",
        "申报“突发事件”后变为“准予先行、事后备案”，并给出补备案的期限。",
        "After claiming an emergency: enter first, file after, with the day it is due.",
        "emergency",
        (
            *_AT_THE_GATE,
            Step(
                "检查要两个人：在“增减人员”里添加一名同行", "It takes two: add a colleague by 增减人员 (Change people)"
            ),
            Step(
                "点“申报例外情形”，选突发事件，写明情况和批准人",
                "Tap 申报例外情形 (Claim an exception): an emergency, with note and approver",
            ),
        ),
    ),
    Card(
        "other_department",
        "别的部门的人员",
        "Another department's officer",
        "这家企业由应急管理局备案：1 号手机（市场监管）被拦截，2 号手机（应急）被允许。",
        "Filed by another department: phone 1 is refused, phone 2 is allowed.",
        "other_department",
        (*_AT_THE_GATE, _hold(2), _SCAN),
    ),
    Card(
        "no_signal",
        "三天没有信号",
        "Three days without signal",
        "断网三天照常核验、照常记录，并写明数据多旧；恢复信号后全部自动回执。",
        "Three days offline: the gate still decides and says how old its data is; then all is receipted.",
        "filed",
        (
            _TODAY,
            Step("关掉 1 号手机的信号", "Switch phone 1's signal off", "signal:1:off"),
            Step("把日期往后拨三天", "Move the day on by three", "day:plus3"),
            _hold(1),
            _SCAN,
            Step("做完一次入企，看待发记录", "Make a visit, look at the outbox"),
            Step("恢复信号", "Signal back on", "signal:1:on"),
        ),
    ),
)
