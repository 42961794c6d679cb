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
from benchmarks.desk_routes import ROUTES, DeskRoute, Stock
from benchmarks.desk_staff import PASSWORD, ROLES
from benchmarks.figures import Figure, Section
from benchmarks.kept_desks import kept_desks
from benchmarks.serving import Served, served

MOST_MS, MOST_TIMES, CLIENTS = 200, 1.5, 4
_PERCENT = 95
_TOKEN = re.compile(r'name="form_token" value="([0-9a-f]*)"')


@dataclass(frozen=True, slots=True)
class Desks:
    """A county of one size behind its server, what is asked of it, and who is logged in: cookies by account."""

    server: Served
    stock: Stock
    cookies: dict[str, str]


@dataclass
class Asked:
    """Of each round: the p95 of its answers, and the server's CPU a request, in ms."""

    p95: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Page:
    """Of the large county, the medians of the rounds; `times` against the small one, in the same round."""

    name: str
    p95_ms: float
    p95_ms_at_a_hundredth: float
    times: float
    cpu_ms: float
    cpu_times: float


def measure(bench: Bench) -> Section:
    large_size = 5_000 if bench.quick else 100_000
    rounds, each = (2, 5) if bench.quick else (9, 10)
    began = time.perf_counter()
    small = open_desks(bench, "few", large_size // 100 if not bench.quick else 500)
    large = open_desks(bench, "many", large_size)
    built = time.perf_counter() - began
    pages = [_page(route, *_in_turns((small, large), route, rounds, each)) for route in ROUTES]
    slowest, grown = max(pages, key=lambda one: one.p95_ms), max(pages, key=lambda one: one.times)
    return Section(
        f"Desks' pages, {CLIENTS} clients, {large_size:,} enterprises and {2 * large_size:,} filings against a "
        "hundredth",
        (
            Figure(f"highest p95: {slowest.name}", slowest.p95_ms, "ms", MOST_MS),
            Figure(f"grows most: {grown.name}", grown.times, "×", MOST_TIMES),
            *(
                Figure(f"  {one.name}", one.p95_ms, f"ms  {one.times:.2f} ×, CPU {one.cpu_times:.2f} ×")
                for one in pages
            ),
        ),
        {"rounds": rounds, "pages": [asdict(one) for one in pages], "seconds_to_build": built},
    )


def open_desks(bench: Bench, name: str, enterprises: int) -> Desks:
    desk = kept_desks(bench, name, enterprises)
    server = bench.stack.enter_context(served(desk))
    return Desks(server, desk.stock, {who: _log_in(server.url, who) for who in ROLES})


def _log_in(url: str, who: str) -> str:
    """Through the login page, as a browser does."""
    with httpx.Client(base_url=url, trust_env=False) as client:
        found = _TOKEN.search(client.get("/login").text)
        form = {"account": who, "password": PASSWORD, "form_token": found[1] if found else "", "next": ""}
        answer = client.post("/login", data=form)
        if answer.status_code != http.client.SEE_OTHER:
            raise RuntimeError(f"{who} could not log in")
        return f"zhuqi_session={client.cookies['zhuqi_session']}"


def _in_turns(sides: tuple[Desks, Desks], route: DeskRoute, rounds: int, each: int) -> tuple[Asked, Asked]:
    """After a round that is not counted: each county's answers a second or less after the other's, first and last in
    turn, so that what else the machine does touches both.
    """
    found = (Asked(), Asked())
    for turn in range(rounds + 1):
        for side, asked in zip(sides, found, strict=True) if turn % 2 else zip(sides[::-1], found[::-1], strict=True):
            before = side.server.cpu()["process"]
            seconds = sorted(_ask(side, route, each))
            cpu = side.server.cpu()["process"] - before
            if turn:
                asked.p95.append(seconds[len(seconds) * _PERCENT // 100] * 1000)
                asked.cpu.append(cpu / len(seconds) * 1000)
    return found


def _ask(side: Desks, route: DeskRoute, each: int) -> list[float]:
    """Seconds of each answer to `CLIENTS` clients that ask at the same time, one after the other."""
    paths = route.paths(side.stock)
    headers = {"Accept": "text/html", "Cookie": side.cookies.get(route.who, "")}
    seconds: list[float] = []
    problems: list[str] = []
    ready = threading.Barrier(CLIENTS)

    def client(number: int) -> None:
        connection = http.client.HTTPConnection(urlsplit(side.server.url).netloc, timeout=120)
        connection.connect()
        ready.wait()
        for n in range(each):
            path = paths[(number * each + n) % len(paths)]
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
        name=f"{route.name} ({route.who or 'nobody'})",
        p95_ms=median(large.p95),
        p95_ms_at_a_hundredth=median(small.p95),
        times=median(b / a for a, b in zip(small.p95, large.p95, strict=True)),
        cpu_ms=median(large.cpu),
        cpu_times=median(b / a for a, b in zip(small.cpu, large.cpu, strict=True)),
    )
