"""The dashboards on a small and a large province, and how soon they show what happens.

Pages are asked over HTTP by one client, so that the time is the server's. What happens are
acceptances through the API, fifty a second, while a worker and beat run; the figures of the API
are asked again and again until they hold each of them.
"""

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from typing import Any
from uuid import uuid4

from django.db import connection
from knox.models import AuthToken

from benchmarks import province, servers
from benchmarks.load import Figures, ask, measure_at, request
from benchmarks.stage import Stage, Table, part, ratio
from dossiers.models import Dossier
from organizations.models import Agency, User
from reporting import tallies
from reporting.periods import PeriodLength, ReportPeriod
from reporting.statistical import counting
from reporting.statistical.forms import form_of
from reporting.windows import Window

RATE = 50  # events a second
SETTLES = 15  # seconds after the start, and for the last events
LONGEST = 10  # seconds for which one kind of page is opened
AIM, OF_AGENCIES = "p95 < 50 ms, ratio at most 1.5", "p95 < 150 ms"
AGGREGATE = Path(__file__).with_name("aggregate.sql").read_text(encoding="utf-8")
# Public pages answer one address sixty times a minute; eight of these come before the measure.
FROM_ONE_ADDRESS = {"public results": 50}


def measure(stage: Stage) -> Iterator[Table]:
    """The pages of both sizes; then the large one's tallies, forms and stream of events."""
    small, large = stage.sizes["small"], stage.sizes["large"]
    province.serve_static()
    yield _grown("The small province", small, stage, seals=False)
    few = _opened(stage)
    yield _grown("The large province", large, stage, seals=True)
    yield part("Dashboards", lambda: _pages(few, _opened(stage), small, large))
    yield part("Rebuild", lambda: _tallies(large))
    yield part("Forms", _forms)
    yield part("Events", lambda: _stream(stage))


# -- Pages ----------------------------------------------------------------------------------


def _grown(name: str, size: int, stage: Stage, *, seals: bool) -> Table:
    before = Dossier.objects.count()
    rate = province.grow(size, months=stage.sizes["months"], seals=seals)
    table = Table((name, "figure", "aim"))
    told = f"{size - before:,} dossiers drawn, counted{' and sealed' if seals else ''}"
    table.add(told, f"{rate:,.0f} a second", "10,000 a second")
    return table


def _opened(stage: Stage) -> dict[str, Figures]:
    cookie = province.cookie(User.objects.get(username="van"))
    with servers.portal(stage.url) as (port, _):
        times = stage.sizes["opened"]
        return {
            name: _measured(port, cookie, paths, min(times, FROM_ONE_ADDRESS.get(name, times)))
            for name, paths in _paths().items()
        }


def _paths() -> dict[str, list[str]]:
    """The addresses of each kind of page; an agency's page is asked of every agency in turn."""
    agencies = list(Agency.objects.filter(parent__isnull=False).order_by("id"))
    return {
        "province": ["/chi-so/"],
        "the hall's screen": ["/chi-so/man-hinh/"],
        "group G2": ["/chi-so/nhom/G2/"],
        "component 2.1": ["/chi-so/thanh-phan/2.1/"],
        "an agency": [f"/chi-so/co-quan/{one.code}/" for one in agencies],
        "an agency's component 2.1": [
            f"/chi-so/thanh-phan/2.1/?co-quan={a.code}" for a in agencies
        ],
        "late dossiers of an agency": [
            f"/chi-so/thanh-phan/2.1/rest/?co-quan={one.code}" for one in agencies
        ],
        "late dossiers of an agency, two years ago": [
            f"/chi-so/thanh-phan/2.1/rest/?co-quan={one.code}&ky={_long_ago()}" for one in agencies
        ],
        "where time is lost": ["/chi-so/thoi-gian/"],
        "public results": ["/ket-qua/"],
    }


def _long_ago() -> str:
    """The code of the month two years ago."""
    at = datetime.now(UTC) - timedelta(days=730)
    return ReportPeriod.containing(at, PeriodLength.MONTH).code


def _measured(port: int, cookie: str, paths: list[str], times: int) -> Figures:
    headers = {"Cookie": cookie, "Accept": "text/html"}
    asked = [request("GET", path, host="127.0.0.1", headers=headers) for path in paths]
    message = (port, lambda index: asked[index % len(asked)])
    measure_at(message, clients=1, count=min(times, 8))
    return measure_at(message, clients=1, count=times, at_most=LONGEST)


def _pages(few: dict[str, Figures], many: dict[str, Figures], small: int, large: int) -> Table:
    head = ("Dashboards, one client", f"{small:,} dossiers", f"{large:,} dossiers", "ratio", "aim")
    table = Table(head)
    aims = {"province": AIM} | {name: OF_AGENCIES for name in few if "an agency" in name}
    for name, found in few.items():
        times = ratio(many[name].p50_ms, found.p50_ms)
        table.add(name, found.times, many[name].times, times, aims.get(name, ""))
    return table


# -- Tallies and forms ------------------------------------------------------------------------


def _tallies(large: int) -> Table:
    """The rebuild beside one statement that adds up the same tables, the better of two each."""
    floors, rebuilds = [], []
    for _ in range(2):
        floors.append(_seconds(_aggregated))
        rebuilds.append(_seconds(tallies.rebuild))
    floor, rebuild = min(floors), min(rebuilds)
    table = Table(("Rebuild of all tallies", "seconds", "of the floor", "aim"))
    table.add(f"one aggregate over {large:,} dossiers", f"{floor:.1f}", "1")
    table.add("rebuild_tallies", f"{rebuild:.1f}", ratio(rebuild, floor), "≤ 3")
    return table


def _aggregated() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(AGGREGATE)
        cursor.fetchall()


def _forms() -> Table:
    """II.06a of every agency by itself, for the running statistical month and year."""
    table = Table(("II.06a of every agency", "agencies", "seconds", "each"))
    at, form = datetime.now(UTC), form_of("ii06a")
    agencies = list(Agency.objects.order_by("id"))
    for length in (PeriodLength.MONTH, PeriodLength.YEAR):
        period = ReportPeriod.containing(at, length, is_statistical=True)
        window = Window.of(period, at=at)

        def fill_all(window: Window = window) -> None:
            for agency in agencies:
                counting.fill_in(form=form, agency=agency, window=window, with_below=False)

        seconds = _seconds(fill_all)
        each = f"{1000 * seconds / len(agencies):.0f} ms"
        table.add(period.label, str(len(agencies)), f"{seconds:.1f}", each)
    return table


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


# -- Events -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Seen:
    """How many dossiers the figures held, at the end of an answer."""

    dossiers: int
    at: float


def _stream(stage: Stage) -> Table:
    """Fifty acceptances a second; how long until the figures held each of them."""
    facts = province.facts()
    # Whose figures are of one agency: writing out those of all would be most of the answer.
    head = User.objects.get(username="tuphap.ld1")
    token = AuthToken.objects.create(user=head)[1]
    cookie = province.cookie(User.objects.get(username="van"))
    seconds = stage.sizes["seconds"]
    with (
        servers.portal(stage.url) as (port, portal_pid),
        servers.celery_as_installed(stage.folder) as (workers_pid, counting_pid),
    ):
        time.sleep(SETTLES)  # until the first sweeps are over
        before = _in_hand(port, token)
        stop = threading.Event()
        seen: list[Seen] = []
        opened: list[float] = []
        watchers = [
            threading.Thread(target=_watch, args=(port, token, seen, stop)),
            threading.Thread(target=_open, args=(port, cookie, opened, stop)),
        ]
        for thread in watchers:
            thread.start()
        sent = _accept(port, facts, seconds)
        deadline = time.monotonic() + SETTLES
        while (not seen or seen[-1].dossiers < before + len(sent)) and time.monotonic() < deadline:
            time.sleep(0.1)
        stop.set()
        for thread in watchers:
            thread.join()
        memory = {
            "2 Celery workers and their parent": servers.resident_mib(workers_pid),
            "the worker that counts": servers.resident_mib(counting_pid),
            "gunicorn and 2 workers": servers.resident_mib(portal_pid),
        }
    table = Table((f"While {RATE} events a second arrive, for {seconds} s", "figure", "aim"))
    table.add("events a second that arrived", f"{len(sent) / (sent[-1] - sent[0]):.1f}")
    delays = _delays(sent, seen, before)
    table.add("event to figures", _quantiles(delays), "p95 < 2 s")
    table.add(f"events not seen within {SETTLES} s", f"{len(sent) - len(delays)}", "0")
    table.add("asked so often", f"{len(seen) / (seen[-1].at - seen[0].at):.0f} times a second")
    table.add("province's dashboard meanwhile", _quantiles(opened))
    for name, mib in memory.items():
        table.add(f"{name} after that", f"{mib:.0f} MiB")
    return table


def _accept(port: int, facts: dict[str, Any], seconds: int) -> list[float]:
    """Acceptances at their moments, by four clients; when each was sent."""
    headers = {"Authorization": f"Token {facts['clerk_token']}", "Accept": "application/json"}
    began = time.perf_counter() + 0.2
    sent: list[float] = []

    def client(number: int) -> None:
        for index in range(number, RATE * seconds, 4):
            body = json.dumps({**facts["intakes"][0], "submission_key": str(uuid4())}).encode()
            message = request(
                "POST", "/api/v1/dossiers/", host="127.0.0.1", body=body, headers=headers
            )
            time.sleep(max(0.0, began + index / RATE - time.perf_counter()))
            at = time.perf_counter()
            ask(port, message)
            sent.append(at)

    threads = [threading.Thread(target=client, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(sent) < RATE * seconds:
        raise RuntimeError(f"Only {len(sent)} of {RATE * seconds} acceptances were answered.")
    return sorted(sent)


def _watch(port: int, token: str, seen: list[Seen], stop: threading.Event) -> None:
    while not stop.is_set():
        seen.append(Seen(_in_hand(port, token), time.perf_counter()))
        time.sleep(0.02)


def _open(port: int, cookie: str, opened: list[float], stop: threading.Event) -> None:
    message = request("GET", "/chi-so/", host="127.0.0.1", headers={"Cookie": cookie})
    while not stop.is_set():
        opened.append(_seconds(lambda: ask(port, message)))
        time.sleep(0.25)


def _in_hand(port: int, token: str) -> int:
    """The denominator of 2.1 of the one agency: each acceptance adds one."""
    headers = {"Authorization": f"Token {token}", "Accept": "application/json"}
    answer = ask(port, request("GET", "/api/v1/figures/", host="127.0.0.1", headers=headers))
    (unit,) = json.loads(answer.partition(b"\r\n\r\n")[2])["units"]
    found = {one["code"]: one["denominator"] for one in unit["components"]}
    return int(found["2.1"])


def _delays(sent: list[float], seen: list[Seen], before: int) -> list[float]:
    """From the sending of each to the end of the first answer that held so many."""
    delays, answers = [], iter(seen)
    answer = next(answers, None)
    for number, at in enumerate(sent, start=1):
        while answer and answer.dossiers < before + number:
            answer = next(answers, None)
        if answer is None:
            break
        delays.append(max(0.0, answer.at - at))
    return delays


def _quantiles(seconds: list[float]) -> str:
    if len(seconds) < 2:
        return "–"
    cuts = quantiles(seconds, n=20)
    return f"p50 {1000 * cuts[9]:,.0f} ms, p95 {1000 * cuts[18]:,.0f} ms"
