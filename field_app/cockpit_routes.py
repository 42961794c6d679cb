"""What the cockpit may do to a phone from outside: hold something before its camera, cut its signal, look at it.

Mounted only with `--cockpit`. Nothing here does what a person's own tap could not do.
"""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from field_app.enrolment.enrol import check_enrolment, request_enrolment
from field_app.enrolment.state import EnrolmentState, read_standing
from field_app.letters.leave_copy import leave_letter
from field_app.phone import Phone
from field_app.state.pin import DIGITS, has_pin, set_pin
from field_app.storage.records import records_of_kind
from field_app.sync.status import sync_status
from field_app.visits.read_visit import visit_in_progress
from field_app.visits.show_pass import show_pass
from field_app.web import MAX_PHONES, Phones
from shared_models.errors import ZhuqiError

MAX_PICTURE_BYTES = 8 * 1024 * 1024
CONFIRM_WITHIN_SECONDS = 30


def add_cockpit_routes(app: Any, phones: Phones) -> None:
    hooks = CockpitHooks(phones)
    app.add_route("/cockpit/ready", hooks.ready, methods=["GET"])
    app.add_route("/cockpit/phone/{number:int}", hooks.look, methods=["GET"])
    app.add_route("/cockpit/phone/{number:int}/hold", hooks.hold, methods=["POST", "DELETE"])
    app.add_route("/cockpit/phone/{number:int}/signal", hooks.signal, methods=["PUT"])
    app.add_route("/cockpit/phone/{number:int}/setup", hooks.setup, methods=["POST"])
    app.add_route("/cockpit/phone/{number:int}/sync", hooks.sync, methods=["POST"])
    app.add_route("/cockpit/phone/{number:int}/codes", hooks.codes, methods=["GET"])


class CockpitHooks:
    def __init__(self, phones: Phones) -> None:
        self._phones = phones

    async def ready(self, _request: Request) -> Response:
        return JSONResponse({"ready": True})

    async def look(self, request: Request) -> Response:
        host = self._phones.host(_number(request))
        phone = await host.phone()
        standing, status = await read_standing(phone), await sync_status(phone)
        current = await visit_in_progress(phone)
        return JSONResponse(
            {
                "enrolment": standing.state,
                "words": list(standing.words),
                "officer": None if standing.me is None else standing.me.name,
                "has_pin": await has_pin(phone),
                "shown": host.is_shown,
                "unlocked": host.is_unlocked,
                "signal": host.signal.on,
                "holding": host.holder is not None and host.holder.picture is not None,
                "records": status.records_total,
                "receipted": status.records_receipted,
                "set_aside": status.records_set_aside,
                "photos": status.photos_total,
                "photos_confirmed": status.photos_confirmed,
                "stopped": status.stopped,
                "last_error": status.last_error,
                "visit": None if current is None else current.visit.hex(),
            }
        )

    async def hold(self, request: Request) -> Response:
        """A picture's bytes, before the camera until it is replaced or deleted."""
        holder = self._phones.host(_number(request)).holder
        if holder is None:
            return _problem(409, "no_cockpit")
        if request.method == "DELETE":
            holder.hold(None)
            return Response(status_code=204)
        picture = await request.body()
        if not 0 < len(picture) <= MAX_PICTURE_BYTES:
            return _problem(400, "bad_picture")
        holder.hold(picture)
        return Response(status_code=204)

    async def signal(self, request: Request) -> Response:
        wish = await _json(request)
        if not isinstance(wish.get("on"), bool):
            return _problem(400, "badly_formed")
        host = self._phones.host(_number(request))
        host.signal.on = wish["on"]
        if wish["on"] and host.opened is not None:
            host.opened.notices.wake()
        return Response(status_code=204)

    async def sync(self, request: Request) -> Response:
        phone = await self._phones.host(_number(request)).phone()
        phone.notices.wake()
        return Response(status_code=204)

    async def codes(self, request: Request) -> Response:
        """What another phone would scan from this one: the pass of the visit in progress, the newest letter's copy."""
        phone = await self._phones.host(_number(request)).phone()
        current = await visit_in_progress(phone)
        shown = None if current is None else await show_pass(phone, current.visit)
        return JSONResponse({"pass": shown, "copy": await _newest_copy(phone)})

    async def setup(self, request: Request) -> Response:
        """Enrol without typing, and set a PIN: `{code, pin}`. A phone that is enrolled already keeps what it has."""
        wish = await _json(request)
        code, pin = wish.get("code"), wish.get("pin")
        if not isinstance(code, str) or not isinstance(pin, str) or len(pin) != DIGITS or not pin.isdecimal():
            return _problem(400, "badly_formed")
        phone = await self._phones.host(_number(request)).phone()
        try:
            standing = await request_enrolment(phone, code)
            for _ in range(CONFIRM_WITHIN_SECONDS * 5):
                if standing.state is not EnrolmentState.WAITING:
                    break
                await asyncio.sleep(0.2)
                standing = await check_enrolment(phone)
        except ZhuqiError as err:
            return _problem(409, err.code)
        if not await has_pin(phone):
            await set_pin(phone, pin)
        phone.notices.tell("enrolment")
        phone.notices.wake()
        return JSONResponse({"enrolment": standing.state, "words": list(standing.words)})


async def _newest_copy(phone: Phone) -> str | None:
    kinds = ("letter_signed", "letter_refused")
    letters = await phone.database.read(lambda rows: records_of_kind(rows, kinds, 1))
    if not letters or letters[0].record.visit is None:
        return None
    return (await leave_letter(phone, letters[0].record.visit, letters[0].id)).code


def _number(request: Request) -> int:
    return min(max(int(request.path_params["number"]), 1), MAX_PHONES)


async def _json(request: Request) -> dict[str, Any]:
    try:
        wish = await request.json()
    except ValueError:
        return {}
    return wish if isinstance(wish, dict) else {}


def _problem(status: int, code: str) -> Response:
    return JSONResponse({"status": status, "code": code}, status_code=status)
