"""Every table of the registry as rows of texts, in the columns in which it is imported where it can be."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlalchemy import Connection

from shared_models.county import PhoneTrust, TaughtCode
from shared_models.enterprise import Enterprise
from shared_models.filing import FilingForm
from shared_models.people import Department, Person
from sync_server.county import County
from sync_server.errors import NotFoundError
from sync_server.filings.register import FilingEntry
from sync_server.offsite.export_checks import HEADERS as OFFSITE_HEADERS
from sync_server.offsite.export_checks import check_rows
from sync_server.pages.times import shown_instant
from sync_server.registry.contacts import Contact, contacts_of
from sync_server.registry.sheets.columns import THINGS
from sync_server.registry.sheets.write_sheet import write_csv, write_xlsx
from sync_server.storage.engine import reading
from sync_server.storage.facts import current_of_kind

Rows = Iterator[tuple[str, ...]]
MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def export_table(county: County, table: str, kind: str) -> bytes:
    """Raises NotFoundError."""
    if table not in _TABLES or kind not in MEDIA_TYPES:
        raise NotFoundError("table", table)
    headers, rows_of = _TABLES[table]
    with reading(county.engine) as connection:
        rows = rows_of(connection)
        return write_xlsx(headers, rows) if kind == "xlsx" else write_csv(headers, rows)


def _departments(connection: Connection) -> Rows:
    for fact in current_of_kind(connection, "department"):
        one = fact.load(Department)
        yield one.id, one.name, ";".join(f"{unit.id}={unit.name}" for unit in one.units)


def _people(connection: Connection) -> Rows:
    for fact in current_of_kind(connection, "person"):
        one = fact.load(Person)
        days = (str(one.valid_from or ""), str(one.valid_until or ""))
        yield one.id, one.name, one.department, one.unit, one.licence or "", *days, "已注销" if one.revoked else ""


def _phones(connection: Connection) -> Rows:
    for fact in current_of_kind(connection, "phone"):
        one = fact.load(PhoneTrust)
        yield fact.key, one.officer, "已停用" if one.revoked else "在用", shown_instant(fact.at)


def _enterprises(connection: Connection) -> Rows:
    contacts = contacts_of(connection)
    for fact in current_of_kind(connection, "enterprise"):
        one = fact.load(Enterprise)
        known = contacts.get(one.uscc, Contact())
        gates = ";".join(f"{gate.no}={gate.place}" for gate in one.gates if not gate.void)
        told = (known.person, known.phone, known.liaison, known.credit_class, known.risk, known.external_refs)
        status = "存续" if one.status == "active" else "注销"
        yield one.uscc, one.name, status, one.township, one.address, one.industry, gates, *told


def _gates(connection: Connection) -> Rows:
    for fact in current_of_kind(connection, "enterprise"):
        one = fact.load(Enterprise)
        for gate in one.gates:
            yield one.uscc, one.name, str(gate.no), gate.place, "已作废" if gate.void else "在用"


def _codes(connection: Connection) -> Rows:
    for fact in current_of_kind(connection, "code"):
        yield fact.key, fact.load(TaughtCode).enterprise


def _filings(connection: Connection) -> Rows:
    for fact in current_of_kind(connection, "filing"):
        one = fact.load(FilingEntry)
        form: FilingForm = one.form
        window = (str(form.window[0]), str(form.window[1]))
        lists = (";".join(form.departments), ";".join(form.enterprises), ";".join(form.officers))
        yield one.number or "", one.state.value, form.purpose.value, *window, *lists, form.basis, fact.key


def _of(name: str) -> tuple[str, ...]:
    return tuple(column.chinese for column in THINGS[name].columns)


_TABLES: dict[str, tuple[tuple[str, ...], Callable[[Connection], Rows]]] = {
    "departments": (_of("departments"), _departments),
    "people": ((*_of("people"), "注销"), _people),
    "phones": (("手机编号", "工号", "状态", "变动时间"), _phones),
    "enterprises": (_of("enterprises"), _enterprises),
    "gates": (("统一社会信用代码", "企业名称", "门号", "位置", "状态"), _gates),
    "codes": (("企业码内容", "统一社会信用代码"), _codes),
    "filings": (
        ("备案编号", "状态", "事由", "起", "止", "单位", "企业", "人员", "依据", "内部编号"),
        _filings,
    ),
    "offsite_checks": (OFFSITE_HEADERS, check_rows),
}
TABLES = tuple(_TABLES)
