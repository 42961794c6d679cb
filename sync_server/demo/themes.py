"""The themes of the service weeks (三.2), for the demo's month and the one after."""

from __future__ import annotations

from datetime import date

from shared_models.acts import Theme
from shared_models.enterprise import EnterpriseStatus
from sync_server.demo.county import DemoCounty

_INVITED = 30


def themes_of(demo: DemoCounty) -> tuple[Theme, Theme]:
    invited = tuple(one.uscc for one in demo.enterprises if one.status is EnterpriseStatus.ACTIVE)[:_INVITED]
    return (
        Theme(
            month=f"{demo.day:%Y-%m}",
            number=f"{demo.day:%Y-%m}-1",
            title="用电安全与消防体检",
            lead="fire",
            departments=("emergency", "market"),
            activity="上门检测老旧线路和消防设施，现场答疑；只服务，不检查。",
            enterprises=invited,
        ),
        Theme(
            month=f"{_next_month(demo.day):%Y-%m}",
            number=f"{_next_month(demo.day):%Y-%m}-1",
            title="年末用工与工资支付辅导",
            lead="labour",
            departments=("justice", "commerce"),
            activity="辅导劳动合同、工时和年末工资结算，送法到厂。",
        ),
    )


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
