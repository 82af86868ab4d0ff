"""Forms of the acts on the calendar: what is entered, turned into an edit."""

from typing import Any

from django import forms

from dossiers.calendar_edits import AttachAgency
from dossiers.forms.grounds import EditForm, offer, schedules
from dossiers.forms.hours import HoursForm
from organizations.forms.days import day_field
from organizations.models import Agency
from workdays.days import AddDayOff, AddMakeUpDay, ConfirmDay, RemoveDay, SwapDays
from workdays.editing import Edit
from workdays.kinds import DayOffKind
from workdays.models import WorkSchedule
from workdays.schedules import CreateSchedule


class DayOffForm(EditForm):
    """Thêm ngày nghỉ."""

    title = "Thêm ngày nghỉ"
    lead = "Ngày nghỉ lễ, Tết, nghỉ bù hoặc nghỉ theo quyết định của tỉnh; áp dụng cho mọi cơ quan."
    day = day_field("Ngày nghỉ")
    kind = forms.ChoiceField(
        label="Loại ngày nghỉ",
        choices=[
            (kind.value, kind.label) for kind in (DayOffKind.HOLIDAY, DayOffKind.COMPENSATORY)
        ],
        help_text="Ngày nghỉ đổi lấy ngày làm bù thì dùng “Hoán đổi ngày làm việc”.",
    )
    name = forms.CharField(label="Tên ngày nghỉ", max_length=200)
    is_provisional = forms.BooleanField(
        label="Tạm tính: chưa có thông báo chính thức", required=False
    )

    def edit(self) -> Edit:
        given = self.cleaned_data
        return AddDayOff(
            day=given["day"],
            kind=DayOffKind(given["kind"]),
            name=given["name"],
            is_provisional=given["is_provisional"],
        )


class MakeUpDayForm(EditForm):
    """Thêm ngày làm bù."""

    title = "Thêm ngày làm bù"
    lead = "Thứ Bảy hoặc Chủ nhật đi làm thay cho một ngày nghỉ đã có trong lịch."
    day = day_field("Ngày làm bù")
    replaces = day_field("Làm bù cho ngày nghỉ")
    name = forms.CharField(label="Tên ngày làm bù", max_length=200, initial="Ngày làm bù")

    def edit(self) -> Edit:
        given = self.cleaned_data
        return AddMakeUpDay(day=given["day"], replaces=given["replaces"], name=given["name"])


class SwapForm(EditForm):
    """Hoán đổi ngày làm việc."""

    title = "Hoán đổi ngày làm việc"
    lead = "Nghỉ một ngày trong tuần và làm bù vào thứ Bảy hoặc Chủ nhật; nhập cả hai một lần."
    day_off = day_field("Nghỉ ngày")
    make_up = day_field("Làm bù vào ngày")

    def edit(self) -> Edit:
        return SwapDays(day_off=self.cleaned_data["day_off"], make_up=self.cleaned_data["make_up"])


class RemoveDayForm(EditForm):
    """Bỏ một ngày."""

    title = "Bỏ ngày nghỉ hoặc ngày làm bù"
    lead = "Ngày nghỉ hoán đổi được bỏ cùng với ngày làm bù của nó."
    day = day_field("Ngày cần bỏ")

    def edit(self) -> Edit:
        return RemoveDay(day=self.cleaned_data["day"])


class ConfirmDayForm(EditForm):
    """Xác nhận ngày nghỉ tạm tính."""

    title = "Xác nhận ngày nghỉ tạm tính"
    lead = "Đã có thông báo chính thức. Nếu thông báo ghi ngày khác, hãy bỏ ngày này rồi thêm lại."
    day = day_field("Ngày nghỉ tạm tính")

    def edit(self) -> Edit:
        return ConfirmDay(day=self.cleaned_data["day"])


class ScheduleForm(EditForm):
    """Lập lịch làm việc mới."""

    title = "Lập lịch làm việc mới"
    lead = "Lịch mới bắt đầu bằng giờ của một lịch đã có; sau đó đặt giờ riêng từ một ngày."
    name = forms.CharField(label="Tên lịch", max_length=200)
    code = forms.SlugField(
        label="Mã lịch",
        help_text="Chữ không dấu, số và gạch nối, ví dụ gio-mua-he.",
        max_length=35,
    )
    copied_from = forms.ModelChoiceField(
        label="Theo giờ của lịch", queryset=WorkSchedule.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "copied_from", schedules())

    def edit(self) -> Edit:
        given = self.cleaned_data
        return CreateSchedule(
            code=given["code"], name=given["name"], copied_from=given["copied_from"]
        )


class AttachForm(EditForm):
    """Chuyển cơ quan sang lịch khác."""

    title = "Chuyển cơ quan sang lịch làm việc khác"
    lead = "Hồ sơ đang giải quyết của cơ quan được tính lại ngày hẹn theo lịch mới."
    agency = forms.ModelChoiceField(
        label="Cơ quan", queryset=Agency.objects.none(), empty_label="Chọn cơ quan"
    )
    schedule = forms.ModelChoiceField(
        label="Lịch làm việc", queryset=WorkSchedule.objects.none(), empty_label="Chọn lịch"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "agency", Agency.objects.filter(is_active=True).order_by("sort_key", "id"))
        offer(self, "schedule", schedules())

    def edit(self) -> Edit:
        return AttachAgency(
            agency=self.cleaned_data["agency"], schedule=self.cleaned_data["schedule"]
        )


# By the word in the address.
FORMS: dict[str, type[EditForm]] = {
    "ngay-nghi": DayOffForm,
    "lam-bu": MakeUpDayForm,
    "hoan-doi": SwapForm,
    "bo-ngay": RemoveDayForm,
    "xac-nhan": ConfirmDayForm,
    "gio-lam-viec": HoursForm,
    "lich-moi": ScheduleForm,
    "chuyen-lich": AttachForm,
}
