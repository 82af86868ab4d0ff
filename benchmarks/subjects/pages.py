"""Worklist and search as people open them, on a small province and on a large one.

A bare page of thirty rows stands beside them, so that a slow hour of the machine is known as one.
"""

from collections.abc import Iterator

from benchmarks import province, servers
from benchmarks.floor import data as floor_data
from benchmarks.load import Figures, measure_at, request
from benchmarks.stage import Stage, Table, ratio

PAGES = 150
FLOOR = "bare Django, a table of 30 rows"
AIM = "p95 < 40 ms, ratio at most 1.5"


def measure(stage: Stage) -> Iterator[Table]:
    """One client, so that time is the server's; and what the server holds after that."""
    small, large = stage.sizes["small"], stage.sizes["large"]
    province.serve_static()
    with servers.database("tthc_floor") as floor_url:
        floor_data.prepare(floor_url)
        few, few_mib = _opened(stage, small, floor_url)
        many, many_mib = _opened(stage, large, floor_url)
    table = Table(("Pages, one client", f"{small:,} dossiers", f"{large:,} dossiers", "ratio", AIM))
    for name, found in few.items():
        times = ratio(many[name].p50_ms, found.p50_ms)
        p95 = f"p95 of {many[name].p95_ms:.0f} ms"
        table.add(name, found.times, many[name].times, times, p95)
    table.add("gunicorn and 2 workers after that", f"{few_mib:.0f} MiB", f"{many_mib:.0f} MiB")
    yield table


def _opened(stage: Stage, size: int, floor_url: str) -> tuple[dict[str, Figures], float]:
    province.grow(size)
    with servers.gunicorn("benchmarks.floor.wsgi:application", floor_url, "/page/") as (port, _):
        bare = opened(port, [(FLOOR, "", "/page/")])
    with servers.portal(stage.url) as (port, pid):
        pages = opened(port, province.facts()["pages"])
        return {**bare, **pages}, servers.resident_mib(pid)


def opened(port: int, pages: list[tuple[str, str, str]], count: int = PAGES) -> dict[str, Figures]:
    """Each page so many times, after a few that only warm it up."""
    found = {}
    for name, cookie, path in pages:
        headers = {"Cookie": cookie, "Accept": "text/html"}
        message = request("GET", path, host="127.0.0.1", headers=headers)
        measure_at((port, lambda _, m=message: m), clients=1, count=max(2, count // 8))
        found[name] = measure_at((port, lambda _, m=message: m), clients=1, count=count)
    return found
