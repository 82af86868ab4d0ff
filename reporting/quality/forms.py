"""Forms of working through findings: shape only."""

from django import forms


class ExplainForm(forms.Form):
    """Giải trình: dữ liệu không sai."""

    reason = forms.CharField(
        label="Vì sao dữ liệu không sai",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Hãy ghi rõ vì sao dữ liệu không sai."},
    )


class ReopenForm(forms.Form):
    """Yêu cầu xem lại một giải trình."""

    reason = forms.CharField(
        label="Điều cần giải trình thêm",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Hãy ghi rõ điều cần giải trình thêm."},
    )
