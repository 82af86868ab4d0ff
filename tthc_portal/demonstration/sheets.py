"""Puts lives into rows: the dossier, its events, and all that hangs on them."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from operator import attrgetter

from django.db.models import Model

from apologies.models import ApologyLetter, CentreNotice
from dossiers.copying import Sheet, line, reserve
from dossiers.models import (
    Dossier,
    DossierEvent,
    DossierPaper,
    DossierStep,
    Fee,
    Pause,
    Reschedule,
    Result,
    SupplementItem,
    SupplementRequest,
)
from dossiers.statuses import EventKind
from feedback.models import Petition, PetitionEvent, PetitionVote, Rating
from tthc_portal.demonstration import course_rows, detours, letters, lines, reactions
from tthc_portal.demonstration.benches import paper_cells
from tthc_portal.demonstration.cases import Stop
from tthc_portal.demonstration.courses import Course
from tthc_portal.demonstration.life import Life
from tthc_portal.demonstration.lines import Chain
from tthc_portal.demonstration.reactions import Complaint

_MOMENTS = ("pk", "code", "submitted_at", "accept_by", "accepted_at", "transfer_by", "first_due_at",
           "due_at", "remind_at", "time_limit", "time_unit")  # fmt: skip
_DRAWN = ("applicant_kind", "applicant_name", "identity_number", "tax_code", "phone", "address",
          "is_identity_verified", "uses_population_data", "return_method", "delegate_name",
          "synced_at", "transferred_at", "resolved_at", "returned_at", "refused_at")  # fmt: skip
_OF_DOSSIER = (
    "id", "code", "submitted_at", "accept_by", "accepted_at", "transfer_by", "first_due_at",
    "due_at", "remind_at", "time_limit", "time_unit", *_DRAWN,
    "agency_id", "counter_id", "version_id", "case_id", "rule_set", "summary", "channel",
    "online_level", "sets", "status", "assignee_id", "proposed_by_id", "approved_by_id",
    "due_soon_noted", "overdue_noted", "not_transferred_noted", "not_accepted_noted",
    "event_count", "last_hash", "changed_at",
)  # fmt: skip
_OF_REQUEST = ("id", "dossier_id", "number", "pause_id", "reason", "asked_by_id", "asked_at",
               "received_by_id", "received_at")  # fmt: skip
_OF_RESULT = ("dossier_id", "number", "issued_date", "signer_name", "signer_title",
              "recipient_name", "return_method")  # fmt: skip
_OF_RESCHEDULE = ("dossier_id", "at", "previous_due_at", "new_due_at", "reason", "fault",
                  "decided_by_id")  # fmt: skip
_OF_RATING = ("dossier_id", "agency_id", "satisfaction", "attitude", "timing", "remark", "source",
              "started_by_id", "given_at")  # fmt: skip
_OF_PETITION_EVENT = ("petition_id", "sequence", "kind", "at", "actor_id", "actor_name",
                      "from_status", "to_status", "reason", "data")  # fmt: skip
_OF_LETTER = ("id", "dossier_id", "agency_id", "rule_set", "status", "reason", "fault",
              "promised_at", "new_day", "drafted_at", "drafted_by_id", "number", "year", "symbol",
              "signed_by_id", "signed_at", "signer_name", "signer_title", "authority",
              "holder_title", "certificate_id", "verification_code", "sent_at",
              "posted_at")  # fmt: skip
_OF_NOTICE = ("letter_id", "counter_id", "kind", "sent_at", "read_at", "read_by_id")
_OF_PETITION = (
    "id", "agency_id", "dossier_id", "dossier_code", "status", "event_count", "code",
    "submission_key", "secret_hash", "sender_name", "phone", "address", "category", "subject",
    "content", "sent_at", "refuse_by", "ask_by", "supplement_by", "answer_by", "answer_near_at",
    "publish_by", "received_at", "refused_at", "asked_at", "supplemented_at", "answered_at",
    "published_at", "late_since", "answer", "answered_by_id", "public_subject", "public_content",
    "likes", "dislikes",
)  # fmt: skip
_FEE_NAME = "Phí, lệ phí giải quyết hồ sơ"


_COLUMNS: dict[type[Model], tuple[str, ...]] = {
    Dossier: _OF_DOSSIER,
    DossierEvent: lines.COLUMNS,
    DossierPaper: ("dossier_id", "required_paper_id", "position", "name", "originals", "copies",
                   "is_digitised", "is_reused", "is_from_store"),
    DossierStep: ("dossier_id", "position", "name", "role", "share_until", "due_at", "started_at",
                  "finished_at", "finished_by_id"),
    Fee: ("dossier_id", "name", "amount", "method", "paid_at"),
    Pause: ("id", "dossier_id", "kind", "effect", "started_at", "ended_at"),
    SupplementRequest: _OF_REQUEST,
    SupplementItem: ("request_id", "position", "name", "copies", "received_at"),
    Result: _OF_RESULT,
    Reschedule: _OF_RESCHEDULE,
    ApologyLetter: _OF_LETTER,
    CentreNotice: _OF_NOTICE,
    Rating: _OF_RATING,
    Petition: _OF_PETITION,
    PetitionEvent: _OF_PETITION_EVENT,
    PetitionVote: ("petition_id", "voter", "likes", "at"),
}  # fmt: skip


_moments_of = attrgetter(*_MOMENTS)


# What was put into text before: by key, because models compare themselves slowly.
_known_steps: dict[int, str] = {}


def _step(step: Stop, share_until: Decimal) -> str:
    """All that a step's row says beside the dossier and its moments."""
    if step.id not in _known_steps:
        _known_steps[step.id] = line((step.position, step.name, step.role, share_until))
    return _known_steps[step.id]


def forget() -> None:
    """Another run may meet other steps."""
    _known_steps.clear()


def _told(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


class Sheets:
    """The tables of one batch, in the order in which they may be copied."""

    def __init__(self, *, sealed_until: datetime | None) -> None:
        self._sealed_until = sealed_until
        self._of = {model: Sheet(model, columns) for model, columns in _COLUMNS.items()}

    def copy(self) -> None:
        """Send everything; needs an open transaction."""
        for sheet in self._of.values():
            sheet.copy()

    def write(self, lives: Sequence[Life]) -> None:
        """Put these coded lives into rows."""
        pauses = iter(reserve(Pause, sum(len(life.halts) for life in lives)))
        requests = iter(reserve(SupplementRequest, sum(bool(life.request) for life in lives)))
        for life in lives:
            self._dossier(life)
            self._papers(life)
            self._steps(life)
            self._halts(life, pauses, requests)
            self._ending(life)
        self._letters([life for life in lives if life.letter])
        self._petitions([reactions.complaint_of(life) for life in lives if life.complains])

    def write_plain(self, courses: Sequence[Course], *, until: datetime) -> None:
        """Put these coded courses into rows."""
        sealed_until = _told(self._sealed_until) if self._sealed_until else ""
        add = {model: sheet.rows.append for model, sheet in self._of.items()}
        late = _told(until)
        for course in courses:
            head = course_rows.chain(
                course, add[DossierEvent], sealed_until=sealed_until, late=late
            )
            add[Dossier](course_rows.dossier(course, head))
            for paper in course.papers:
                add[DossierPaper](f"{course.pk}\t{paper}")
            course_rows.steps(course, add[DossierStep])
            self._end_of(course)
        self._stood([course for course in courses if course.stood])
        self._petitions([course_rows.complaint(course) for course in courses if course.complains])

    def _stood(self, courses: Sequence[Course]) -> None:
        """Each halt, and the supplement that it waited for."""
        supplemented = sum(bool(course.stood and course.stood.items) for course in courses)
        requests = iter(reserve(SupplementRequest, supplemented))
        for course, pk in zip(courses, reserve(Pause, len(courses)), strict=True):
            assert course.stood is not None  # noqa: S101 (chosen by the caller)
            (began, ended, effect), kind, items, asked_by, received_by = course.stood
            self._of[Pause].add(pk, course.pk, kind, effect, began, ended)
            if items:
                request = next(requests)
                self._of[SupplementRequest].add(
                    request, course.pk, 1, pk, detours.WHY_MORE, asked_by, began, received_by, ended
                )
                for position, name in enumerate(items, start=1):
                    self._of[SupplementItem].add(request, position, name, 1, ended)

    def _end_of(self, course: Course) -> None:
        """The fee, the result, and what the citizen thinks of it."""
        if course.fee:
            amount = course.offer.case.fee
            paid_at = course.bench.seconds.told(course.begun)
            self._of[Fee].add(course.pk, _FEE_NAME, amount, course.fee, paid_at)
        if result := course_rows.result(course):
            self._of[Result].add_line(result)
        if course.rating:
            agency = course.bench.desk.agency.pk
            self._of[Rating].add_known(course.rating, dossier_id=course.pk, agency_id=agency)

    def _dossier(self, life: Life) -> None:
        """The dossier with the head of its chain, and the chain."""
        chain, add = Chain(life, sealed_until=self._sealed_until), self._of[DossierEvent].add_line
        for event in chain.lines():
            add(event)
        head = chain.head
        desk, case, noted = life.desk, life.case, life.noted
        self._of[Dossier].add(
            *_moments_of(life),
            *map(life.columns.get, _DRAWN),
            desk.agency.pk,
            desk.counter.pk,
            case.version_id,
            case.channel_id,
            life.rules.code,
            case.name,
            case.kind,
            case.online_level,
            1,
            head.status,
            life.officer_id,
            life.officer_id if life.proposed else None,
            life.approver.pk if life.approver else None,
            EventKind.DUE_SOON in noted,
            EventKind.OVERDUE in noted,
            EventKind.NOT_TRANSFERRED in noted,
            EventKind.NOT_ACCEPTED_IN_TIME in noted,
            head.sequence,
            head.hash,
            head.recorded_at,
        )

    def _papers(self, life: Life) -> None:
        add = self._of[DossierPaper].add_line
        for place, facts in enumerate(life.papers):
            add(f"{life.pk}\t{paper_cells(life.case.papers[place], place + 1, facts)}")

    def _steps(self, life: Life) -> None:
        add = self._of[DossierStep].add_line
        for stage in life.stages.planned:
            lived = (stage.due_at, stage.started_at, stage.finished_at, stage.finished_by_id)
            add(f"{life.pk}\t{_step(stage.step, stage.share_until)}\t{line(lived)}")

    def _halts(self, life: Life, pauses: Iterator[int], requests: Iterator[int]) -> None:
        """Each halt, and the supplement that one of them waited for."""
        for halt in life.halts:
            pk = next(pauses)
            self._of[Pause].add(
                pk, life.pk, life.pause_kind.value, halt.effect, halt.started_at, halt.ended_at
            )
            if life.request:
                self._request(life, next(requests), pk)

    def _request(self, life: Life, pk: int, pause: int) -> None:
        known = life.request or {}
        self._of[SupplementRequest].add_known(
            known, id=pk, dossier_id=life.pk, number=1, pause_id=pause
        )
        for position, name in enumerate(life.items, start=1):
            self._of[SupplementItem].add(pk, position, name, 1, known.get("received_at"))

    def _ending(self, life: Life) -> None:
        """The fee, the one new day, the result, and what the citizen thinks of it."""
        pk = life.pk
        if life.fee:
            self._of[Fee].add_known(life.fee, dossier_id=pk, name=_FEE_NAME)
        if life.reschedule:
            self._of[Reschedule].add_known(life.reschedule, dossier_id=pk)
        if life.result:
            known = {"recipient_name": "", "return_method": "", **life.result}
            self._of[Result].add_known(known, dossier_id=pk)
        if life.rating:
            self._of[Rating].add_known(life.rating, dossier_id=pk, agency_id=life.desk.agency.pk)

    def _letters(self, lives: Sequence[Life]) -> None:
        for life, pk in zip(lives, reserve(ApologyLetter, len(lives)), strict=True):
            letter, notice = letters.rows_of(life, pk)
            self._of[ApologyLetter].add_known(letter)
            self._of[CentreNotice].add_known(notice)

    def _petitions(self, complaints: Sequence[Complaint]) -> None:
        told = [each for about in complaints if (each := reactions.petition_about(about))]
        for petition, pk in zip(told, reserve(Petition, len(told)), strict=True):
            about, status = petition.about, petition.status
            self._of[Petition].add_known(
                {"answer": "", "public_subject": "", "public_content": "", **petition.columns},
                id=pk,
                agency_id=about.desk.agency.pk,
                dossier_id=about.pk,
                dossier_code=about.code,
                status=status,
                event_count=len(petition.events),
            )
            for event in petition.events:
                self._of[PetitionEvent].add_known(event, petition_id=pk)
            for voter, likes, at in petition.votes:
                self._of[PetitionVote].add(pk, voter, likes, at)
