"""The form of a set of rules: every rule with its value, its article, and whether it was read."""

from dataclasses import dataclass
from typing import Any

from django import forms

from dossiers.models import RuleBook
from dossiers.rule_scheduling import Given, Plan
from dossiers.rules import KINDS, Kind
from organizations.forms.days import day_field
from procedures.statuses import ClockEffect


@dataclass(frozen=True)
class Line:
    """One rule as the page draws it."""

    label: str
    unit: str
    text: forms.BoundField
    article: forms.BoundField
    is_verified: forms.BoundField

    @property
    def fields(self) -> list[forms.BoundField]:
        """In the order of the columns."""
        return [self.text, self.article, self.is_verified]


class RuleBookForm(forms.Form):
    """Đặt lịch bộ quy tắc; begins with the values of the latest set."""

    title = forms.CharField(
        label="Tên các văn bản",
        help_text="Ví dụ: Nghị định 118/2025/NĐ-CP và Thông tư 03/2025/TT-VPCP.",
        max_length=200,
    )
    code = forms.SlugField(
        label="Mã bộ quy tắc",
        help_text="Chữ không dấu, số và gạch nối, ví dụ nd118-2025.",
        max_length=30,
    )
    in_force_from = day_field("Có hiệu lực từ ngày", "Ngày/tháng/năm, ít nhất hai ngày nữa.")

    def __init__(self, *args: Any, latest: RuleBook, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {value.key: value for value in latest.values.all()}
        for key, kind in KINDS.items():
            self.fields[f"text_{key}"] = _value_field(kind)
            self.fields[f"article_{key}"] = forms.CharField(
                label=f"Điều, khoản của: {kind.label}", max_length=200
            )
            self.fields[f"is_verified_{key}"] = forms.BooleanField(
                label=f"Đã kiểm chứng: {kind.label}", required=False
            )
            if key in known:
                self.initial[f"text_{key}"] = known[key].text
                self.initial[f"article_{key}"] = known[key].article

    @property
    def heads(self) -> list[forms.BoundField]:
        """What names the set."""
        return [self["title"], self["code"], self["in_force_from"]]

    @property
    def lines(self) -> list[Line]:
        """The rules, a line each."""
        return [
            Line(
                kind.label,
                kind.unit,
                self[f"text_{key}"],
                self[f"article_{key}"],
                self[f"is_verified_{key}"],
            )
            for key, kind in KINDS.items()
        ]

    def plan(self) -> Plan:
        """What was entered, as the act takes it."""
        given = self.cleaned_data
        values = {
            key: Given(
                text=given[f"text_{key}"],
                article=given[f"article_{key}"],
                is_verified=given[f"is_verified_{key}"],
            )
            for key in KINDS
        }
        return Plan(
            code=given["code"],
            title=given["title"],
            in_force_from=given["in_force_from"],
            values=values,
        )


def _value_field(kind: Kind) -> forms.Field:
    if kind.parse is ClockEffect:
        return forms.ChoiceField(label=kind.label, choices=ClockEffect.choices)
    # A form that a circular does not have stays empty.
    return forms.CharField(label=kind.label, max_length=100, required=kind.parse is not str)
