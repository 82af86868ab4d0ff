"""The form of the rule on what a supplement does to the promised day."""

from datetime import date

from django import forms

from organizations.forms.days import day_field
from procedures.statuses import ClockEffect


class ClockRuleForm(forms.Form):
    """Quy tắc tính thời hạn khi bổ sung hồ sơ."""

    effect = forms.ChoiceField(
        label="Khi người nộp bổ sung xong, thời hạn",
        choices=ClockEffect.choices,
        widget=forms.RadioSelect,
    )
    in_force_from = day_field("Áp dụng từ ngày", "Hôm nay hoặc một ngày sau đó, ngày/tháng/năm.")
    basis = forms.CharField(
        label="Căn cứ pháp lý",
        max_length=300,
        help_text="Ví dụ: khoản 4 Điều 19 Nghị định 61/2018/NĐ-CP.",
    )

    @property
    def effect_chosen(self) -> ClockEffect:
        """What was chosen, as the acts take it."""
        return ClockEffect(self.cleaned_data["effect"])

    @property
    def first_day(self) -> date:
        """From which day on."""
        day: date = self.cleaned_data["in_force_from"]
        return day
