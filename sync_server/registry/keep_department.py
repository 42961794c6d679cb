"""A department is registered, or changed."""

from __future__ import annotations

from shared_models.acts import DepartmentsRegistered
from shared_models.people import Department
from sync_server.county import County
from sync_server.log.writing import writing
from sync_server.registry.judge import judge_department, judge_newness, refuse


def keep_department(county: County, account: str, department: Department, *, is_new: bool) -> None:
    """Raises RefusedFieldsError."""
    with writing(county) as tx:
        problems = judge_department(department)
        judge_newness(problems, is_known=tx.facts.get("department", department.id) is not None, is_new=is_new)
        refuse(problems)
        tx.append_act(account, DepartmentsRegistered((department,)))
