"""A visit's documents, printed when they are asked for."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from sync_server.county import County
from sync_server.documents.print_documents import print_letter, print_record, print_slip
from sync_server.errors import NotFoundError
from sync_server.supervision.read_visit import read_visit

_VISIT_BYTES = 16


@get("/visits/{visit:str}/documents/{document:str}", sync_to_thread=True)
def document(request: Request, visit: FromPath[str], document: FromPath[str]) -> Response[bytes]:  # type: ignore[type-arg]
    """`record.pdf`, `slip.pdf`, or the id of a letter's record with `.pdf`."""
    county: County = request.app.state.county
    name, dot, kind = document.rpartition(".")
    if not dot or kind != "pdf":
        raise NotFoundError("document", document[:80])
    shown = read_visit(county, _visit_id(visit))
    if name == "record":
        (made,) = print_record(county, shown)
    elif name == "slip":
        (made,) = print_slip(county, shown)
    else:
        (made,) = print_letter(county, shown, name)
    headers = {"Content-Disposition": f'inline; filename="{name[:16]}-{visit[:8]}.pdf"'}
    return Response(made, media_type="application/pdf", headers=headers)


def _visit_id(text: str) -> bytes:
    try:
        visit = bytes.fromhex(text)
    except ValueError as err:
        raise NotFoundError("visit", text[:80]) from err
    if len(visit) != _VISIT_BYTES or visit.hex() != text:
        raise NotFoundError("visit", text[:80])
    return visit


ROUTES: list[Any] = [document]
