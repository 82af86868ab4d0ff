"""Forms of administrators: an agency, a counter, a person, a role."""

from typing import Any

from django import forms

from organizations.models import Agency, ServiceCounter
from organizations.roles import Role
from organizations.statuses import AgencyKind
from organizations.structure import AgencyFacts
from workdays.models import WorkSchedule


def line(label: str, *, required: bool = True, length: int = 200, hint: str = "") -> Any:
    """One line of text."""
    return forms.CharField(label=label, required=required, max_length=length, help_text=hint)


class AgencyForm(forms.Form):
    """Những gì ghi về một cơ quan."""

    name = line("Tên cơ quan")
    short_name = line("Tên gọi tắt", length=60)
    place = line("Địa danh trên văn bản", length=60)
    address = line("Địa chỉ", required=False, length=300)
    phone = line("Điện thoại", required=False, length=30)
    due_soon_days = forms.IntegerField(
        label="Nhắc trước hạn (ngày làm việc)", min_value=1, max_value=30, initial=1
    )
    is_active = forms.BooleanField(
        label="Đang hoạt động",
        required=False,
        initial=True,
        help_text="Cơ quan ngừng hoạt động không nhận hồ sơ mới.",
    )


class NewAgencyForm(forms.Form):
    """Cơ quan mới."""

    parent = forms.ModelChoiceField(
        label="Trực thuộc", queryset=Agency.objects.none(), empty_label="Chọn cơ quan"
    )
    code = line("Mã định danh", length=35, hint="Dạng H41.15; không đổi được về sau.")
    kind = forms.ChoiceField(label="Loại", choices=AgencyKind.choices)
    name = line("Tên cơ quan")
    short_name = line("Tên gọi tắt", length=60)
    place = line("Địa danh trên văn bản", length=60)
    schedule = forms.ModelChoiceField(
        label="Giờ làm việc", queryset=WorkSchedule.objects.order_by("name", "id"), empty_label=None
    )
    address = line("Địa chỉ", required=False, length=300)
    phone = line("Điện thoại", required=False, length=30)

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "parent", agencies)

    def facts(self) -> AgencyFacts:
        """What was entered, as the act takes it."""
        given = {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in {"parent", "schedule"}
        }
        return AgencyFacts(**{**given, "kind": AgencyKind(given["kind"])})


class CounterForm(forms.Form):
    """Bộ phận một cửa."""

    name = line("Tên")
    address = line("Địa chỉ", length=300)
    phone = line("Điện thoại", length=30)
    is_active = forms.BooleanField(label="Đang hoạt động", required=False, initial=True)


class PersonForm(forms.Form):
    """Những gì ghi về một người."""

    full_name = line("Họ và tên", length=120)
    title = line("Chức vụ", required=False, length=120)
    phone = line("Điện thoại", required=False, length=30)
    email = forms.EmailField(label="Thư điện tử", required=False)


class ChangePersonForm(PersonForm):
    """Sửa một người; bỏ dấu thì người đó không đăng nhập được nữa."""

    is_active = forms.BooleanField(
        label="Được đăng nhập",
        required=False,
        help_text="Bỏ dấu thì mọi phiên đăng nhập của người này kết thúc.",
    )


class MembershipForm(forms.Form):
    """Một vai trò tại một cơ quan."""

    role = forms.ChoiceField(label="Vai trò", choices=[("", "Chọn vai trò"), *Role.choices])
    agency = forms.ModelChoiceField(
        label="Cơ quan", queryset=Agency.objects.none(), empty_label="Chọn cơ quan"
    )
    counter = forms.ModelChoiceField(
        label="Bộ phận một cửa",
        queryset=ServiceCounter.objects.none(),
        required=False,
        empty_label="Không",
        help_text="Chỉ chọn cho cán bộ một cửa.",
    )

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "agency", agencies)
        counters = ServiceCounter.objects.filter(is_active=True, agency__in=agencies)
        offer(self, "counter", counters.order_by("name", "id"))

    def membership(self) -> dict[str, object]:
        """The role as the act takes it."""
        return {name: self.cleaned_data[name] for name in ("role", "agency", "counter")}


class NewPersonForm(PersonForm, MembershipForm):
    """Người dùng mới, với vai trò đầu tiên."""

    username = forms.RegexField(
        r"^[a-z0-9][a-z0-9._-]*$",
        label="Tên đăng nhập",
        max_length=60,
        help_text="Chữ thường không dấu, số, dấu chấm và gạch nối, ví dụ tuphap.cv2.",
        error_messages={
            "invalid": "Tên đăng nhập chỉ gồm chữ thường không dấu, số, dấu chấm và gạch nối."
        },
    )
    field_order = [
        "full_name", "username", "title", "phone", "email", "role", "agency", "counter",
    ]  # fmt: skip

    def person(self) -> dict[str, str]:
        """The person as the act takes them."""
        names = ("username", "full_name", "title", "phone", "email")
        return {name: self.cleaned_data[name] for name in names}


def offer(form: forms.Form, name: str, queryset: Any) -> None:
    """Fills a choice with what this administrator may choose."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells mypy what it is)
    field.queryset = queryset
