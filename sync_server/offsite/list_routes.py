"""The department's self-check lists: what an off-site check begins from."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from anyio import to_thread
from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK, HTTP_303_SEE_OTHER, HTTP_422_UNPROCESSABLE_ENTITY

from shared_models.offsite import ListItem, SelfCheckList
from shared_models.people import Department
from sync_server.accounts.desk import AnyRequest, Desk, desk_of
from sync_server.errors import InvalidError, NotFoundError
from sync_server.offsite.draft_form import read_items
from sync_server.offsite.draft_page import lines_to_write
from sync_server.offsite.publish_lists import publish_lists
from sync_server.offsite.read_lists import find_list, lists_of
from sync_server.offsite.typed_check import TypedItem
from sync_server.pages.frame import page
from sync_server.pages.sent import text_of
from sync_server.storage.engine import reading
from sync_server.storage.facts import current_of_kind

_MAX_FORM_BYTES = 1024 * 1024
NEW = "new"


@dataclass(frozen=True, slots=True)
class TypedList:
    department: str = ""
    title: str = ""
    items: tuple[TypedItem, ...] = ()
    retired: bool = False


@get("/offsite/lists", sync_to_thread=True)
def lists_page(request: AnyRequest) -> Template:
    desk = desk_of(request)
    with reading(desk.county.engine) as connection:
        lists, departments = lists_of(connection, desk.within), _departments(connection)
    return page(request, "offsite/lists.html", lists=lists, departments=departments, files_for=desk.files_for, new=NEW)


@get("/offsite/lists/{key:str}", sync_to_thread=True)
def list_page(request: AnyRequest, key: FromPath[str]) -> Template:
    desk = desk_of(request)
    if key == NEW:
        return _page(request, desk, key, TypedList(next(iter(desk.files_for), "")))
    known = _own(desk, key)
    items = tuple(TypedItem(one.text, one.provision, one.wants_photo) for one in known.items)
    return _page(request, desk, key, TypedList(known.department, known.title, items, known.retired))


@post("/offsite/lists/{key:str}", request_max_body_size=_MAX_FORM_BYTES, status_code=HTTP_200_OK)
async def change_list(request: AnyRequest, key: FromPath[str]) -> Any:
    desk = desk_of(request)
    form = await request.form()
    typed = TypedList(text_of(form, "department")[:64], text_of(form, "title"), read_items(form), "retired" in form)
    return await to_thread.run_sync(_change, request, desk, key, typed, text_of(form, "act"))


def _change(request: AnyRequest, desk: Desk, key: str, typed: TypedList, act: str) -> Template | Redirect:
    if act == "lines":
        return _page(request, desk, key, typed)
    department = typed.department if key == NEW else _own(desk, key).department
    if department not in desk.files_for:
        raise NotFoundError("department", "")
    items = tuple(ListItem(one.text.strip(), one.provision.strip(), one.wants_photo) for one in typed.items)
    made = SelfCheckList(
        secrets.token_hex(6) if key == NEW else key, department, typed.title.strip(), items, typed.retired
    )
    try:
        publish_lists(desk.county, desk.account.name, [made])
    except InvalidError as err:
        problems = {err.where: err.problem}
        return _page(request, desk, key, typed, problems=problems, status_code=HTTP_422_UNPROCESSABLE_ENTITY)
    return Redirect("/offsite/lists", status_code=HTTP_303_SEE_OTHER)


def _own(desk: Desk, key: str) -> SelfCheckList:
    """Raises NotFoundError, also for another department's."""
    with reading(desk.county.engine) as connection:
        found = find_list(connection, key)
    if found.department not in desk.files_for:
        raise NotFoundError("self_check_list", key)
    return found


def _page(
    request: AnyRequest,
    desk: Desk,
    key: str,
    typed: TypedList,
    *,
    problems: dict[str, str] | None = None,
    status_code: int = HTTP_200_OK,
) -> Template:
    with reading(desk.county.engine) as connection:
        departments = {one: name for one, name in _departments(connection).items() if one in desk.files_for}
    return page(
        request,
        "offsite/one_list.html",
        status_code=status_code,
        key=key,
        is_new=key == NEW,
        typed=typed,
        lines=lines_to_write(typed.items),
        departments=departments,
        problems=problems or {},
    )


def _departments(connection: Any) -> dict[str, str]:
    found = (fact.load(Department) for fact in current_of_kind(connection, "department"))
    return {one.id: one.name for one in found}


ROUTES: list[Any] = [lists_page, list_page, change_list]
