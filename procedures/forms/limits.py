"""The form that settles a time limit which the source left open."""

from django import forms

from workdays.units import TimeUnit


class TimeLimitForm(forms.Form):
    """Xác nhận thời hạn mà nguồn không in đủ."""

    time_limit = forms.DecimalField(
        label="Thời hạn",
        min_value=0,
        max_digits=9,
        decimal_places=3,
        required=False,
        help_text="Chỉ nhập khi nguồn không in số.",
    )
    unit = forms.ChoiceField(label="Đơn vị", choices=[("", "Chọn đơn vị"), *TimeUnit.choices])
    reason = forms.CharField(
        label="Lý do, căn cứ",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ghi văn bản quy định thời hạn này; lý do nằm lại trong lịch sử của thủ tục.",
    )
    every_channel = forms.BooleanField(
        label="Áp dụng cho mọi kênh của thủ tục in cùng một số", required=False, initial=True
    )
