"""Shapes of what people enter on the pages of reporting."""

from collections.abc import Iterable
from typing import Any

from django import forms

from reporting.duty.grading import GRADED
from reporting.duty.scoring import MOST_POINTS, DutyIndex
from reporting.reform.acts import Mark
from reporting.reform.criteria import Criterion

_CHOOSE = {"required": "Hãy chọn chỉ số.", "invalid_choice": "Hãy chọn chỉ số 5 hoặc 6."}
_POINTS = {"required": "Hãy chọn điểm.", "invalid_choice": "Hãy chấm 0, 1 hoặc 2 điểm."}


def _index(value: Any) -> DutyIndex:
    return DutyIndex(int(value))


class GradeForm(forms.Form):
    """Chấm điểm chỉ số 5, 6."""

    index = forms.TypedChoiceField(
        label="Chỉ số",
        choices=[(index.value, f"{index.value}. {index.label}") for index in GRADED],
        coerce=_index,
        error_messages=_CHOOSE,
    )
    points = forms.TypedChoiceField(
        label="Điểm",
        choices=[(points, str(points)) for points in range(MOST_POINTS, -1, -1)],
        coerce=int,
        error_messages=_POINTS,
    )
    reason = forms.CharField(
        label="Căn cứ",
        max_length=500,
        error_messages={
            "required": "Hãy ghi rõ căn cứ chấm điểm.",
            "max_length": "Căn cứ dài quá 500 ký tự. Hãy viết gọn lại.",
        },
    )


class MarksForm(forms.Form):
    """Điểm các tiêu chí của phiếu: a pair of fields for each criterion."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, criteria: Iterable[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = []
        for criterion in criteria:
            self.codes.append(criterion.code)
            self.fields[f"points_{criterion.code}"] = _points_field(criterion)
            self.fields[f"text_{criterion.code}"] = _text_field(criterion)

    @property
    def marks(self) -> dict[str, Mark]:
        """What was entered, once the form is valid."""
        given = self.cleaned_data
        return {
            code: Mark(points=given[f"points_{code}"], text=given[f"text_{code}"])
            for code in self.codes
        }


def _points_field(criterion: Criterion) -> forms.DecimalField:
    field = forms.DecimalField(
        label=f"Điểm tiêu chí {criterion.code}",
        required=False,
        localize=True,
        min_value=0,
        max_value=criterion.maximum,
        max_digits=5,
        decimal_places=2,
        error_messages={
            "invalid": f"Tiêu chí {criterion.code}: điểm phải là một số, ví dụ 2,5.",
            "min_value": f"Tiêu chí {criterion.code}: điểm không được âm.",
            "max_value": f"Tiêu chí {criterion.code}: điểm tối đa là {criterion.maximum}.",
            "max_decimal_places": f"Tiêu chí {criterion.code}: ghi nhiều nhất hai chữ số lẻ.",
            "max_digits": f"Tiêu chí {criterion.code}: điểm có quá nhiều chữ số.",
            "max_whole_digits": f"Tiêu chí {criterion.code}: điểm có quá nhiều chữ số.",
        },
    )
    field.widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    return field


def _text_field(criterion: Criterion) -> forms.CharField:
    return forms.CharField(
        label=f"Giải trình tiêu chí {criterion.code}",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 1}),
        error_messages={"max_length": f"Tiêu chí {criterion.code}: giải trình dài quá 1000 ký tự."},
    )
