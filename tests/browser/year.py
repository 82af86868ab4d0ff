"""A year that passes in an afternoon: the pages, the worker and the people share one moved clock.

The portal of the other browser tests is processes of its own, on the clock on the wall. Here the
server and a Celery worker are threads of the test, with the real broker between them, so that a
day of last winter is a day for all of them; what beat would ring for is rung when a day begins.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pypdfium2
import time_machine
from celery.contrib.testing.worker import start_worker
from playwright.sync_api import FilePayload, Locator, Page

from dossiers import tasks as dossier_tasks
from dossiers.deadlines import HERE
from dossiers.models import Dossier, PrintedForm
from dossiers.statuses import FormKind
from liaison import tasks as liaison_tasks
from organizations.models import User
from tthc_portal.celery import app

SWEEPS = (
    dossier_tasks.remind_due_soon,
    dossier_tasks.record_overdue,
    dossier_tasks.record_not_transferred,
    dossier_tasks.record_not_accepted,
    dossier_tasks.seal_ledger,
    liaison_tasks.tend_consultations,
)


class Year:
    """The clock and one window for each person; `on` moves the one, `page` finds the other."""

    def __init__(self, traveller: Any, open_window: Callable[[User], Page]) -> None:
        self._traveller, self._open = traveller, open_window
        self._windows: dict[int, Page] = {}

    def on(self, moment: str) -> None:
        """`2026-01-12 09:00` on the wall here; the days between pass with their sweeps."""
        day = self._now().replace(hour=20, minute=0)
        until = datetime.fromisoformat(moment).replace(tzinfo=HERE)
        while day < until:
            self._traveller.move_to(max(day, self._now()))
            for sweep in SWEEPS:
                sweep()
            day += timedelta(days=1)
        self._traveller.move_to(until)

    def page(self, user: User, path: str) -> Page:
        """The person's own window, at this address."""
        if user.pk not in self._windows:
            self._windows[user.pk] = self._open(user)
        page = self._windows[user.pk]
        page.goto(path)
        return page

    def act(self, user: User, code: str, label: str, **answers: str | FilePayload) -> Page:
        """One act of the dossier's page: unfold its form, answer it, press its button."""
        page = self.page(user, f"/ho-so/{code}/")
        acts = page.locator("#acts")
        folded = acts.locator("summary").filter(has_text=re.compile(rf"^\s*{label}\s*$"))
        if folded.count():
            folded.click()
        button = page.get_by_role("button", name=label, exact=True)
        form = acts.locator("form").filter(has=button)
        for name, answer in answers.items():
            _answer(form.locator(f"[name={name}]"), answer)
        before = Dossier.objects.get(code=code).event_count
        form.locator(button).click()
        page.wait_for_load_state()
        after = Dossier.objects.get(code=code)
        assert after.event_count > before, page.locator("main").inner_text()
        return page

    def printed(self, code: str, kind: FormKind) -> str:
        """The text of a form that a worker drew, with single spaces."""
        for _ in range(240):
            form = PrintedForm.objects.filter(dossier__code=code, kind=kind).latest("number")
            if form.rendered_at:
                break
            next(iter(self._windows.values())).wait_for_timeout(250)
        with form.file.open("rb") as file:
            document = pypdfium2.PdfDocument(BytesIO(file.read()))
        pages = (page.get_textpage().get_text_bounded() for page in document)
        return " ".join(" ".join(pages).split())

    def _now(self) -> datetime:
        return datetime.now(HERE)


def _answer(field: Locator, answer: str | FilePayload) -> None:
    """As a person does: choose, tick, attach or type."""
    kind = field.evaluate("field => field.type")
    if not isinstance(answer, str):
        field.set_input_files(answer)
    elif kind == "select-one":
        field.select_option(answer)
    elif kind == "checkbox":
        field.check()
    else:
        field.fill(answer)


@contextmanager
def begun(moment: str, open_window: Callable[[User], Page]) -> Iterator[Year]:
    """The year from this moment on, with its worker."""
    first = datetime.fromisoformat(moment).replace(tzinfo=HERE)
    with (
        time_machine.travel(first, tick=True) as traveller,
        start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=30),
    ):
        yield Year(traveller, open_window)
