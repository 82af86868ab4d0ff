"""Shapes of what clients of consultations send and get."""

from typing import Any

from rest_framework import serializers

from dossiers.converters import DossierCodeConverter
from liaison.asking import LONGEST_TEXT
from liaison.models import TERM_UNITS
from liaison.statuses import AskingOrder, ConsultationStatus, Verdict
from liaison.worklists import TABS
from organizations.api.serializers import AgencyName
from organizations.models import Agency
from workdays.units import TimeUnit

_UNITS = [(unit.value, unit.label) for unit in TERM_UNITS]


class AskedAgencyInput(serializers.Serializer[Any]):
    """Một cơ quan được hỏi."""

    agency = serializers.SlugRelatedField(slug_field="code", queryset=Agency.objects.all())
    term = serializers.IntegerField(min_value=1, max_value=80)
    unit = serializers.ChoiceField(choices=_UNITS, default=TimeUnit.WORKING_DAY)


class AskInput(serializers.Serializer[Any]):
    """Lấy ý kiến."""

    dossier = serializers.RegexField(rf"^{DossierCodeConverter.regex}\Z", max_length=60)
    version = serializers.IntegerField(required=False, default=None, min_value=0)
    content = serializers.CharField(max_length=LONGEST_TEXT)
    order = serializers.ChoiceField(choices=AskingOrder.choices, default=AskingOrder.PARALLEL)
    agencies = AskedAgencyInput(many=True)
    files = serializers.ListField(
        child=serializers.IntegerField(min_value=1), required=False, default=list, max_length=100
    )


class AnswerInput(serializers.Serializer[Any]):
    """Trả lời."""

    verdict = serializers.ChoiceField(choices=Verdict.choices)
    answer = serializers.CharField(max_length=LONGEST_TEXT)


class WithdrawInput(serializers.Serializer[Any]):
    """Rút yêu cầu."""

    reason = serializers.CharField(max_length=500)


class SharedFileOutput(serializers.Serializer[Any]):
    """Tệp gửi kèm."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    size = serializers.IntegerField()


class ConsultationOutput(serializers.Serializer[Any]):
    """Một yêu cầu lấy ý kiến."""

    id = serializers.IntegerField()
    code = serializers.CharField(source="dossier.code")
    asking_agency = AgencyName(source="dossier.agency")
    agency = AgencyName()
    status = serializers.ChoiceField(choices=ConsultationStatus.choices)
    order = serializers.ChoiceField(choices=AskingOrder.choices, source="round.order")
    position = serializers.IntegerField()
    content = serializers.CharField(source="round.content")
    term = serializers.IntegerField()
    unit = serializers.ChoiceField(choices=_UNITS)
    asked_at = serializers.DateTimeField(allow_null=True)
    due_at = serializers.DateTimeField(allow_null=True)
    verdict = serializers.ChoiceField(choices=Verdict.choices, allow_blank=True)
    answer = serializers.CharField()
    answered_at = serializers.DateTimeField(allow_null=True)


class ConsultationDetail(ConsultationOutput):
    """Một yêu cầu lấy ý kiến và các tệp gửi kèm."""

    files = SharedFileOutput(source="round.files", many=True)


class ConsultationList(serializers.Serializer[Any]):
    """Một trang yêu cầu lấy ý kiến."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = ConsultationOutput(many=True)


class ListQuery(serializers.Serializer[Any]):
    """Danh sách và trang."""

    tab = serializers.ChoiceField(choices=[(tab.key, tab.label) for tab in TABS], required=False)
    after = serializers.CharField(required=False)
    before = serializers.CharField(required=False)
