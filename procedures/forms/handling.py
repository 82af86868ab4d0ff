"""The forms that give a procedure to agencies: which ones, how far online, by which steps."""

from decimal import Decimal
from typing import Any

from django import forms
from django.forms import formset_factory

from organizations.models import Agency
from organizations.statuses import AgencyKind
from procedures.catalog import StepPlan
from procedures.handling import Handling
from procedures.models import ProcedureAssignment
from procedures.parsing.wording import one_line
from procedures.statuses import OnlineLevel, StepRole

MOST_STEPS = 20
DEFAULT_STEPS = (
    {"name": "Tiếp nhận và chuyển hồ sơ", "role": StepRole.COUNTER, "share": "5"},
    {"name": "Thẩm định hồ sơ", "role": StepRole.OFFICER, "share": "70"},
    {"name": "Phê duyệt kết quả", "role": StepRole.HEAD, "share": "20"},
    {"name": "Trả kết quả", "role": StepRole.COUNTER, "share": "5"},
)


class HandlingForm(forms.Form):
    """Giao thủ tục cho cơ quan."""

    every_commune = forms.BooleanField(label="Mọi xã, phường", required=False)
    agencies = forms.ModelMultipleChoiceField(
        label="Cơ quan",
        queryset=Agency.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-many"}),
    )
    online_level = forms.ChoiceField(
        label="Dịch vụ công trực tuyến", choices=OnlineLevel.choices, widget=forms.RadioSelect
    )
    online_reason = forms.CharField(
        label="Lý do chưa cung cấp toàn trình",
        max_length=500,
        required=False,
        help_text="Bắt buộc với dịch vụ một phần (Điều 14 Nghị định 224/2026/NĐ-CP).",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    on_the_spot = forms.BooleanField(
        label="4 tại chỗ: tiếp nhận, thẩm định, phê duyệt và trả kết quả ngay tại quầy",
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["agencies"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 (tells mypy)
        field.queryset = Agency.objects.active().in_order()

    def chosen(self) -> list[Agency]:
        """The agencies that were ticked, and the communes when all of them were asked for."""
        given = self.cleaned_data
        chosen = {agency.pk: agency for agency in given["agencies"]}
        if given["every_commune"]:
            communes = Agency.objects.active().filter(kind=AgencyKind.COMMUNE)
            chosen |= {agency.pk: agency for agency in communes}
        return list(chosen.values())


class StepForm(forms.Form):
    """Một bước của quy trình nội bộ."""

    name = forms.CharField(label="Tên bước", max_length=200)
    role = forms.ChoiceField(label="Người thực hiện", choices=[("", "Chọn"), *StepRole.choices])
    share = forms.DecimalField(
        label="Tỷ lệ thời gian (%)", min_value=0, max_value=100, max_digits=5, decimal_places=2
    )


class StepRows(forms.BaseFormSet):  # type: ignore[type-arg]
    """Quy trình nội bộ: the shares make a hundred."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """Name Django's two fields in the words of the page."""
        super().add_fields(form, index)
        form.fields["DELETE"].label = "Bỏ bước này"
        form.fields["ORDER"].label = "Thứ tự"

    def plan(self) -> tuple[StepPlan, ...]:
        """The steps in their order."""
        rows = [form.cleaned_data for form in self.ordered_forms]
        return tuple(
            StepPlan(one_line(row["name"]), StepRole(row["role"]), row["share"]) for row in rows
        )


StepFormSet: Any = formset_factory(
    StepForm,
    formset=StepRows,
    extra=1,
    can_delete=True,
    can_order=True,
    max_num=MOST_STEPS,
    absolute_max=MOST_STEPS + 1,
    validate_max=True,
)


def handling_of(form: HandlingForm, steps: StepRows) -> Handling:
    """Both forms as the act takes them."""
    given = form.cleaned_data
    return Handling(
        steps=steps.plan(),
        online_level=OnlineLevel(given["online_level"]),
        online_reason=given["online_reason"],
        on_the_spot=given["on_the_spot"],
    )


def initial_of(assignment: ProcedureAssignment | None) -> tuple[dict[str, Any], list[Any]]:
    """What the page shows first: how that agency handles it today, or the usual four steps."""
    if assignment is None:
        return {"online_level": OnlineLevel.NONE}, list(DEFAULT_STEPS)
    steps = [
        {"name": step.name, "role": step.role, "share": _plain(step.share)}
        for step in assignment.steps.order_by("position")
    ]
    facts = {
        "agencies": [assignment.agency_id],
        "online_level": assignment.online_level,
        "online_reason": assignment.online_reason,
        "on_the_spot": assignment.on_the_spot,
    }
    return facts, steps


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
