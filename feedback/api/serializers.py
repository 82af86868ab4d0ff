"""Shapes of what clients of petitions and ratings send and get."""

from typing import Any

from rest_framework import serializers

from feedback.statuses import Category, PetitionEventKind, PetitionStatus, RatingSource
from feedback.worklists import TABS
from organizations.api.serializers import AgencyName


class PetitionRow(serializers.Serializer[Any]):
    """Một phản ánh trong danh sách."""

    code = serializers.CharField()
    status = serializers.ChoiceField(choices=PetitionStatus.choices)
    status_label = serializers.CharField(source="get_status_display")
    category = serializers.ChoiceField(choices=Category.choices)
    subject = serializers.CharField()
    sender_name = serializers.CharField()
    agency = AgencyName()
    sent_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField(allow_null=True, help_text="Hạn đang tính; không có: null.")
    is_late = serializers.BooleanField(help_text="Đã quá một trong bốn hạn.")
    is_complained_again = serializers.BooleanField()
    version = serializers.IntegerField(help_text="Gửi lại khi thực hiện thao tác.")


class PetitionList(serializers.Serializer[Any]):
    """Một trang phản ánh."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = PetitionRow(many=True)


class PetitionEventOutput(serializers.Serializer[Any]):
    """Một sự kiện của phản ánh."""

    sequence = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=PetitionEventKind.choices)
    at = serializers.DateTimeField()
    actor_name = serializers.CharField()
    reason = serializers.CharField()


class PetitionFacts(PetitionRow):
    """Một phản ánh với nội dung và các hạn."""

    content = serializers.CharField()
    phone = serializers.CharField()
    email = serializers.CharField()
    address = serializers.CharField()
    answer = serializers.CharField()
    likes = serializers.IntegerField()
    dislikes = serializers.IntegerField()
    refuse_by = serializers.DateTimeField(allow_null=True)
    ask_by = serializers.DateTimeField()
    answer_by = serializers.DateTimeField()
    publish_by = serializers.DateTimeField(allow_null=True)


class PetitionOutput(PetitionFacts):
    """Một phản ánh với các hạn và quá trình xử lý."""

    dossier_code = serializers.CharField(help_text="Mã hồ sơ đã xác nhận; chưa có: rỗng.")
    events = PetitionEventOutput(many=True)


class PetitionQuery(serializers.Serializer[Any]):
    """Danh sách, như trên trang."""

    tab = serializers.ChoiceField(required=False, choices=[(tab.key, tab.label) for tab in TABS])
    after = serializers.CharField(required=False, help_text="Con trỏ; dùng địa chỉ `next`.")
    before = serializers.CharField(required=False, help_text="Con trỏ; dùng địa chỉ `previous`.")


class PetitionActInput(serializers.Serializer[Any]):
    """Số phiên bản của phản ánh mà người dùng đã xem; cũ thì bị từ chối."""

    version = serializers.IntegerField(
        required=False, default=None, min_value=0, max_value=2_000_000_000
    )


class ClassificationInput(PetitionActInput):
    """Phản ánh về việc gì, cơ quan nào trả lời."""

    category = serializers.ChoiceField(choices=Category.choices)
    agency = serializers.CharField(max_length=35, help_text="Mã định danh cơ quan trả lời.")
    dossier_code = serializers.CharField(
        max_length=60, required=False, default="", allow_blank=True
    )


class PetitionReasonInput(PetitionActInput):
    """Lý do, nội dung cần bổ sung hoặc câu trả lời."""

    text = serializers.CharField(max_length=5000)


class PublicationInput(PetitionActInput):
    """Nội dung công khai, đã bỏ thông tin riêng."""

    subject = serializers.CharField(max_length=200)
    content = serializers.CharField(max_length=5000)


class RatingOutput(serializers.Serializer[Any]):
    """Một đánh giá hài lòng; mức 1 đến 5."""

    id = serializers.IntegerField()
    dossier_code = serializers.CharField(source="dossier.code")
    agency = AgencyName()
    satisfaction = serializers.IntegerField()
    attitude = serializers.IntegerField(allow_null=True)
    timing = serializers.IntegerField(allow_null=True)
    remark = serializers.CharField()
    source = serializers.ChoiceField(  # type: ignore[assignment]  # the framework's own name
        choices=RatingSource.choices
    )
    given_at = serializers.DateTimeField()
    is_hidden = serializers.BooleanField(help_text="Góp ý đang ẩn trước công chúng.")


class RatingList(serializers.Serializer[Any]):
    """Một trang đánh giá."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = RatingOutput(many=True)


class RatingQuery(serializers.Serializer[Any]):
    """Trang trước, trang sau."""

    after = serializers.CharField(required=False, help_text="Con trỏ; dùng địa chỉ `next`.")
    before = serializers.CharField(required=False, help_text="Con trỏ; dùng địa chỉ `previous`.")


class ModerationInput(serializers.Serializer[Any]):
    """Ẩn hoặc hiện lại góp ý, có lý do."""

    hides = serializers.BooleanField()
    reason = serializers.CharField(max_length=500)
