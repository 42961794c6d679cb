"""The cockpit: two phones, their gate sheets, the supervisor's page and the switches, on one screen.

It simulates only what its own page says; whatever it switches goes through the ports of the app and the server.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx
import jinja2
from litestar import Request, Response, Router, delete, get, post, put
from litestar.di import NamedDependency, Provide
from litestar.exceptions import ClientException, NotFoundException, PermissionDeniedException
from litestar.params import FromPath, JSONBody
from litestar.response import Redirect

from sync_server.demo.accounts import ACCOUNTS, PASSWORD, SUPERVISOR
from sync_server.demo.cards import CARDS, GATE_NO
from sync_server.demo.cockpit_texts import TEXTS, day_texts
from sync_server.demo.county import DemoCounty
from sync_server.demo.demo_clock import DemoClock, next_service_week_tuesday
from sync_server.demo.field_process import FieldProcess
from sync_server.demo.names import DEPARTMENTS
from sync_server.demo.page_app import app_address, app_origins, expect_enrolment
from sync_server.demo.sheets import code_picture, gate_sheet_picture

PIN = "246810"
PHONES = (1, 2)
_HERE = Path(__file__).parent.parent
_STATIC = {
    "cockpit.css": ("text/css; charset=utf-8", _HERE / "static" / "demo" / "cockpit.css"),
    "cockpit.js": ("text/javascript; charset=utf-8", _HERE / "static" / "demo" / "cockpit.js"),
}
_FIELD_TIMEOUT_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Demo:
    """What the cockpit holds in its hands. `token` keeps other sites' pages from pressing the switches."""

    county: DemoCounty
    clock: DemoClock
    field: FieldProcess
    host: str
    token: str
    font: Path | None
    app_port: int | None = None
    """Where the built app is served; null where none is built."""


@dataclass(frozen=True, slots=True)
class Held:
    sheet: str


@dataclass(frozen=True, slots=True)
class Shown:
    phone: int


@dataclass(frozen=True, slots=True)
class Signal:
    on: bool


@dataclass(frozen=True, slots=True)
class MovedTo:
    """`today`, `service_week`, `plus3` or `minus1`."""

    to: str


def cockpit_router(demo: Demo) -> Router:
    return Router(
        path="/cockpit",
        route_handlers=[_page, _static, _sheet, _hold, _hold_pass, _owner, _drop, _signal, _app, _kill, _move, _state],
        dependencies={"demo": Provide(lambda: demo, sync_to_thread=False)},
        before_request=_only_from_the_page,
        include_in_schema=False,
    )


async def _only_from_the_page(request: Request) -> None:  # type: ignore[type-arg]
    demo: Demo = request.app.state.demo
    if request.method not in ("GET", "HEAD") and request.headers.get("x-cockpit-token") != demo.token:
        raise PermissionDeniedException


@get("/", sync_to_thread=False)
def _page(request: Request, demo: NamedDependency[Demo]) -> Response[str]:  # type: ignore[type-arg]
    lang = "en" if request.query_params.get("lang") == "en" else "zh"
    names = {enterprise.uscc: enterprise.name for enterprise in demo.county.enterprises}
    usccs = [card.uscc(demo.county.cast) for card in CARDS]
    page = _TEMPLATES.get_template("cockpit.html").render(
        lang=lang,
        t=TEXTS[lang],
        token=demo.token,
        day=day_texts(demo.clock.day())[lang],
        cards=[(card, uscc, names[uscc]) for card, uscc in zip(CARDS, usccs, strict=True)],
        gate=GATE_NO,
        phones=[_phone(demo, number) for number in PHONES],
        has_app=demo.app_port is not None,
        account=SUPERVISOR,
        password=PASSWORD,
        accounts=[(one.name, one.zh if lang == "zh" else one.en) for one in ACCOUNTS[1:]],
    )
    origins = () if demo.app_port is None else app_origins(demo.app_port)
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        f"frame-src 'self' {' '.join((demo.field.url, *origins))}"
    )
    framed = " ".join(f'"{origin}"' for origin in (demo.field.url, *origins))
    headers = {
        "Content-Security-Policy": policy,
        "Cache-Control": "no-store",
        "Permissions-Policy": f"camera=({framed}), geolocation=({framed})",
    }
    return Response(page, media_type="text/html", headers=headers)


@get("/static/{name:str}", sync_to_thread=True)
def _static(name: FromPath[str], demo: NamedDependency[Demo]) -> Response[bytes]:
    if name == "cjk.woff2" and demo.font is not None:
        return Response(demo.font.read_bytes(), media_type="font/woff2", headers={"Cache-Control": "max-age=3600"})
    if name not in _STATIC:
        raise NotFoundException
    media_type, path = _STATIC[name]
    return Response(path.read_bytes(), media_type=media_type, headers={"Cache-Control": "no-cache"})


@get("/sheets/{sheet:str}", sync_to_thread=True)
def _sheet(sheet: FromPath[str], demo: NamedDependency[Demo]) -> Response[bytes]:
    return Response(_picture(demo, sheet.removesuffix(".png")), media_type="image/png")


@put("/phones/{number:int}/hold")
async def _hold(number: FromPath[int], data: JSONBody[Held], demo: NamedDependency[Demo]) -> dict[str, str]:
    await _ask_field(demo, "POST", number, "hold", content=_picture(demo, data.sheet))
    return {"held": data.sheet}


@put("/phones/{number:int}/hold-pass")
async def _hold_pass(number: FromPath[int], data: JSONBody[Shown], demo: NamedDependency[Demo]) -> dict[str, int]:
    """The screen of one phone before the camera of another."""
    await _ask_field(demo, "POST", number, "hold", content=code_picture(await _code_of(demo, data.phone, "pass")))
    return {"shown": data.phone}


@get("/phones/{number:int}/owner/{what:str}")
async def _owner(number: FromPath[int], what: FromPath[str], demo: NamedDependency[Demo]) -> Redirect:
    """What an owner's phone opens that scans this one: the page of the pass, or of the letter's copy."""
    if what not in ("pass", "copy"):
        raise NotFoundException
    return Redirect("/" + (await _code_of(demo, number, what)).split("/", 3)[3])


@delete("/phones/{number:int}/hold", status_code=200)
async def _drop(number: FromPath[int], demo: NamedDependency[Demo]) -> dict[str, str]:
    await _ask_field(demo, "DELETE", number, "hold")
    return {"held": ""}


@put("/phones/{number:int}/signal")
async def _signal(number: FromPath[int], data: JSONBody[Signal], demo: NamedDependency[Demo]) -> dict[str, bool]:
    await _ask_field(demo, "PUT", number, "signal", json={"on": data.on})
    return {"on": data.on}


@post("/phones/{number:int}/app", status_code=200, sync_to_thread=True)
def _app(request: Request, number: FromPath[int], demo: NamedDependency[Demo]) -> dict[str, str]:  # type: ignore[type-arg]
    """The built app for this phone's frame, and a code with which it enrols as this phone's officer."""
    if number not in PHONES or demo.app_port is None:
        raise NotFoundException
    code = expect_enrolment(request.app.state.county, officer_of(demo.county, number))
    return {"url": app_address(demo.clock, number, demo.app_port), "code": code, "pin": PIN}


@post("/field/kill", status_code=200, sync_to_thread=True)
def _kill(demo: NamedDependency[Demo]) -> dict[str, int]:
    demo.field.kill()
    demo.field.wait_until_ready()
    return {"kills": demo.field.kills}


@put("/day")
async def _move(data: JSONBody[MovedTo], demo: NamedDependency[Demo]) -> dict[str, str]:
    day = demo.clock.day()
    targets = {
        "today": demo.county.day,
        "service_week": next_service_week_tuesday(demo.county.day),
        "plus3": day + timedelta(days=3),
        "minus1": day - timedelta(days=1),
    }
    if data.to not in targets:
        raise ClientException("to")
    demo.clock.move_to(targets[data.to])
    for number in PHONES:  # as a phone does that was put away and is taken out again on another day
        await _ask_field(demo, "POST", number, "sync")
    return day_texts(demo.clock.day())


@get("/state", sync_to_thread=True)
def _state(demo: NamedDependency[Demo]) -> dict[str, object]:
    return {"day": demo.clock.day().isoformat(), "kills": demo.field.kills, "field": demo.field.is_ready()}


async def _code_of(demo: Demo, number: int, what: str) -> str:
    codes: dict[str, str | None] = (await _ask_field(demo, "GET", number, "codes")).json()
    found = codes[what]
    if found is None:
        raise ClientException("no visit is in progress" if what == "pass" else "no letter was signed yet")
    return found


async def _ask_field(demo: Demo, method: str, number: int, what: str, **body: object) -> httpx.Response:
    if number not in PHONES:
        raise NotFoundException
    url = f"{demo.field.url}/cockpit/phone/{number}/{what}"
    try:
        async with httpx.AsyncClient(timeout=_FIELD_TIMEOUT_SECONDS, trust_env=False) as client:
            reply = await client.request(method, url, **body)  # type: ignore[arg-type]
    except httpx.HTTPError as err:
        raise ClientException("the field app does not answer yet", status_code=503) from err
    if reply.is_error:
        raise ClientException(f"the field app answered {reply.status_code}", status_code=502)
    return reply


def _picture(demo: Demo, sheet: str) -> bytes:
    uscc, _, gate = sheet.partition("-")
    if not (uscc.isalnum() and uscc.isascii() and gate.isdecimal()):
        raise NotFoundException
    return gate_sheet_picture(demo.host, uscc, int(gate))


def _phone(demo: Demo, number: int) -> dict[str, object]:
    person = next(p for p in demo.county.people if p.id == officer_of(demo.county, number))
    department = next(d.name for d in DEPARTMENTS if d.id == person.department)
    url = f"{demo.field.url}/phone/{number}"
    return {"number": number, "officer": person.name, "department": department, "pin": PIN, "url": url}


def officer_of(county: DemoCounty, number: int) -> str:
    return county.cast.inspector if number == 1 else county.cast.other_inspector


_TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(_HERE / "templates" / "demo"), autoescape=True, undefined=jinja2.StrictUndefined
)
