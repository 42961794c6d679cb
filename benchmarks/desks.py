"""The desks' pages through HTTP at 100,000 enterprises and 200,000 filings, against a hundredth of them."""

from __future__ import annotations

import http.client
import re
import threading
import time
from dataclasses import asdict, dataclass, field
from statistics import median
from urllib.parse import urlsplit

import httpx

from benchmarks.bench import Bench
from benchmarks.desk_county import build_desks
from benchmarks.desk_routes import DeskRoute, desk_routes, stock_of
from benchmarks.desk_staff import PASSWORD, ROLES, staff_desks
from benchmarks.desk_visits import ONE_APPROVERS_CLAIMS, add_visits
from benchmarks.figures import Figure, Section
from benchmarks.serving import Served, served

MOST_MS, MOST_TIMES, CLIENTS = 200, 1.5, 4
_PERCENT, _WARM_UP = 95, 3
_TOKEN = re.compile(r'name="form_token" value="([0-9a-f]*)"')


@dataclass(frozen=True, slots=True)
class Desks:
    """A county of one size behind its server, what is asked of it, and who is logged in: cookies by account."""

    server: Served
    routes: tuple[DeskRoute, ...]
    cookies: dict[str, str]


@dataclass
class Asked:
    """Seconds of each answer, and the server's CPU seconds a request in each round."""

    seconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    @property
    def p95(self) -> float:
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, len(ordered) * _PERCENT // 100)]


@dataclass(frozen=True, slots=True)
class Page:
    """Of the large county; `times` against the small one."""

    name: str
    p95_ms: float
    p95_ms_at_a_hundredth: float
    times: float
    cpu_ms: float
    cpu_times: float


def measure(bench: Bench, *, url: str = "", name: str = "SQLite") -> Section:
    large_size = 5_000 if bench.quick else 100_000
    rounds, each = (1, 5) if bench.quick else (5, 10)
    began = time.perf_counter()
    small = open_desks(bench, "few", large_size // 100 if not bench.quick else 500, url)
    large = open_desks(bench, "many", large_size, url)
    built = time.perf_counter() - began
    results = [_in_turns((small, large), place, rounds, each) for place in range(len(small.routes))]
    pages = [_page(route, *asked) for route, asked in zip(large.routes, results, strict=True)]
    slowest, grown = max(pages, key=lambda one: one.p95_ms), max(pages, key=lambda one: one.times)
    return Section(
        f"Desks' pages, {CLIENTS} clients, {large_size:,} enterprises and {2 * large_size:,} filings against a "
        f"hundredth, {name}",
        (
            Figure(f"highest p95: {slowest.name}", slowest.p95_ms, "ms", MOST_MS),
            Figure(f"grows most: {grown.name}", grown.times, "×", MOST_TIMES),
            *(
                Figure(f"  {one.name}", one.p95_ms, f"ms  {one.times:.2f} ×, CPU {one.cpu_times:.2f} ×")
                for one in pages
            ),
        ),
        {"pages": [asdict(one) for one in pages], "seconds_to_build": built},
    )


def open_desks(bench: Bench, name: str, enterprises: int, url: str = "") -> Desks:
    filings = 2 * enterprises
    desk = build_desks(bench.folder / f"desks-{name}", enterprises=enterprises, filings=filings, url=url)
    county = desk.open()
    claims = ONE_APPROVERS_CLAIMS * (10 if name == "many" else 1)
    visits = add_visits(desk, county, visits=max(200, filings // 10), claims=claims)
    lying = staff_desks(desk, county)
    routes = desk_routes(stock_of(desk, county, visits, lying))
    county.engine.dispose()
    server = bench.stack.enter_context(served(desk))
    return Desks(server, routes, {who: _log_in(server.url, who) for who in ROLES})


def _log_in(url: str, who: str) -> str:
    """Through the login page, as a browser does."""
    with httpx.Client(base_url=url, trust_env=False) as client:
        found = _TOKEN.search(client.get("/login").text)
        form = {"account": who, "password": PASSWORD, "form_token": found[1] if found else "", "next": ""}
        answer = client.post("/login", data=form)
        if answer.status_code != http.client.SEE_OTHER:
            raise RuntimeError(f"{who} could not log in")
        return f"zhuqi_session={client.cookies['zhuqi_session']}"


def _in_turns(sides: tuple[Desks, Desks], place: int, rounds: int, each: int) -> tuple[Asked, Asked]:
    found = (Asked(), Asked())
    for side in sides:
        _ask(side, place, _WARM_UP)
    for _ in range(rounds):
        for side, asked in zip(sides, found, strict=True):
            before = side.server.cpu()["process"]
            asked.seconds += _ask(side, place, each)
            asked.cpu.append((side.server.cpu()["process"] - before) / (CLIENTS * each))
    return found


def _ask(side: Desks, place: int, each: int) -> list[float]:
    """Seconds of each answer to `CLIENTS` clients that ask at the same time, one after the other."""
    route = side.routes[place]
    seconds: list[float] = []
    problems: list[str] = []
    ready = threading.Barrier(CLIENTS)

    def client(number: int) -> None:
        connection = http.client.HTTPConnection(urlsplit(side.server.url).netloc, timeout=120)
        headers = {"Accept": "text/html", "Cookie": side.cookies.get(route.who, "")}
        ready.wait()
        for n in range(each):
            path = route.paths[(number * each + n) % len(route.paths)]
            began = time.perf_counter()
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            answer.read()
            seconds.append(time.perf_counter() - began)
            if answer.status != http.client.OK:
                problems.append(f"{path}: {answer.status}")
        connection.close()

    threads = [threading.Thread(target=client, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise RuntimeError("; ".join(sorted(set(problems))[:3]))
    return seconds


def _page(route: DeskRoute, small: Asked, large: Asked) -> Page:
    return Page(
        f"{route.name} ({route.who or 'nobody'})",
        large.p95 * 1000,
        small.p95 * 1000,
        large.p95 / small.p95,
        median(large.cpu) * 1000,
        median(large.cpu) / median(small.cpu),
    )
