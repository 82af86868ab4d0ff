"""What a clerk can choose for one procedure at the counter, and the day that would be promised."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError

from dossiers.deadlines import clock_of, explain
from dossiers.models import Dossier
from organizations.folding import sort_key
from organizations.models import Agency, ServiceCounter, User
from organizations.roles import Role
from organizations.statuses import AgencyKind
from procedures.models import Channel, Procedure, ProcedureVersion, RequiredPaper
from procedures.statuses import ChannelKind
from workdays.explaining import Step
from workdays.loading import calendar_for


class ProcedureUnknown(ValidationError):
    """No procedure of the catalogue carries this code."""


@dataclass(frozen=True, kw_only=True)
class Choices:
    """Everything that one clerk may choose from for one procedure."""

    procedure: Procedure
    version: ProcedureVersion
    counters: Sequence[ServiceCounter]
    agencies: Sequence[Agency]
    cases: Sequence[Channel]
    papers: Sequence[RequiredPaper]

    @property
    def kinds(self) -> list[ChannelKind]:
        """The channels that the catalogue prints; all when it prints none, direct first."""
        printed = {case.kind for case in self.cases}
        order = (ChannelKind.DIRECT, ChannelKind.POSTAL, ChannelKind.ONLINE)
        return [kind for kind in order if kind in printed or not printed]

    def cases_of(self, kind: str) -> list[Channel]:
        """The cases of one channel, in the order of printing."""
        return [case for case in self.cases if case.kind == kind]

    @property
    def objection(self) -> str:
        """Why nobody can receive it here; nothing when they can."""
        if self.procedure.retired_at:
            return (
                f"Thủ tục {self.procedure.code} đã bị bãi bỏ nên không tiếp nhận hồ sơ mới. "
                "Hãy chọn thủ tục thay thế."
            )
        if not self.agencies:
            return (
                f"Thủ tục {self.procedure.code} chưa giao cho cơ quan nào mà bộ phận một cửa này "
                "phục vụ. Hãy chọn thủ tục khác hoặc hướng dẫn người dân đến đúng nơi."
            )
        return ""


@dataclass(frozen=True, kw_only=True)
class Preview:
    """The promise as it would be if the dossier were received now, or why there is none."""

    due_at: datetime | None = None
    steps: Sequence[Step] = ()
    note: str = ""
    # The note stands in the way of receiving; otherwise it only tells.
    is_obstacle: bool = False


def choices_for(*, user: User, code: str) -> Choices:
    """The choices for a procedure, also a retired one: what was typed must not be lost."""
    procedure = (
        Procedure.objects.filter(code=code, current_version__isnull=False).with_version().first()
    )
    if procedure is None or procedure.current_version is None:
        raise ProcedureUnknown(
            f"Danh mục không có thủ tục mang mã “{code[:20]}”. Hãy chọn lại thủ tục.",
            code="procedure_unknown",
        )
    version = procedure.current_version
    return Choices(
        procedure=procedure,
        version=version,
        counters=[counter for counter in user.counters if counter.is_active],
        agencies=_agencies(procedure, user),
        cases=list(version.channels.order_by("position")),
        papers=list(version.papers.order_by("position")),
    )


def found(*, user: User, text: str, most: int) -> list[Procedure]:
    """The procedures that this clerk may receive and that the words or the code fit."""
    agency_ids = user.agency_ids_for(Role.COUNTER)
    offered = Procedure.objects.published().handled_by(agency_ids)
    return list(offered.search(text).with_version()[:most])


def preview(
    *, cases: Sequence[Channel], case: Channel | None, agency: Agency | None, at: datetime
) -> Preview:
    """The day that acceptance would promise, by the same arithmetic, with its reasons."""
    if case is None and cases:
        return Preview(note="Chọn trường hợp để biết ngày hẹn trả.")
    if case is None:
        return Preview(
            note="Danh mục không in thời hạn của thủ tục này nên hồ sơ không có ngày hẹn trả."
        )
    if case.lacks_unit:
        return Preview(
            note=f"Danh mục in thời hạn “{case.time_text}” thiếu đơn vị nên chưa hẹn được ngày và "
            "chưa tiếp nhận được. Hãy đề nghị quản trị xác nhận đơn vị ở mục Danh mục.",
            is_obstacle=True,
        )
    if agency is None:
        return Preview(note="Chọn cơ quan giải quyết để biết ngày hẹn trả.")
    return _promised(case, agency, at)


def _promised(case: Channel, agency: Agency, at: datetime) -> Preview:
    clock = clock_of(case, accepted_at=at)
    try:
        explained = explain(clock=clock, calendar=calendar_for(agency.schedule_id))
    except ValidationError as refusal:
        # A gap in the calendar is told before the clerk has typed everything.
        return Preview(note=" ".join(refusal.messages), is_obstacle=True)
    if explained is None:
        return Preview(
            note="Danh mục không in thời hạn bằng số cho trường hợp này nên hồ sơ không có "
            "ngày hẹn trả."
        )
    return Preview(due_at=explained.due_at, steps=explained.steps)


def latest_of_applicant(
    *, user: User, identity_number: str = "", tax_code: str = ""
) -> Dossier | None:
    """The latest dossier that this clerk may see with the same number, to fill the form from."""
    visible = Dossier.objects.visible_to(user)
    if identity_number:
        same = visible.filter(identity_number=identity_number)
    elif tax_code:
        same = visible.filter(tax_code=tax_code)
    else:
        return None
    latest: Dossier | None = same.order_by("-id").first()
    return latest


def agency_label(agency: Agency) -> str:
    """Communes by their own name first: typing "Kim" finds Kim Liên among a hundred."""
    if agency.kind == AgencyKind.COMMUNE:
        return f"{agency.place} – {agency.short_name}"
    return agency.name


def _agencies(procedure: Procedure, user: User) -> list[Agency]:
    handling = Agency.objects.active().filter(
        pk__in=user.agency_ids_for(Role.COUNTER),
        procedure_assignments__procedure=procedure,
        procedure_assignments__is_active=True,
    )
    return sorted(handling, key=lambda agency: sort_key(agency_label(agency)))
