"""`make bench`: measures the portal against floors on the same server, in the same run.

Machines are noisy, so the figures that count are ratios. Each subject is played in a process of
its own, on a database of its own that is dropped afterwards, and its part of
benchmarks/README.md is written between its marks. `--only NAME …` plays these subjects alone
and prints their figures; with `--write` they are written down as well. Not part of the tests.
"""

import argparse
import json
import os
import platform
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import servers
from benchmarks.stage import Table
from tthc_portal import embedded
from tthc_portal.processes import die_with_parent

README = Path(__file__).parent / "README.md"
SEEDED = "tthc_bench_seeded"


@dataclass(frozen=True)
class Subject:
    """How large it is measured unless asked otherwise, and whether it needs the province."""

    sizes: Mapping[str, int] = field(default_factory=dict)
    has_province: bool = True


SUBJECTS = {
    "due_dates": Subject(has_province=False),
    "api": Subject({"small": 10_000}),
    "pages": Subject({"small": 10_000, "large": 200_000}),
    "generate": Subject({"drawn": 100_000}),
    "workers": Subject(has_province=False),
    "letters": Subject({"letters": 100}),
    "sweep": Subject({"open": 1_000_000, "endangered": 50_000}),
    "bulk": Subject({"items": 500}),
    "export": Subject({"rows": 200_000}),
    "imports": Subject({"imported": 100_000}),
    "quality": Subject({"large": 200_000, "months": 36}),
    "dashboards": Subject(
        {"small": 20_000, "large": 200_000, "months": 36, "opened": 200, "seconds": 30}
    ),
}


def main() -> None:
    """Play the subjects one after the other; one that fails does not keep the others away."""
    # As Ctrl-C does: databases are dropped, and what was started ends.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    asked = _asked()
    names = asked.only or list(SUBJECTS)
    embedded.ensure_running()
    failed = []
    with _seeded(names, keeps=asked.keep):
        for name in names:
            sizes = _sizes(name, asked)
            load = os.getloadavg()[0]
            tables, is_whole = _play(name, sizes)
            if not is_whole:
                failed.append(name)
            if not tables:
                continue
            lines = list(_lines(tables, sizes, load))
            print("\n".join((f"## {name}", *lines, "")), flush=True)
            if asked.write or not asked.only:
                _write(name, lines)
    if failed:
        sys.exit(f"Failed: {', '.join(failed)}")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", choices=SUBJECTS, metavar="NAME", help="these alone")
    parser.add_argument("--write", action="store_true", help="write down what --only measures")
    parser.add_argument(
        "--keep", action="store_true", help="keep the province without dossiers for the next run"
    )
    for size in sorted({size for subject in SUBJECTS.values() for size in subject.sizes}):
        users = [name for name, subject in SUBJECTS.items() if size in subject.sizes]
        parser.add_argument(f"--{size}", type=int, metavar="N", help=f"of {', '.join(users)}")
    return parser.parse_args()


def _sizes(name: str, asked: argparse.Namespace) -> dict[str, int]:
    own = SUBJECTS[name].sizes
    return {size: getattr(asked, size) or usual for size, usual in own.items()}


# -- Playing --------------------------------------------------------------------------------


@contextmanager
def _seeded(names: list[str], *, keeps: bool) -> Iterator[None]:
    """The province that every subject's database is copied from, made once."""
    if not any(SUBJECTS[name].has_province for name in names):
        yield
        return
    with servers.database(SEEDED, keeps=keeps) as url:
        for command in (["migrate", "-v", "0"], ["seed_demo", "--dossiers", "0"]):
            program = [sys.executable, "manage.py", *command]
            quiet = subprocess.DEVNULL
            subprocess.run(
                program, cwd=servers.ROOT, env=servers.environment(url), stdout=quiet, check=True
            )
        yield


def _play(name: str, sizes: Mapping[str, int]) -> tuple[list[Table], bool]:
    """The subject's tables, and whether those are all: what failed it has said by then."""
    template = SEEDED if SUBJECTS[name].has_province else "template1"
    with (
        TemporaryDirectory(prefix="tthc-bench-") as folder,
        servers.database(f"tthc_bench_{name}", template=template) as url,
    ):
        servers.forget_messages()
        tables = Path(folder, "tables.json")
        program = [sys.executable, "-m", "benchmarks.play", name, folder, json.dumps(sizes)]
        variables = servers.environment(url, Path(folder))
        done = subprocess.run(
            program, cwd=servers.ROOT, env=variables, check=False, preexec_fn=die_with_parent
        )
        servers.forget_messages()
        measured = json.loads(tables.read_text()) if tables.exists() else []
        return [Table(tuple(head), rows) for head, rows in measured], not done.returncode


# -- Writing down ---------------------------------------------------------------------------


def _lines(tables: list[Table], sizes: Mapping[str, int], load: float) -> Iterator[str]:
    cores, python = os.cpu_count(), platform.python_version()
    measured = f"{datetime.now(UTC):%d/%m/%Y}, {cores} cores, Python {python}, load {load:.1f}"
    told = ", ".join(f"{name} {size:,}" for name, size in sizes.items())
    yield f"Measured {measured} at the start{f'; {told}' if told else ''}."
    for table in tables:
        yield ""
        yield from table.lines()


def _write(name: str, lines: list[str]) -> None:
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    before, _, rest = README.read_text().partition(begin)
    after = rest.partition(end)[2]
    README.write_text("\n".join((f"{before}{begin}", "", *lines, "", f"{end}{after}")))


if __name__ == "__main__":
    main()
