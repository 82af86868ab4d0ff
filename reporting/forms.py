"""Shapes of what people enter on the pages of reporting."""

from typing import Any

from django import forms

from reporting.duty.grading import GRADED
from reporting.duty.scoring import MOST_POINTS, DutyIndex

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
