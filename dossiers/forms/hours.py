"""The table of a week's working hours as a form."""

from collections.abc import Iterator
from datetime import date, time
from typing import Any, NamedTuple

from django import forms

from dossiers.forms.grounds import EditForm, offer, schedules
from organizations.forms.days import day_field
from workdays.editing import Edit
from workdays.hours import Session
from workdays.kinds import Weekday
from workdays.models import WorkSchedule
from workdays.schedules import SetHours

TIMES = ["%H:%M", "%Hh%M", "%Hg%M"]


class HoursRow(NamedTuple):
    """One line of the table of hours."""

    label: str
    fields: tuple[forms.BoundField, ...]


# Monday to Sunday, then the hours of make-up days.
_WEEK = (*(day for day in Weekday if day), Weekday.MAKE_UP)
_PARTS = (("am", "sáng"), ("pm", "chiều"))


class HoursForm(EditForm):
    """Đặt giờ làm việc of a whole week, from a day on."""

    title = "Đặt giờ làm việc"
    lead = (
        "Giờ của cả tuần, áp dụng từ ngày bắt đầu; giờ trước ngày đó giữ nguyên, "
        "giờ đã đặt cho sau ngày đó được thay hết."
    )
    schedule = forms.ModelChoiceField(
        label="Lịch làm việc", queryset=WorkSchedule.objects.none(), empty_label="Chọn lịch"
    )
    valid_from = day_field("Áp dụng từ ngày")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "schedule", schedules())
        for name, field in _hour_fields():
            self.fields[name] = field

    @property
    def questions(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if not field.name.startswith("hours_")]

    @property
    def rows(self) -> list[HoursRow]:
        """The table of hours."""
        return [
            HoursRow(str(day.label), tuple(field for field in self if _is_of(field.name, day)))
            for day in _WEEK
        ]

    def clean(self) -> dict[str, Any]:
        """A session has both an opening and a closing."""
        given = super().clean() or {}
        for day in _WEEK:
            for part, word in _PARTS:
                opens, closes = (_name(day, f"{part}_{end}") for end in ("opens", "closes"))
                if bool(given.get(opens)) != bool(given.get(closes)) and not (
                    {opens, closes} & set(self.errors)
                ):
                    missing = closes if given.get(opens) else opens
                    self.add_error(missing, f"Buổi {word} cần cả giờ mở cửa và giờ đóng cửa.")
        return given

    def edit(self) -> Edit:
        given = self.cleaned_data
        return SetHours(
            schedule=given["schedule"],
            valid_from=given["valid_from"],
            week=tuple(self._sessions()),
        )

    def _sessions(self) -> Iterator[Session]:
        given = self.cleaned_data
        for day in _WEEK:
            for part, _ in _PARTS:
                opens = given[_name(day, f"{part}_opens")]
                if opens:
                    closes = given[_name(day, f"{part}_closes")]
                    yield Session(day, opens, closes, counts=given[_name(day, "counts")])


def hours_of(schedule: WorkSchedule, *, today: date) -> dict[str, Any]:
    """What the table shows at first: the hours in force today."""
    shown: dict[str, Any] = {"schedule": schedule}
    for row in schedule.hours.order_by("opens_at"):
        if row.valid_from <= today <= (row.valid_until or date.max):
            day = Weekday(row.weekday)
            part = "am" if row.opens_at < time(12) else "pm"
            shown[_name(day, f"{part}_opens")] = row.opens_at
            shown[_name(day, f"{part}_closes")] = row.closes_at
            shown[_name(day, "counts")] = row.counts
    return shown


def _hour_fields() -> Iterator[tuple[str, forms.Field]]:
    for day in _WEEK:
        for part, word in _PARTS:
            for end, does in (("opens", "mở cửa"), ("closes", "đóng cửa")):
                yield _name(day, f"{part}_{end}"), _time_field(f"{day.label}, {word} {does} lúc")
        label = f"{day.label}, tính vào thời hạn"
        widget = forms.CheckboxInput(attrs={"aria-label": label})
        yield (
            _name(day, "counts"),
            forms.BooleanField(label=label, required=False, initial=True, widget=widget),
        )


def _time_field(label: str) -> forms.TimeField:
    widget = forms.TimeInput(
        format="%H:%M",
        attrs={"aria-label": label, "inputmode": "numeric", "autocomplete": "off", "size": 5},
    )
    return forms.TimeField(
        label=label,
        required=False,
        input_formats=TIMES,
        widget=widget,
        error_messages={"invalid": "Hãy ghi giờ như 07:30."},
    )


def _name(day: Weekday, part: str) -> str:
    return f"hours_{day.value}_{part}"


def _is_of(name: str, day: Weekday) -> bool:
    return name.startswith(f"hours_{day.value}_")
