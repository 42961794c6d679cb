"""/cases: a department's own cases, one case with its checklist, and what may be done with it."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from anyio import to_thread
from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template
from litestar.status_codes import (
    HTTP_200_OK,
    HTTP_303_SEE_OTHER,
    HTTP_409_CONFLICT,
    HTTP_422_UNPROCESSABLE_ENTITY,
)

from shared_models.case import PRESENT_NEEDED, BoxOpenError, DecisionNotOpenError, ReviewGround
from shared_models.errors import ZhuqiError
from shared_models.instalments import ScheduleError, amount_text
from sync_server.accounts.account import Role
from sync_server.cases import open_routes
from sync_server.cases.change_case import Change, change_case
from sync_server.cases.keep_evidence import MAX_FILE_BYTES, media_type_of
from sync_server.cases.list_cases import CaseWish, list_cases
from sync_server.cases.read_case import ShownCase, read_case
from sync_server.cases.register import CaseState
from sync_server.cases.suggest_schedule import suggest_schedule
from sync_server.cases.typed_case import typed_from
from sync_server.county import County
from sync_server.errors import NotFoundError, WrongStateError
from sync_server.pages.frame import page
from sync_server.registry.desk.read_people import departments_of
from sync_server.registry.desk.scope import account_in
from sync_server.registry.desk.typed import Typed, typed_of, upload_of
from sync_server.registry.judge import RefusedFieldsError
from sync_server.storage.engine import reading

AnyRequest: TypeAlias = Request[Any, Any, Any]
_NUMBER = re.compile(r"AJ[0-9]{10}-[0-9]{5}")
_FILE = re.compile(r"[0-9a-f]{64}")
_MAX_FORM_BYTES = MAX_FILE_BYTES + 256 * 1024


@get("/cases", sync_to_thread=True)
def cases(request: AnyRequest) -> Response[Any]:
    county: County = request.app.state.county
    account = account_in(request)
    given = {key: str(value)[:64] for key, value in request.query_params.items()}
    number = given.get("number", "").strip().upper()
    if _NUMBER.fullmatch(number):
        return Redirect(f"/cases/{number}", status_code=HTTP_303_SEE_OTHER)
    wish = CaseWish(given.get("department", ""), given.get("state", ""), given.get("after", ""))
    with reading(county.engine) as connection:
        names = {key: one.name for key, one in departments_of(connection).items()}
    return page(
        request,
        "cases/list.html",
        found=list_cases(county, account, wish),
        wish=wish,
        states=tuple(CaseState),
        names=names,
        number=number,
        has_list=account.has(Role.CLERK, Role.DEPARTMENT_HEAD, Role.REVIEWER),
    )


@get("/cases/{case:str}", sync_to_thread=True)
def one_case(request: AnyRequest, case: FromPath[str]) -> Template:
    return _page(request, case, None)


@post("/cases/{case:str}/{act:str}", request_max_body_size=_MAX_FORM_BYTES)
async def act_on_case(request: AnyRequest, case: FromPath[str], act: FromPath[str]) -> Response[Any]:
    upload = await upload_of(request, "ask_file")
    file = upload[1] if upload else None
    return await to_thread.run_sync(_act, request, case, act, await typed_of(request), file)


@get("/cases/{case:str}/evidence/{file:str}", sync_to_thread=True)
def evidence(request: AnyRequest, case: FromPath[str], file: FromPath[str]) -> Response[bytes]:
    county: County = request.app.state.county
    shown = read_case(county, account_in(request), case)
    kept = {one.file.hex() for each in shown.entry.deferrals for one in each.asked.evidence if one.file}
    if not _FILE.fullmatch(file) or file not in kept:
        raise NotFoundError("evidence", "")
    data = county.blobs.get(bytes.fromhex(file))
    media_type = media_type_of(data)
    # a PDF from outside is for the reader's own program, not for a page of this site
    place = "inline" if media_type == "image/jpeg" else "attachment"
    ending = "jpg" if media_type == "image/jpeg" else "pdf"
    headers = {"Content-Disposition": f'{place}; filename="evidence-{file[:12]}.{ending}"'}
    return Response(data, media_type=media_type, headers=headers)


def _act(request: AnyRequest, number: str, act: str, typed: Typed, file: bytes | None) -> Response[Any]:
    status, refused = HTTP_422_UNPROCESSABLE_ENTITY, None
    try:
        change_case(act, Change(request.app.state.county, account_in(request), number, typed, file))
    except RefusedFieldsError as err:
        typed.errors.update({f"{act}_{name}": problem for name, problem in err.problems.items()})
    except ScheduleError as err:
        typed.errors[f"{act}_{'reason' if act == 'answer' else 'schedule'}"] = f"schedule_{err.problem}"
    except (BoxOpenError, DecisionNotOpenError) as err:
        status, refused = HTTP_409_CONFLICT, err
    except WrongStateError as err:
        if err.kind not in ("case", "deferral", "instalment"):
            raise
        status, refused = HTTP_409_CONFLICT, err  # type: ignore[assignment]
    if typed.errors or refused is not None:
        return _page(request, number, typed, status_code=status, refused=refused)
    return Redirect(f"/cases/{number}?done=1", status_code=HTTP_303_SEE_OTHER)


def _page(
    request: AnyRequest,
    number: str,
    typed: Typed | None,
    *,
    status_code: int = HTTP_200_OK,
    refused: ZhuqiError | None = None,
) -> Template:
    county: County = request.app.state.county
    shown = read_case(county, account_in(request), number)
    proposed = _proposed(shown)
    if typed and "facts_gravity" in typed.values:  # a box that was unticked stays so
        proposed = {name: value for name, value in proposed.items() if not name.startswith("facts_")}
    return page(
        request,
        "cases/case.html",
        status_code=status_code,
        shown=shown,
        entry=shown.entry,
        opened=shown.entry.opened,
        typed=Typed({**proposed, **typed.values}, typed.errors) if typed else Typed(proposed),
        refused=refused,
        is_reviewer=account_in(request).name == shown.entry.reviewer,
        present_needed=PRESENT_NEEDED,
        review_grounds=tuple(ReviewGround),
        money=amount_text,
    )


def _proposed(shown: ShownCase) -> dict[str, str]:
    """What the forms begin with."""
    today = shown.today.isoformat()
    days = dict.fromkeys(("serve_on", "settle_on", "collective_decision_on"), today)
    handlers = {"handlers_handlers": "\n".join(shown.entry.handlers)}
    return {
        **typed_from(shown.entry.facts),
        **days,
        **handlers,
        "ask_schedule": suggest_schedule(shown.left, shown.today),
    }


ROUTES: list[Any] = [cases, one_case, act_on_case, evidence, *open_routes.ROUTES]
