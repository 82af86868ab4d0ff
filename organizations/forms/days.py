"""The field for a day, typed as people here write it."""

from django import forms


def day_field(
    label: str, hint: str = "Ngày/tháng/năm.", *, name: str = "", required: bool = True
) -> forms.DateField:
    """A day; `name` tells in the sentences of refusal which one is meant."""
    told = {
        "required": f"Hãy ghi {name}.",
        "invalid": f"Hãy ghi {name} theo dạng ngày/tháng/năm, ví dụ 20/11/2026.",
    }
    return forms.DateField(
        label=label,
        help_text=hint,
        required=required,
        widget=forms.DateInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages=told if name else None,
    )
