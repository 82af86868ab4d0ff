"""open, list and create beside the floor: a bare ModelViewSet under the same gunicorn."""

import json
from collections.abc import Callable, Iterator
from uuid import uuid4

from benchmarks import province, servers
from benchmarks.floor import data as floor_data
from benchmarks.load import Figures, Message, measure_at, request
from benchmarks.stage import Stage, Table, ratio

CREATES, READS, LISTS = 400, 1200, 400
Act = tuple[str, Callable[[int], bytes], Callable[[int], bytes], int, float]


def measure(stage: Stage) -> Iterator[Table]:
    """Both in turn, with one client and with eight."""
    with servers.database("tthc_floor") as floor_url:
        floor_data.prepare(floor_url)
        province.serve_static()
        province.grow(stage.sizes["small"])
        acts = _acts(province.facts(), floor_data.facts())
        floor_program = ("benchmarks.floor.wsgi:application", floor_url, "/entries/")
        with servers.portal(stage.url) as (port, _), servers.gunicorn(*floor_program) as (floor, _):
            for clients in (1, 8):
                yield _beside(acts, clients, port, floor)


def _beside(acts: list[Act], clients: int, port: int, floor: int) -> Table:
    head = (f"API beside the floor, {clients} client(s)", "portal", "floor", "ratio", "aim")
    table = Table(head)
    for name, ours, theirs, count, aim in acts:
        found, bare = _pair((port, ours), (floor, theirs), clients, count)
        times = ratio(found.per_second, bare.per_second)
        table.add(name, str(found), str(bare), times, f"{aim:.2f}")
    return table


def _acts(facts: dict, floor: dict) -> list[Act]:
    api = {"Authorization": f"Token {facts['clerk_token']}", "Accept": "application/json"}

    def create(_: int) -> bytes:
        body = json.dumps({**facts["intake"], "submission_key": str(uuid4())}).encode()
        return request("POST", "/api/v1/dossiers/", host="127.0.0.1", body=body, headers=api)

    def open_one(index: int) -> bytes:
        code = facts["codes"][index % len(facts["codes"])]
        return request("GET", f"/api/v1/dossiers/{code}/", host="127.0.0.1", headers=api)

    listing = f"/api/v1/dossiers/?agency={facts['agency']}&status=returned"
    list_one = request("GET", listing, host="127.0.0.1", headers=api)
    return [
        ("open one", open_one, floor["open"], READS, 0.5),
        ("list of 50, filtered", lambda _: list_one, floor["list"], LISTS, 0.5),
        # Last: what it adds is none of the lists' business.
        ("create", create, floor["create"], CREATES, 0.55),
    ]


def _pair(ours: Message, theirs: Message, clients: int, count: int) -> tuple[Figures, Figures]:
    """The better of three runs of each, taken in turn, so that noise falls on both."""
    best: list[list[Figures]] = [[], []]
    for message in (ours, theirs):
        measure_at(message, clients=clients, count=min(count, 50))
    for _ in range(3):
        best[0].append(measure_at(ours, clients=clients, count=count))
        best[1].append(measure_at(theirs, clients=clients, count=count))
    ours_best, theirs_best = (max(runs, key=lambda run: run.per_second) for runs in best)
    return ours_best, theirs_best
