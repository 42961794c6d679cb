"""The county's departments and their units enter the registry, or are changed in it."""

from __future__ import annotations

from collections.abc import Sequence

from shared_models.acts import DepartmentsRegistered
from shared_models.people import Department
from sync_server.county import County
from sync_server.log.writing import writing
from sync_server.registry.checks import check_key, in_parts


def register_departments(county: County, account: str, departments: Sequence[Department]) -> None:
    """Raises InvalidError for an id that no table can hold."""
    for department in departments:
        check_key("department.id", department.id)
    with writing(county) as tx:
        for part in in_parts(departments):
            tx.append_act(account, DepartmentsRegistered(part))
