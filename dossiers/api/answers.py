"""Shapes of what clients get; rows of lists are written by hand, for they are the hot path."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple, cast

from rest_framework import serializers

from dossiers import deadlines
from dossiers.access import Act
from dossiers.deadlines import HERE, Timed
from dossiers.models import Dossier
from dossiers.statuses import (
    AttachmentKind,
    DossierStatus,
    EventKind,
    ReturnMethod,
    Timeliness,
)
from organizations.api.serializers import AgencyName, CounterName
from procedures.statuses import ChannelKind, StepRole
from workdays.units import TimeUnit

_STATUS_LABELS = dict(DossierStatus.choices)


def local(moment: datetime | None) -> str | None:
    """A moment on the wall clock here."""
    return moment.astimezone(HERE).isoformat() if moment else None


class Row(NamedTuple):
    """The columns of a dossier that a list shows, named as the database query names them."""

    pk: int
    code: str
    status: str
    applicant_name: str
    channel: str
    accepted_at: datetime | None
    due_at: datetime | None
    remind_at: datetime | None
    resolved_at: datetime | None
    returned_at: datetime | None
    event_count: int
    version__procedure__code: str
    version__name: str
    agency__code: str
    agency__short_name: str
    assignee__full_name: str | None


def row_of(dossier: Dossier) -> Row:
    """The same columns of a dossier that is at hand with its neighbours."""
    return Row(
        pk=dossier.pk,
        code=dossier.code,
        status=dossier.status,
        applicant_name=dossier.applicant_name,
        channel=dossier.channel,
        accepted_at=dossier.accepted_at,
        due_at=dossier.due_at,
        remind_at=dossier.remind_at,
        resolved_at=dossier.resolved_at,
        returned_at=dossier.returned_at,
        event_count=dossier.event_count,
        version__procedure__code=dossier.version.procedure.code,
        version__name=dossier.version.name,
        agency__code=dossier.agency.code,
        agency__short_name=dossier.agency.short_name,
        assignee__full_name=dossier.assignee.full_name if dossier.assignee else None,
    )


class ProcedureName(serializers.Serializer[Any]):
    """Mã và tên thủ tục, như khi tiếp nhận."""

    code = serializers.CharField()
    name = serializers.CharField()


class DossierRow(serializers.Serializer[Any]):
    """Một dòng của danh sách hồ sơ; `version` gửi lại khi thao tác."""

    code = serializers.CharField()
    version = serializers.IntegerField()
    status = serializers.ChoiceField(choices=DossierStatus.choices)
    status_label = serializers.CharField()
    timeliness = serializers.ChoiceField(choices=Timeliness.choices)
    timeliness_label = serializers.CharField()
    procedure = ProcedureName()
    agency = AgencyName()
    assignee = serializers.CharField(allow_null=True)
    applicant_name = serializers.CharField()
    channel = serializers.ChoiceField(choices=ChannelKind.choices)
    accepted_at = serializers.DateTimeField(allow_null=True)
    due_at = serializers.DateTimeField(allow_null=True)
    resolved_at = serializers.DateTimeField(allow_null=True)
    returned_at = serializers.DateTimeField(allow_null=True)


def row(found: Row, *, at: datetime) -> dict[str, Any]:
    """What a list tells of one dossier; by hand, ten times faster than field by field."""
    timeliness = deadlines.timeliness(cast("Timed", found), at=at)
    return {
        "code": found.code,
        "version": found.event_count,
        "status": found.status,
        "status_label": _STATUS_LABELS[found.status],
        "timeliness": timeliness.value,
        "timeliness_label": timeliness.label,
        "procedure": {"code": found.version__procedure__code, "name": found.version__name},
        "agency": {"code": found.agency__code, "name": found.agency__short_name},
        "assignee": found.assignee__full_name,
        "applicant_name": found.applicant_name,
        "channel": found.channel,
        "accepted_at": local(found.accepted_at),
        "due_at": local(found.due_at),
        "resolved_at": local(found.resolved_at),
        "returned_at": local(found.returned_at),
    }


class DossierList(serializers.Serializer[Any]):
    """Một trang; không đếm tổng vì trang sau luôn nhanh như trang đầu."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = DossierRow(many=True)


class ApplicantOutput(serializers.Serializer[Any]):
    """Chủ hồ sơ và người được ủy quyền."""

    kind = serializers.CharField()
    name = serializers.CharField()
    identity_number = serializers.CharField()
    tax_code = serializers.CharField()
    phone = serializers.CharField()
    email = serializers.CharField()
    address = serializers.CharField()
    delegate_name = serializers.CharField()
    delegate_identity_number = serializers.CharField()
    delegate_phone = serializers.CharField()
    contact_preference = serializers.CharField()
    is_identity_verified = serializers.BooleanField()
    uses_population_data = serializers.BooleanField()


class PaperOutput(serializers.Serializer[Any]):
    """Giấy tờ đã nộp."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    originals = serializers.IntegerField()
    copies = serializers.IntegerField()
    is_digitised = serializers.BooleanField()
    is_reused = serializers.BooleanField()
    is_from_store = serializers.BooleanField()


class FileOutput(serializers.Serializer[Any]):
    """Một tệp; tải về theo /files/{id}/."""

    id = serializers.IntegerField()
    paper = serializers.IntegerField(allow_null=True)
    kind = serializers.ChoiceField(choices=AttachmentKind.choices)
    name = serializers.CharField()
    content_type = serializers.CharField()
    size = serializers.IntegerField()
    sha256 = serializers.CharField()
    added_at = serializers.DateTimeField()


class FeeOutput(serializers.Serializer[Any]):
    """Phí, lệ phí."""

    name = serializers.CharField()
    amount = serializers.CharField()
    method = serializers.CharField(allow_blank=True)
    paid_at = serializers.DateTimeField(allow_null=True)


class StepOutput(serializers.Serializer[Any]):
    """Bước nội bộ."""

    name = serializers.CharField()
    role = serializers.ChoiceField(choices=StepRole.choices)
    due_at = serializers.DateTimeField(allow_null=True)
    started_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)


class ResultOutput(serializers.Serializer[Any]):
    """Kết quả giải quyết."""

    number = serializers.CharField()
    issued_date = serializers.DateField()
    signer_name = serializers.CharField()
    signer_title = serializers.CharField()
    file = serializers.IntegerField(source="attachment_id", allow_null=True)
    recipient_name = serializers.CharField()
    recipient_identity_number = serializers.CharField()
    return_method = serializers.CharField()


class OfferOutput(serializers.Serializer[Any]):
    """Một thao tác: làm được, hoặc lý do không làm được."""

    act = serializers.ChoiceField(choices=Act.choices)
    label = serializers.CharField()  # type: ignore[assignment]
    is_allowed = serializers.BooleanField()
    objection = serializers.CharField()


class DossierOutput(DossierRow):
    """Một hồ sơ với mọi điều đáng biết."""

    national_state = serializers.IntegerField()
    counter = CounterName()
    applicant = ApplicantOutput()
    summary = serializers.CharField()
    sets = serializers.IntegerField()
    return_method = serializers.ChoiceField(choices=ReturnMethod.choices)
    return_address = serializers.CharField()
    time_limit = serializers.CharField(allow_null=True)
    time_unit = serializers.ChoiceField(choices=[("", ""), *TimeUnit.choices])
    submitted_at = serializers.DateTimeField(allow_null=True)
    accept_by = serializers.DateTimeField(allow_null=True)
    transfer_by = serializers.DateTimeField(allow_null=True)
    transferred_at = serializers.DateTimeField(allow_null=True)
    first_due_at = serializers.DateTimeField(allow_null=True)
    refused_at = serializers.DateTimeField(allow_null=True)
    papers = PaperOutput(many=True)
    files = FileOutput(many=True)
    fees = FeeOutput(many=True)
    steps = StepOutput(many=True)
    result = ResultOutput(allow_null=True)
    acts = OfferOutput(many=True)


class EventOutput(serializers.Serializer[Any]):
    """Một dòng của sổ cái; mỗi dòng mang mã băm của dòng trước."""

    sequence = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=EventKind.choices)
    kind_label = serializers.CharField(source="get_kind_display")
    at = serializers.DateTimeField()
    recorded_at = serializers.DateTimeField()
    actor_name = serializers.CharField()
    from_status = serializers.CharField()
    to_status = serializers.CharField()
    reason = serializers.CharField()
    data = serializers.DictField()  # type: ignore[assignment]
    previous_hash = serializers.CharField()
    hash = serializers.CharField()


class StepOfCount(serializers.Serializer[Any]):
    """Một dòng giải thích."""

    date = serializers.DateField()
    counts = serializers.BooleanField()
    why = serializers.CharField()


class DeadlineOutput(serializers.Serializer[Any]):
    """Thời điểm hẹn và lý do từng bước; không có thời hạn thì không có lý do."""

    due_at = serializers.DateTimeField(allow_null=True)
    steps = StepOfCount(many=True)


class TabOutput(serializers.Serializer[Any]):
    """Một danh sách công việc; danh sách “tất cả” không được đếm."""

    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    count = serializers.IntegerField(allow_null=True)


def plain(number: Decimal | None) -> str | None:
    """A limit as it was printed: 5, not 5.000."""
    return f"{number.normalize():f}" if number is not None else None


def in_order(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Columns as JSON takes them."""
    return {
        name: local(value) if isinstance(value, datetime) else value
        for name, value in columns.items()
    }
