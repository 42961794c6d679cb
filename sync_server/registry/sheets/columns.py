"""What a table's columns are called and mean: for its template, for reading it, and for its export."""

from __future__ import annotations

from dataclasses import dataclass

MAX_ROWS = 60_000


@dataclass(frozen=True, slots=True)
class Column:
    """A header in either language or the key itself is understood."""

    key: str
    chinese: str
    english: str
    example: str = ""
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Thing:
    name: str
    columns: tuple[Column, ...]

    def column_of(self, header: str) -> Column | None:
        wanted = header.strip().rstrip("*").strip().casefold()
        return next(
            (one for one in self.columns if wanted in (one.key, one.chinese.casefold(), one.english.casefold())), None
        )


DEPARTMENTS = Thing(
    "departments",
    (
        Column("id", "编号", "Number", "market", is_required=True),
        Column("name", "名称", "Name", "市场监督管理局", is_required=True),
        Column("units", "内设机构", "Units", "food=食品科;drug=药品科"),
    ),
)
PEOPLE = Thing(
    "people",
    (
        Column("id", "工号", "Number", "p001", is_required=True),
        Column("name", "姓名", "Name", "张三", is_required=True),
        Column("department", "单位编号", "Department", "market", is_required=True),
        Column("unit", "内设机构", "Unit", "food"),
        Column("licence", "执法证号", "Licence", "浙C000001"),
        Column("valid_from", "有效期起", "Valid from", "2026-01-01"),
        Column("valid_until", "有效期至", "Valid until", "2030-12-31"),
    ),
)
ENTERPRISES = Thing(
    "enterprises",
    (
        Column("uscc", "统一社会信用代码", "Code", "91330326MA2ABCDE1X", is_required=True),
        Column("name", "企业名称", "Name", "平阳示例有限公司", is_required=True),
        Column("status", "状态", "Status", "存续"),
        Column("township", "乡镇", "Township", "鳌江镇"),
        Column("address", "地址", "Address", "示例路 1 号"),
        Column("industry", "行业", "Industry", "塑料制品"),
        Column("gates", "入企码", "Gates", "1=东门;2=西门"),
        Column("person", "联系人", "Contact", "李四"),
        Column("phone", "联系电话", "Telephone", "0577-63000000"),
        Column("liaison", "助企联络员", "Liaison", "王五"),
        Column("credit_class", "信用等级", "Credit class", "A"),
        Column("risk", "风险等级", "Risk", "低"),
        Column("external_refs", "其他系统编号", "Other numbers", ""),
    ),
)
THINGS = {thing.name: thing for thing in (DEPARTMENTS, PEOPLE, ENTERPRISES)}
STATUS_WORDS = {
    **dict.fromkeys(("", "active", "存续", "在业", "开业", "在营", "正常"), "active"),
    **dict.fromkeys(("closed", "注销", "吊销", "关闭", "迁出", "歇业"), "closed"),
}
