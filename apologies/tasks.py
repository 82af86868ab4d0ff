"""What workers do for letters of apology: draft, draw and seal, go on with runs."""

from celery import shared_task
from django.utils import timezone

from apologies import digest, drafting, drafting_runs, drawing, ladder, proving, runs


@shared_task
def draft_endangered() -> int:
    """Draft a letter for every endangered or overdue dossier without one; how many."""
    return drafting.draft_endangered(at=timezone.now())


@shared_task
def tend_drafts() -> int:
    """Set aside drafts nobody needs, propose later days; how many changed."""
    return drafting.tend(at=timezone.now())


@shared_task
def draw_letter(*, print_id: int) -> None:
    """Draw one ordered letter and seal it."""
    drawing.draw(print_id=print_id, at=timezone.now())


@shared_task
def draw_preview(*, letter_id: int, revision: int) -> None:
    """Draw a draft for the head who looks at it."""
    drawing.preview(letter_id=letter_id, revision=revision, at=timezone.now())


@shared_task
def draw_waiting_letters() -> int:
    """Draw the letters whose wake-up was lost or whose drawing failed; how many."""
    return drawing.draw_waiting(at=timezone.now())


@shared_task
def advance_run(*, run_id: int) -> int:
    """Sign the letters of one run; how many."""
    return runs.advance(run_id=run_id, at=timezone.now())


@shared_task
def continue_runs() -> int:
    """Go on with runs that a worker left; how many letters."""
    return runs.advance_unfinished(at=timezone.now())


@shared_task
def advance_drafting_run(*, run_id: int) -> int:
    """Draft the letters of one run of a month; how many dossiers."""
    return drafting_runs.advance(run_id=run_id, at=timezone.now())


@shared_task
def continue_drafting_runs() -> int:
    """Go on with runs of a month that a worker left; how many dossiers."""
    return drafting_runs.advance_unfinished(at=timezone.now())


@shared_task
def climb_ladder() -> int:
    """Warn of every dossier that has reached a higher rung; how many."""
    return ladder.climb(at=timezone.now())


@shared_task
def send_ladder_digests() -> int:
    """Write the day's digests to those whom the ladder reaches; how many."""
    return digest.send(at=timezone.now())


@shared_task
def prove_key(*, certificate_id: int) -> str:
    """Prove the key of a certificate and sign with it from then on; why not, if not."""
    return proving.prove(certificate_id=certificate_id, at=timezone.now())
