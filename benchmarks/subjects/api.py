"""open, list and create beside the floor: a bare ModelViewSet under the same gunicorn."""

import json
from collections.abc import Callable, Iterator
from random import Random
from statistics import median
from uuid import uuid4

from benchmarks import province, servers
from benchmarks.floor import data as floor_data
from benchmarks.load import Figures, Message, measure_at, request
from benchmarks.stage import Stage, Table

CREATES, READS, LISTS = 1650, 3300, 1650
PAIRS = 11
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
        found, bare, times = _paired((port, ours), (floor, theirs), clients, count)
        table.add(name, str(found), str(bare), f"**{times:.2f}**", f"{aim:.2f}")
    return table


def _acts(facts: dict, floor: dict) -> list[Act]:
    api = {"Authorization": f"Token {facts['clerk_token']}", "Accept": "application/json"}

    def create(intake: dict) -> bytes:
        body = json.dumps({**intake, "submission_key": str(uuid4())}).encode()
        return request("POST", "/api/v1/dossiers/", host="127.0.0.1", body=body, headers=api)

    intakes, chance = facts["intakes"], Random(7)

    def open_one(index: int) -> bytes:
        code = facts["codes"][index % len(facts["codes"])]
        return request("GET", f"/api/v1/dossiers/{code}/", host="127.0.0.1", headers=api)

    listing = f"/api/v1/dossiers/?agency={facts['agency']}&status=returned"
    list_one = request("GET", listing, host="127.0.0.1", headers=api)
    return [
        ("open one", open_one, floor["open"], READS, 0.5),
        ("list of 50, filtered", lambda _: list_one, floor["list"], LISTS, 0.5),
        # Last: what it adds is none of the lists' business.
        ("create", lambda _: create(chance.choice(intakes)), floor["create"], CREATES, 0.55),
        (
            "create, all for one agency",
            lambda _: create(intakes[0]),
            floor["create"],
            CREATES,
            0.55,
        ),
    ]


def _paired(
    ours: Message, theirs: Message, clients: int, count: int
) -> tuple[Figures, Figures, float]:
    """The middle run of each, and the middle of the ratios between neighbouring runs.

    The machine's speed changes within seconds by half: short runs in turn, each first in every
    other pair, meet the same hour, which the best of each need not.
    """
    for message in (ours, theirs):
        measure_at(message, clients=clients, count=min(count, 50))
    pairs = []
    for number in range(PAIRS):
        turn = (ours, theirs) if number % 2 else (theirs, ours)
        ran = {
            message: measure_at(message, clients=clients, count=count // PAIRS) for message in turn
        }
        pairs.append((ran[ours], ran[theirs]))
    ratios = [found.per_second / bare.per_second for found, bare in pairs]
    mine, other = ([pair[side] for pair in pairs] for side in (0, 1))
    return _middle(mine), _middle(other), median(ratios)


def _middle(runs: list[Figures]) -> Figures:
    return sorted(runs, key=lambda run: run.per_second)[len(runs) // 2]
