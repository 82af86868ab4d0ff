"""Shape of what is sent to name a substitute."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from organizations.forms.days import day_field
from organizations.models import Membership, User


class _Post(forms.ModelChoiceField):  # type: ignore[type-arg]
    """An officer's post, by the person and the agency."""

    def label_from_instance(self, post: Any) -> str:
        return f"{post.user.full_name} – {post.agency.short_name}"


class LeaveForm(forms.Form):
    """Phân công người xử lý thay."""

    post = _Post(label="Người nghỉ", queryset=Membership.objects.none(), empty_label="Chọn người")
    substitute = forms.ModelChoiceField(
        label="Người xử lý thay",
        queryset=User.objects.none(),
        empty_label="Chọn công chức cùng cơ quan",
    )
    first_day = day_field("Từ ngày")
    last_day = day_field("Đến hết ngày")
    reason = forms.CharField(label="Lý do", max_length=200, required=False)

    def __init__(
        self, *args: Any, posts: QuerySet[Membership], officers: QuerySet[User], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "post", posts)
        _offer(self, "substitute", officers)


def _offer(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    field: Any = form.fields[name]
    field.queryset = rows
