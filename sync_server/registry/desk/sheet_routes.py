"""/registry/sheets: templates, imports with a preview and a report, exports."""

from __future__ import annotations

import threading
from typing import Any, TypeAlias

import structlog
from anyio import to_thread
from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_303_SEE_OTHER, HTTP_422_UNPROCESSABLE_ENTITY

from sync_server.clock import milliseconds
from sync_server.county import County
from sync_server.errors import NotFoundError, WrongStateError
from sync_server.pages.frame import page
from sync_server.registry.desk.scope import account_in
from sync_server.registry.desk.typed import Typed, typed_of, upload_of
from sync_server.registry.sheets.cells import MAX_BYTES
from sync_server.registry.sheets.columns import THINGS
from sync_server.registry.sheets.errors import SheetError
from sync_server.registry.sheets.export import MEDIA_TYPES, TABLES, export_table
from sync_server.registry.sheets.imports import (
    RUNNING,
    STALLED_AFTER_MS,
    latest_imports,
    prepare_import,
    problems_by_column,
    read_import,
    run_import,
    start_import,
)
from sync_server.registry.sheets.mapping import MAX_MAPPING_BYTES
from sync_server.registry.sheets.write_sheet import write_template

AnyRequest: TypeAlias = Request[Any, Any, Any]
SHOWN_ROWS = 200
_log = structlog.get_logger("sync_server.registry")


@get("/registry/sheets", sync_to_thread=True)
def sheets(request: AnyRequest) -> Template:
    return _sheets(request, Typed())


@post("/registry/sheets", request_max_body_size=MAX_BYTES + MAX_MAPPING_BYTES + 8192)
async def upload(request: AnyRequest) -> Response[Any]:
    typed = await typed_of(request)
    file, mapping = await upload_of(request, "file"), await upload_of(request, "mapping")
    return await to_thread.run_sync(_prepare, request, typed, file, mapping)


@get("/registry/imports/{key:str}", sync_to_thread=True)
def imported(request: AnyRequest, key: FromPath[str]) -> Template:
    return _import(request, key)


@post("/registry/imports/{key:str}")
async def keep(request: AnyRequest, key: FromPath[str]) -> Response[Any]:
    typed = await typed_of(request)
    county: County = request.app.state.county
    account = account_in(request).name
    try:
        skip_bad = typed.is_ticked("skip_bad")
        await to_thread.run_sync(lambda: start_import(county, key, skip_bad=skip_bad))
    except WrongStateError as err:
        problem = "bad_rows" if err.state == "bad_rows" else "not_again"
        return await to_thread.run_sync(_import, request, key, problem)
    # its own thread: fifty thousand rows outlast a request, and the page says how far it is
    threading.Thread(target=_run, args=(county, account, key), name=f"import-{key}").start()
    return Redirect(f"/registry/imports/{key}", status_code=HTTP_303_SEE_OTHER)


@get("/registry/templates/{thing:str}", sync_to_thread=True)
def template(request: AnyRequest, thing: FromPath[str]) -> Response[bytes]:
    del request
    found = THINGS.get(thing.removesuffix(".xlsx"))
    if found is None or not thing.endswith(".xlsx"):
        raise NotFoundError("table", "")
    return _file(write_template(found), f"template-{found.name}.xlsx", "xlsx")


@get("/registry/exports/{table:str}", sync_to_thread=True)
def export(request: AnyRequest, table: FromPath[str]) -> Response[bytes]:
    name, _, kind = table.partition(".")
    return _file(export_table(request.app.state.county, name, kind), f"{name}.{kind}", kind)


def _run(county: County, account: str, key: str) -> None:
    try:
        run_import(county, account, key)
    except Exception:  # noqa: BLE001 - the page offers to go on; what was kept is kept
        _log.exception("import_stopped", id=key)


def _prepare(
    request: AnyRequest, typed: Typed, file: tuple[str, bytes] | None, mapping: tuple[str, bytes] | None
) -> Response[Any]:
    county: County = request.app.state.county
    thing = typed.text("thing")
    if file is None:
        return _sheets(request, Typed(typed.values, {"file": "empty"}), status_code=HTTP_422_UNPROCESSABLE_ENTITY)
    try:
        account = account_in(request).name
        key = prepare_import(county, account, thing, file[0], file[1], mapping[1] if mapping else None)
    except SheetError as err:
        field = "mapping" if err.problem == "mapping" else "file"
        shown = Typed(typed.values, {field: f"sheet_{err.problem}"})
        return _sheets(request, shown, what=err.what, status_code=HTTP_422_UNPROCESSABLE_ENTITY)
    return Redirect(f"/registry/imports/{key}", status_code=HTTP_303_SEE_OTHER)


def _sheets(request: AnyRequest, typed: Typed, what: str = "", status_code: int = 200) -> Template:
    return page(
        request,
        "registry/sheets.html",
        status_code=status_code,
        typed=typed,
        what=what,
        things=THINGS,
        tables=TABLES,
        imports=latest_imports(request.app.state.county),
    )


def _import(request: AnyRequest, key: str, problem: str = "") -> Template:
    county: County = request.app.state.county
    found = read_import(county, key)
    now = milliseconds(county.clock.now())
    return page(
        request,
        "registry/import.html",
        status_code=HTTP_422_UNPROCESSABLE_ENTITY if problem else 200,
        found=found,
        problem=problem,
        summary=problems_by_column(found.wrong).most_common(),
        columns={one.key: one for one in THINGS[found.thing].columns},
        shown=found.wrong[:SHOWN_ROWS],
        is_running=found.state == RUNNING and found.beat_at >= now - STALLED_AFTER_MS,
    )


def _file(data: bytes, name: str, kind: str) -> Response[bytes]:
    headers = {"Content-Disposition": f'attachment; filename="zhuqi-{name}"'}
    return Response(data, media_type=MEDIA_TYPES[kind], headers=headers)


ROUTES: list[Any] = [sheets, upload, imported, keep, template, export]
