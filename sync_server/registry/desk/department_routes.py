"""/registry and /registry/departments."""

from __future__ import annotations

from typing import Any, TypeAlias

from anyio import to_thread
from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_303_SEE_OTHER, HTTP_422_UNPROCESSABLE_ENTITY

from shared_models.people import Department, Unit
from sync_server.county import County
from sync_server.errors import NotFoundError
from sync_server.pages.frame import page
from sync_server.registry.desk.overview import read_overview
from sync_server.registry.desk.read_people import departments_of
from sync_server.registry.desk.scope import account_in
from sync_server.registry.desk.typed import Typed, typed_of
from sync_server.registry.judge import RefusedFieldsError
from sync_server.registry.keep_department import keep_department
from sync_server.registry.units import units_of
from sync_server.storage.engine import reading

AnyRequest: TypeAlias = Request[Any, Any, Any]
_LIST = "/registry/departments"


@get("/registry", sync_to_thread=True)
def registry(request: AnyRequest) -> Template:
    state = request.app.state
    return page(request, "registry/overview.html", found=read_overview(state.county, state.enterprise_index))


@get(_LIST, sync_to_thread=True)
def departments(request: AnyRequest) -> Template:
    return _page(request, Typed(), None)


@post(_LIST)
async def add_department(request: AnyRequest) -> Response[Any]:
    return await to_thread.run_sync(_keep, request, await typed_of(request), None)


@get("/registry/departments/{department:str}", sync_to_thread=True)
def department(request: AnyRequest, department: FromPath[str]) -> Template:
    with reading(request.app.state.county.engine) as connection:
        found = departments_of(connection).get(department)
    if found is None:
        raise NotFoundError("department", department)
    units = "\n".join(f"{unit.id}={unit.name}" for unit in found.units)
    return _page(request, Typed({"id": found.id, "name": found.name, "units": units}), department)


@post("/registry/departments/{department:str}")
async def change_department(request: AnyRequest, department: FromPath[str]) -> Response[Any]:
    return await to_thread.run_sync(_keep, request, await typed_of(request), department)


def _keep(request: AnyRequest, typed: Typed, key: str | None) -> Response[Any]:
    county: County = request.app.state.county
    units = tuple(Unit(one, name) for one, name in units_of(typed.text("units")))
    made = Department(key or typed.text("id"), typed.text("name"), units)
    try:
        keep_department(county, account_in(request).name, made, is_new=key is None)
    except RefusedFieldsError as err:
        shown = typed.with_errors(err.problems)
        return _page(request, shown, key, status_code=HTTP_422_UNPROCESSABLE_ENTITY)
    return Redirect(f"{_LIST}?done=1", status_code=HTTP_303_SEE_OTHER)


def _page(request: AnyRequest, typed: Typed, key: str | None, status_code: int = 200) -> Template:
    with reading(request.app.state.county.engine) as connection:
        found = departments_of(connection)
    context: dict[str, Any] = {"departments": found, "typed": typed, "key": key}
    return page(request, "registry/departments.html", status_code=status_code, **context)


ROUTES: list[Any] = [registry, departments, add_department, department, change_department]
