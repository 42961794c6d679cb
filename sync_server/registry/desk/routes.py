"""All routes of the registry's desk."""

from __future__ import annotations

from typing import Any

from sync_server.registry.desk.department_routes import ROUTES as DEPARTMENTS
from sync_server.registry.desk.enterprise_routes import ROUTES as ENTERPRISES
from sync_server.registry.desk.people_routes import ROUTES as PEOPLE
from sync_server.registry.desk.phone_routes import ROUTES as PHONES
from sync_server.registry.desk.sheet_routes import ROUTES as SHEETS

ROUTES: list[Any] = [*DEPARTMENTS, *PEOPLE, *PHONES, *ENTERPRISES, *SHEETS]
