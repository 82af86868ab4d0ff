"""Letters a minute through the portal's workers, against bare WeasyPrint drawing the same HTML.

The floor reads its style sheet and fonts once for each process, as the portal does, and writes
its files without a database. Two ways of the portal are measured: the draft that a head looks
at (claimed, drawn, kept), and the whole of signing many at once (number, new day, event, notice,
message, drawing, the agency's signature, the letter sent).
"""

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from uuid import uuid4

from celery import current_app
from django.db import connections
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from apologies import drafting, drawing, runs
from apologies.demo_authority import DemoAuthority
from apologies.holding import LetterTarget
from apologies.issuing import Grounds
from apologies.models import ApologyLetter, LetterPrint
from apologies.ordering import PREVIEW
from apologies.statuses import PrintKind
from benchmarks import filling, servers
from benchmarks.filling import Place
from benchmarks.stage import Stage, Table, ratio
from dossiers import documents
from dossiers.statuses import Fault

ROUNDS = 2
WARM = 4  # letters that each set of workers draws before it is timed
REASON = "Phải xác minh thêm thông tin tại nơi cư trú cũ của người yêu cầu"
AIM = "≥ 0.85"
Drafts = list[ApologyLetter]


def measure(stage: Stage) -> Iterator[Table]:
    """With one worker process and with two; the better of rounds taken in turn."""
    letters = stage.sizes["letters"]
    place = filling.places()[0]
    waiting = _drafted(place, 2 * (ROUNDS * 2 * letters + 2 * WARM))
    table = Table(("Letters a minute", "figure", "of the floor", "aim"))
    for processes in (1, 2):
        floor, drawn, signed = [], [], []
        with servers.celery(processes):
            _draw(_taken(waiting, WARM))
            _sign(_taken(waiting, WARM), place)
            for _ in range(ROUNDS):
                batch = _taken(waiting, letters)
                floor.append(_bare(batch, processes, stage.folder))
                drawn.append(_rate(letters, lambda b=batch: _draw(b)))
                batch = _taken(waiting, letters)
                signed.append(_rate(letters, lambda b=batch: _sign(b, place)))
        best = max(floor)
        workers = f"{processes} worker process{'es' if processes > 1 else ''}"
        table.add(f"bare WeasyPrint, {processes} process(es)", f"{best:,.0f}", "1", "")
        table.add(f"drafts drawn, {workers}", f"{max(drawn):,.0f}", ratio(max(drawn), best), AIM)
        table.add(f"signed and sealed, {workers}", f"{max(signed):,.0f}", ratio(max(signed), best))
    yield table


def _drafted(place: Place, count: int) -> Drafts:
    """So many endangered dossiers, their letters drafted by the sweep and given a reason."""
    at = datetime.now(UTC)
    DemoAuthority(at=at).certify(agency=place.agency, at=at)
    due = (at + timedelta(hours=1), at + timedelta(hours=9))
    filling.fill(places=[place], count=count, due=due, at=at)
    drafting.draft_endangered(at=at)
    found = ApologyLetter.objects.drafts()
    found.update(reason=REASON, fault=Fault.AGENCY)
    return list(found.for_page().order_by("id"))


def _taken(waiting: Drafts, count: int) -> Drafts:
    taken, waiting[:] = waiting[:count], waiting[count:]
    return taken


def _rate(count: int, act: Callable[[], None]) -> float:
    began = time.perf_counter()
    act()
    return 60 * count / (time.perf_counter() - began)


# -- The portal -----------------------------------------------------------------------------


def _draw(batch: Drafts) -> None:
    for letter in batch:
        current_app.send_task(PREVIEW, kwargs={"letter_id": letter.pk, "revision": letter.revision})
    _wait_for(batch, PrintKind.PREVIEW)


def _sign(batch: Drafts, place: Place) -> None:
    for start in range(0, len(batch), runs.MOST_AT_ONCE):
        runs.start(
            targets=[LetterTarget(pk=one.pk) for one in batch[start : start + runs.MOST_AT_ONCE]],
            common=Grounds(reason=REASON, fault=Fault.AGENCY),
            key=uuid4(),
            actor=place.head,
            at=datetime.now(UTC),
        )
    _wait_for(batch, PrintKind.SEALED)


def _wait_for(batch: Drafts, kind: PrintKind) -> None:
    wanted = [letter.pk for letter in batch]
    prints = LetterPrint.objects.filter(letter__in=wanted, kind=kind, drawn_at__isnull=False)
    deadline = time.monotonic() + 30 + len(batch)
    while prints.count() < len(wanted):
        time.sleep(0.1)
        if time.monotonic() > deadline:
            told = LetterPrint.objects.exclude(failure="").values_list("failure", flat=True)
            raise RuntimeError(f"Not drawn in time: {list(told[:3])}")


# -- The floor ------------------------------------------------------------------------------


def _bare(batch: Drafts, processes: int, folder: Path) -> float:
    """Letters a minute, from when all are warm until the last is written."""
    pages = [drawing.page_of(letter) for letter in batch]
    connections.close_all()  # not to be shared with the children
    context = get_context("fork")
    ready = context.Barrier(processes + 1)
    shares = [pages[number::processes] for number in range(processes)]
    children = [context.Process(target=_render, args=(share, ready, folder)) for share in shares]
    for child in children:
        child.start()
    ready.wait()
    began = time.perf_counter()
    for child in children:
        child.join()
    if any(child.exitcode for child in children):
        raise RuntimeError("The floor failed.")
    return 60 * len(pages) / (time.perf_counter() - began)


def _render(pages: Sequence[str], ready: Barrier, folder: Path) -> None:
    fonts = FontConfiguration()
    sheet = CSS(filename=documents._static_file(documents.SHEET), font_config=fonts)

    def render(page: str) -> None:
        pdf = HTML(string=page).write_pdf(
            stylesheets=[sheet], font_config=fonts, pdf_variant=documents.PDF_VARIANT
        )
        (folder / f"{uuid4().hex}.pdf").write_bytes(pdf)

    render(pages[0])
    ready.wait()
    for page in pages:
        render(page)
