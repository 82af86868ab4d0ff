"""`make bench`: measures the portal against a floor on the same server, in the same run.

Machines are noisy, so the figures that count are ratios. Writes the table between the marks of
benchmarks/README.md and prints it. Not part of the tests. `--only api` measures the portal
beside the floor alone, `--only generate` the drawing of a province; both print the figures
without writing them down.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import servers
from benchmarks.load import Figures, measure, request
from tthc_portal import embedded

PORTAL, FLOOR = servers.free_ports(2)
SMALL, LARGE, DRAWN = 10_000, 200_000, 100_000
CREATES, READS, LISTS, PAGES = 400, 1200, 400, 150
AIM = "p95 < 40 ms, ratio at most 1.5"
README = Path(__file__).parent / "README.md"
MARKS = ("<!-- figures -->", "<!-- end of figures -->")


def main() -> None:
    """Measure everything once and write it down, or one part of it and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--only", choices=["api", "generate"], help="measure this part, write nothing"
    )
    only = parser.parse_args().only
    embedded.ensure_running()
    with servers.database("tthc_bench") as url, servers.database("tthc_floor") as floor_url:
        os.environ.update(servers.environment(url), DJANGO_SETTINGS_MODULE="tthc_portal.settings")
        import django

        django.setup()
        if only:
            alone = {"api": lambda: _api_alone(url, floor_url), "generate": _province}[only]
            print("\n".join(alone()))
            return
        lines = [*_due_dates(), *_against_the_floor(url, floor_url), *_worker_memory()]
    _write(lines)


# -- Arithmetic ---------------------------------------------------------------------------


def _due_dates() -> Iterator[str]:
    from workdays.shipped import standard_calendar
    from workdays.units import TimeUnit

    calendar = standard_calendar()
    starts = [datetime(2026, 1, 5, 2, tzinfo=UTC) + timedelta(minutes=7 * n) for n in range(50_000)]
    yield _row("**Due dates**, one process", "figure", "aim")
    for unit, limit in (
        (TimeUnit.WORKING_DAY, Decimal(5)),
        (TimeUnit.WORKING_DAY, Decimal("1.5")),
        (TimeUnit.CALENDAR_DAY, Decimal(15)),
        (TimeUnit.WORKING_HOUR, Decimal(8)),
        (TimeUnit.MONTH, Decimal(1)),
    ):
        began = time.perf_counter()
        for start in starts:
            calendar.add(start=start, limit=limit, unit=unit)
        rate = len(starts) / (time.perf_counter() - began)
        yield _row(f"{limit} {unit}", f"{rate:,.0f} a second", "300,000 a second")


# -- The portal and the floor ---------------------------------------------------------------


def _prepare(floor_url: str) -> tuple[dict, dict]:
    """Fill both databases; what is known of the portal's and of the floor's."""
    from benchmarks import floor_data, portal_data

    portal_data.prepare()
    floor_data.prepare(floor_url)
    portal_data.grow(SMALL)
    return portal_data.facts(), floor_data.facts()


def _api_alone(url: str, floor_url: str) -> list[str]:
    from benchmarks import portal_data

    facts, floor = _prepare(floor_url)
    with _portal(url), _floor(floor_url):
        lines = list(_ratios(facts, floor))
    portal_data.close()
    return lines


def _province() -> Iterator[str]:
    """How fast a province is drawn and written, with all its indexes in place."""
    from benchmarks import portal_data

    portal_data.prepare()
    yield _row("**generate_province**, 36 months", "figure", "aim")
    rate = portal_data.grow(DRAWN, months=36)
    portal_data.close()
    yield _row(f"{DRAWN:,} dossiers with their events", f"{rate:,.0f} a second", "10,000 a second")


def _against_the_floor(url: str, floor_url: str) -> Iterator[str]:
    from benchmarks import portal_data

    facts, floor = _prepare(floor_url)
    with _portal(url) as pid:
        with _floor(floor_url):
            yield from _ratios(facts, floor)
        small = _pages(facts)
        small_mib = servers.resident_mib(pid)
    rate = portal_data.grow(LARGE)
    yield _row("**generate_province**", "figure", "aim")
    yield _row("dossiers with their events", f"{rate:,.0f} a second", "10,000 a second")
    with _portal(url) as pid:
        large = _pages(portal_data.facts())
        large_mib = servers.resident_mib(pid)
    portal_data.close()
    yield _row("**Pages, one client**", f"{SMALL:,} dossiers", f"{LARGE:,} dossiers", "ratio", AIM)
    for (name, few), many in zip(small.items(), large.values(), strict=True):
        ratio = f"**{many.p50_ms / few.p50_ms:.2f}**"
        yield _row(name, few.times, many.times, ratio, f"p95 of {many.p95_ms:.0f} ms")
    yield _row(
        "gunicorn and 2 workers after that", f"{small_mib:.0f} MiB", f"{large_mib:.0f} MiB", "", ""
    )


def _portal(url: str) -> AbstractContextManager[int]:
    application = "tthc_portal.wsgi:application"
    return servers.gunicorn(application, PORTAL, servers.environment(url), "/suc-khoe/")


def _floor(url: str) -> AbstractContextManager[int]:
    variables = {**os.environ, "DATABASE_URL": url}
    return servers.gunicorn("benchmarks.floor.wsgi:application", FLOOR, variables, "/entries/")


def _ratios(facts: dict, floor: dict) -> Iterator[str]:
    """open, list and create beside the floor, with one client and with eight."""
    api = {"Authorization": f"Token {facts['clerk_token']}", "Accept": "application/json"}

    def create(_: int) -> bytes:
        body = json.dumps({**facts["intake"], "submission_key": str(uuid4())}).encode()
        return request("POST", "/api/v1/dossiers/", host="127.0.0.1", body=body, headers=api)

    def open_one(index: int) -> bytes:
        code = facts["codes"][index % len(facts["codes"])]
        return request("GET", f"/api/v1/dossiers/{code}/", host="127.0.0.1", headers=api)

    listing = f"/api/v1/dossiers/?agency={facts['agency']}&status=returned"
    acts: tuple[tuple[str, Callable, Callable, int, float], ...] = (
        ("open one", open_one, floor["open"], READS, 0.5),
        (
            "list of 50, filtered",
            lambda _: request("GET", listing, host="127.0.0.1", headers=api),
            floor["list"],
            LISTS,
            0.5,
        ),
        # Last: what it adds is none of the lists' business.
        ("create", create, floor["create"], CREATES, 0.55),
    )
    for clients in (1, 8):
        title = f"**API beside the floor, {clients} client(s)**"
        yield _row(title, "portal", "floor", "ratio", "aim")
        for name, portal_message, floor_message, count, aim in acts:
            ours, theirs = _pair(portal_message, floor_message, clients, count)
            ratio = ours.per_second / theirs.per_second
            yield _row(name, str(ours), str(theirs), f"**{ratio:.2f}**", f"{aim:.2f}")


def _pair(ours: Callable, theirs: Callable, clients: int, count: int) -> tuple[Figures, Figures]:
    """The better of three runs of each, taken in turn, so that noise falls on both."""
    best: list[list[Figures]] = [[], []]
    for port, message in ((PORTAL, ours), (FLOOR, theirs)):
        measure(port, message, clients=clients, count=min(count, 50))
    for _ in range(3):
        best[0].append(measure(PORTAL, ours, clients=clients, count=count))
        best[1].append(measure(FLOOR, theirs, clients=clients, count=count))
    ours_best, theirs_best = (max(runs, key=lambda run: run.per_second) for runs in best)
    return ours_best, theirs_best


def _pages(facts: dict) -> dict[str, Figures]:
    """Worklist and search as people open them; one client, so that time is the server's."""
    found = {}
    for name, cookie, path in facts["pages"]:
        headers = {"Cookie": cookie, "Accept": "text/html"}
        message = request("GET", path, host="127.0.0.1", headers=headers)
        measure(PORTAL, lambda _, m=message: m, clients=1, count=20)
        found[name] = measure(PORTAL, lambda _, m=message: m, clients=1, count=PAGES)
    return found


# -- Workers --------------------------------------------------------------------------------


def _worker_memory() -> Iterator[str]:
    servers.forget_messages()  # the orders to print of the run: workers at rest are measured
    with _celery() as pid:
        time.sleep(12)
        memory = servers.resident_mib(pid)
    yield _row("**Celery**", "figure", "aim")
    yield _row("2 workers and their parent at rest", f"{memory:.0f} MiB", "< 200 MiB")


@contextmanager
def _celery() -> Iterator[int]:
    command = [servers.BIN / "celery", "-A", "tthc_portal", "worker", "-c", "2", "-l", "warning"]
    process = subprocess.Popen(command, cwd=servers.ROOT, env=dict(os.environ))
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)


# -- Writing down ---------------------------------------------------------------------------


def _row(*cells: str) -> str:
    return "| " + " | ".join((*cells, *[""] * (5 - len(cells)))) + " |"


def _write(lines: list[str]) -> None:
    head = ["| | | | | |", "|---|---|---|---|---|"]
    cores, python = os.cpu_count(), platform.python_version()
    when = f"{datetime.now(UTC):%d/%m/%Y}, {cores} cores, Python {python}"
    table = "\n".join([f"Measured {when}.", "", *head, *lines])
    before, rest = README.read_text().split(MARKS[0])
    after = rest.split(MARKS[1])[1]
    README.write_text(f"{before}{MARKS[0]}\n\n{table}\n\n{MARKS[1]}{after}")
    print(table)


if __name__ == "__main__":
    main()
