"""The cockpit's own words, in both languages."""

from __future__ import annotations

from datetime import date

TEXTS: dict[str, dict[str, object]] = {
    "zh": {
        "title": "助企码 · 演示驾驶舱",
        "lead": "左边选一张卡片，照着做；手机是真的应用，督查页也是真的。",
        "day": "演示日期",
        "today": "回到今天",
        "service_week": "拨到服务周",
        "plus3": "+3 天",
        "minus1": "−1 天",
        "cards": "试试这些情形",
        "sheet": "入企码门牌",
        "sheet_page": "企业扫自家门牌看到的页面",
        "gate": "门号",
        "phone": "手机",
        "signal": "有信号",
        "kill": "强行结束应用",
        "drop": "拿开门牌",
        "app": "换成网页版应用",
        "device": "换回来",
        "supervisor": "督查页",
        "sign_in": "用演示账号登录",
        "reload": "刷新",
        "own_tab": "在新标签页打开",
        "others": "同一密码还可以登录：",
        "simulated": "这里模拟了什么",
        "simulated_lines": [
            "县、企业、人员和备案都是虚构的，统一社会信用代码也不对应任何真实企业。",
            "“手机”是浏览器里的同一个应用：密钥存放在文件里而不是手机安全芯片，凭证上注明 software。",
            "“举到镜头前”把门牌的图片交给真正的二维码解码器；没有使用摄像头。",
            "“信号”在网络端口上切断请求；“强行结束”对两台手机的进程发 SIGKILL，再重启。",
            "“日期”拨动服务器和手机两边的时钟；核验规则、签名、存储、同步和回执都是真的。",
            "“网页版应用”是 make app 构建的那一个：密钥在浏览器里（webcrypto），摄像头是真的；登记同样由演示程序确认。",
            "两台手机已由演示程序代替办事员登记好，PIN 写在手机上方。",
        ],
    },
    "en": {
        "title": "Zhuqi · the demo's cockpit",
        "lead": "Pick a card on the left and play it. The phones run the real app, and the desk is the real one.",
        "day": "The demo's day",
        "today": "Back to today",
        "service_week": "Into the service week",
        "plus3": "+3 days",
        "minus1": "−1 day",
        "cards": "Cards to play",
        "sheet": "Gate sheet",
        "sheet_page": "The page behind it, for the enterprise",
        "gate": "Gate",
        "phone": "Phone",
        "signal": "Signal",
        "kill": "Kill the app",
        "drop": "Take the sheet away",
        "app": "The app as a page",
        "device": "Back to the phone",
        "supervisor": "Supervisor's page",
        "sign_in": "Sign in with the demo account",
        "reload": "Reload",
        "own_tab": "Open in a tab of its own",
        "others": "With the same password:",
        "simulated": "What is simulated here",
        "simulated_lines": [
            "County, enterprises, people and filings are invented; no code belongs to a real enterprise.",
            "A phone is the same app in a browser: its key lies in a file, and its credential says software.",
            "Holding a sheet up gives its picture to the real QR decoder; no camera is used.",
            "The signal switch cuts requests at the app's network port; the kill is a SIGKILL of both phones' process.",
            "The day moves the clocks of server and phones; rules, signatures, storage, sync and receipts are real.",
            "The app as a page is what make app built: its key is the browser's, its camera real; confirmed likewise.",
            "Both phones were enrolled by the demo in the clerk's place; the PIN stands above each.",
        ],
    },
}

_WEEKDAYS = {
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}


def day_texts(day: date) -> dict[str, str]:
    """The day with its weekday, by language."""
    return {language: f"{day} {names[day.weekday()]}" for language, names in _WEEKDAYS.items()}
