"""Forms of handing papers over and of confirming them: shape only, no rules of state."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError

from dossiers.converters import codes_in
from liaison import handing, places
from liaison.confirming import Findings
from liaison.handing import Consignment
from liaison.places import Place
from liaison.statuses import Carried, HandoverWay
from organizations.models import Agency, ServiceCounter, User

# Two hundred codes with their look-up addresses, and as much again for what a scanner adds.
_LONGEST_SCAN = 40_000


class ScannedField(forms.CharField):
    """Codes as a scanner types them: one in a line, or inside the address of a QR code."""

    def __init__(self, *, rows: int = 4, **options: Any) -> None:
        widget = forms.Textarea(
            attrs={"rows": rows, "data-scans": True, "autocomplete": "off", "spellcheck": "false"}
        )
        super().__init__(max_length=_LONGEST_SCAN, required=False, widget=widget, **options)

    def clean(self, value: Any) -> list[str]:
        """The codes; a line without one is pointed out."""
        return handing.scanned(super().clean(value))


class CodesField(forms.MultipleChoiceField):
    """Codes that were ticked; whether they may go is not the form's business."""

    def valid_value(self, value: str) -> bool:
        """Anything that has the form of a code."""
        return codes_in(value) == [value]


class HandOverForm(forms.Form):
    """Lập biên bản bàn giao."""

    submission_key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={
            "required": "Biểu mẫu không đầy đủ. Hãy mở lại trang.",
            "invalid": "Biểu mẫu không đúng. Hãy mở lại trang.",
        },
    )
    origin = forms.ChoiceField(label="Bên giao")
    destination = forms.ChoiceField(
        label="Bên nhận", error_messages={"required": "Hãy chọn bên nhận."}
    )
    carries = forms.ChoiceField(
        label="Bàn giao", choices=Carried.choices, widget=forms.RadioSelect, initial=Carried.PAPERS
    )
    way = forms.ChoiceField(
        label="Cách chuyển",
        choices=HandoverWay.choices,
        widget=forms.RadioSelect,
        initial=HandoverWay.BY_HAND,
    )
    tracking_number = forms.CharField(
        label="Số hiệu bưu gửi", max_length=40, required=False, help_text="Chỉ khi gửi bưu chính."
    )
    codes = ScannedField(
        label="Quét hồ sơ",
        help_text="Đặt con trỏ vào đây rồi quét mã QR trên từng giấy tiếp nhận; mỗi mã một dòng.",
    )
    ticked = CodesField(label="Hồ sơ chờ bàn giao", required=False)
    note = forms.CharField(label="Ghi chú", max_length=500, required=False)

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._origins = {place.key: place for place in places.own_places(actor)}
        self._destinations = _destinations()
        self._offer("origin", [(key, place.name) for key, place in self._origins.items()])
        named = [(key, place.name) for key, place in self._destinations.items()]
        self._offer("destination", [("", "Chọn bên nhận"), *named])
        self.initial.setdefault("submission_key", uuid4())

    def _offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (tells mypy)
        field.choices = choices

    @property
    def consignment(self) -> Consignment:
        """What a valid form hands over."""
        given = self.cleaned_data
        return Consignment(
            origin=self._origins[given["origin"]],
            destination=self._destinations[given["destination"]],
            codes=[*given["ticked"], *given["codes"]],
            carries=Carried(given["carries"]),
            way=HandoverWay(given["way"]),
            submission_key=given["submission_key"],
            tracking_number=given["tracking_number"],
            note=given["note"],
        )


def _destinations() -> dict[str, Place]:
    """Every agency and counter in work, the counters first."""
    counters = ServiceCounter.objects.filter(is_active=True).select_related("agency")
    known = [Place(counter=counter) for counter in counters.order_by("agency__path", "name")]
    known += [Place(agency=agency) for agency in Agency.objects.active().in_order()]
    return {place.key: place for place in known}


class ConfirmForm(forms.Form):
    """Xác nhận bàn giao."""

    everything = forms.BooleanField(required=False, widget=forms.HiddenInput)
    codes = ScannedField(
        label="Quét hồ sơ đã nhận",
        help_text="Đặt con trỏ vào đây rồi quét mã QR của từng hồ sơ trong túi.",
    )
    ticked = CodesField(label="Hồ sơ đã nhận", required=False)
    rest_is_missing = forms.BooleanField(
        label="Những hồ sơ còn lại không có trong túi", required=False
    )
    missing_reason = forms.CharField(label="Lý do hồ sơ thiếu", max_length=500, required=False)
    extra = ScannedField(
        label="Hồ sơ thừa", rows=2, help_text="Có trong túi nhưng không có trong biên bản."
    )
    extra_reason = forms.CharField(label="Lý do hồ sơ thừa", max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        """All of it came, or some of it is missing: not both."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("everything") and given.get("rest_is_missing"):
            raise ValidationError("Hãy chọn hoặc nhận đủ, hoặc báo thiếu những hồ sơ còn lại.")
        return given

    @property
    def findings(self) -> Findings:
        """What a valid form says."""
        given = self.cleaned_data
        return Findings(
            received=[*given["ticked"], *given["codes"]],
            rest_is_received=given["everything"],
            rest_is_missing=given["rest_is_missing"],
            missing_reason=given["missing_reason"],
            extra=given["extra"],
            extra_reason=given["extra_reason"],
        )


class WhereForm(forms.Form):
    """Hồ sơ giấy đang ở đâu."""

    q = ScannedField(label="Mã hồ sơ", rows=2, help_text="Nhập hoặc quét một hay nhiều mã hồ sơ.")
