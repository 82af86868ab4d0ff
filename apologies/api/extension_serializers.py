"""Shapes of what clients of extensions, the ladder and the figures of apologies send and get."""

from typing import Any

from rest_framework import serializers

from apologies.extending import LONGEST_TEXT
from apologies.holding import LONGEST_REASON
from apologies.statuses import DelayReason, ExtensionStatus, Rung
from dossiers.statuses import Fault
from organizations.api.serializers import AgencyName


class ExtensionVersion(serializers.Serializer[Any]):
    """Số phiên bản của hồ sơ mà người dùng đã xem; cũ thì bị từ chối."""

    version = serializers.IntegerField(required=False, default=None, min_value=0)


class ExtensionAskInput(ExtensionVersion):
    """Đề nghị gia hạn."""

    reason_kind = serializers.ChoiceField(choices=DelayReason.choices)
    reason_text = serializers.CharField(
        required=False, default="", allow_blank=True, max_length=LONGEST_TEXT
    )
    fault = serializers.ChoiceField(choices=Fault.choices)
    new_day = serializers.DateField(help_text="Một ngày làm việc sau ngày hẹn cũ.")


class ExtensionAcceptInput(ExtensionVersion):
    """Đồng ý gia hạn."""

    new_day = serializers.DateField(help_text="Ngày đề nghị, hoặc ngày khác.")


class ExtensionRefuseInput(ExtensionVersion):
    """Không đồng ý gia hạn."""

    reason = serializers.CharField(max_length=LONGEST_REASON)


class ExtensionOutput(serializers.Serializer[Any]):
    """Một phiếu đề nghị gia hạn."""

    code = serializers.CharField(source="dossier.code")
    agency = AgencyName(source="dossier.agency")
    status = serializers.ChoiceField(choices=ExtensionStatus.choices)
    reason_kind = serializers.ChoiceField(choices=DelayReason.choices)
    reason = serializers.CharField()
    fault = serializers.ChoiceField(choices=Fault.choices)
    promised_at = serializers.DateTimeField()
    new_day = serializers.DateField()
    asked_by = serializers.CharField(source="asked_by.full_name")
    asked_at = serializers.DateTimeField()
    granted_day = serializers.DateField(allow_null=True)
    decided_by = serializers.CharField(source="decided_by.full_name", default=None)
    decided_at = serializers.DateTimeField(allow_null=True)
    decision_reason = serializers.CharField()


class ExtensionList(serializers.Serializer[Any]):
    """Một trang phiếu đề nghị gia hạn."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = ExtensionOutput(many=True)


class LadderRow(serializers.Serializer[Any]):
    """Một hồ sơ trên bậc thang nhắc việc."""

    code = serializers.CharField(source="row.dossier.code")
    agency = AgencyName(source="row.dossier.agency")
    due_at = serializers.DateTimeField(source="warning.promised_at")
    rung = serializers.ChoiceField(choices=Rung.choices, source="warning.rung")
    place = serializers.IntegerField(
        source="warning.place", help_text="Số ngày làm việc so với ngày hẹn: âm là trước hẹn."
    )
    warned_at = serializers.DateTimeField(source="warning.at")
    said = serializers.CharField()
    letter_status = serializers.CharField(source="letter.status", default="")
    extension_is_asked = serializers.BooleanField(source="is_asked")


class LadderList(serializers.Serializer[Any]):
    """Một trang của bậc thang nhắc việc."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = LadderRow(many=True)


class PageQuery(serializers.Serializer[Any]):
    """Trang."""

    after = serializers.CharField(required=False)
    before = serializers.CharField(required=False)


class LadderQuery(PageQuery):
    """Bậc và trang."""

    rung = serializers.ChoiceField(choices=Rung.choices, required=False)
