"""Moments, amounts and durations in the words of the office; library messages in Vietnamese."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import django_filters
import pytest
from django import forms
from django.core.validators import MinLengthValidator
from rest_framework import serializers

from dossiers.models import Dossier
from tthc_portal.templatetags import wording
from workdays.units import TimeUnit

# 23:30 UTC on the 23rd is the morning of the 24th in Viet Nam.
LATE = datetime.fromisoformat("2026-04-23T23:30:00+00:00")


def test_a_moment_is_told_in_local_time():
    assert wording.moment(LATE) == "06:30 24/04/2026"
    assert wording.moment(None) == ""


def test_a_day_of_a_moment_is_the_local_day():
    assert wording.day(LATE) == "24/04/2026"
    assert wording.day(date(2026, 5, 6)) == "06/05/2026"
    assert wording.day(None) == ""


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2026, 11, 27), "thứ Sáu 27/11/2026"),
        (date(2026, 11, 29), "Chủ nhật 29/11/2026"),
        (LATE, "thứ Sáu 24/04/2026"),
        (None, ""),
    ],
)
def test_a_day_with_its_weekday(value, words):
    assert wording.weekday_day(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1_234_500, "1.234.500 đồng"),
        (Decimal("8000.00"), "8.000 đồng"),
        (0, "Miễn phí"),
        (Decimal("0.00"), "Miễn phí"),
        (None, "Chưa xác định"),
    ],
)
def test_nothing_to_pay_and_nothing_known_are_told_apart(value, words):
    assert wording.amount(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1234.5, "1.234,5"),
        (Decimal("1.50"), "1,5"),
        (Decimal("1E+3"), "1.000"),
        (-2, "-2"),
        (100, "100"),
        (0, "0"),
        (None, ""),
    ],
)
def test_a_number_has_vietnamese_marks_and_no_idle_zeros(value, words):
    assert wording.number(value) == words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (Decimal("1.5"), TimeUnit.WORKING_DAY, "1,5 ngày làm việc"),
        (Decimal("30.00"), "calendar_day", "30 ngày"),
        (8, "working_hour", "8 giờ làm việc"),
        (2, "month", "2 tháng"),
        (None, "", "Chưa xác định"),
    ],
)
def test_a_time_limit_with_its_unit(value, unit, words):
    assert wording.limit_text(value, unit) == words


def test_an_unknown_unit_of_a_time_limit_is_refused():
    with pytest.raises(ValueError, match="fortnight"):
        wording.limit_text(1, "fortnight")


@pytest.mark.parametrize(
    ("value", "hours", "words"),
    [
        (timedelta(hours=11), 8, "1 ngày 3 giờ"),
        (timedelta(hours=-11), 8, "1 ngày 3 giờ"),
        (timedelta(hours=8), 8, "1 ngày"),
        (timedelta(hours=8), 7.5, "1 ngày 30 phút"),
        (timedelta(hours=2, minutes=5), 8, "2 giờ 5 phút"),
        (timedelta(days=10, minutes=3), 8, "30 ngày 3 phút"),
        (timedelta(0), 8, "dưới 1 phút"),
        (None, 8, ""),
    ],
)
def test_working_time_is_told_in_its_two_largest_units(value, hours, words):
    assert wording.working_duration(value, hours) == words


@pytest.mark.parametrize(
    ("name", "masked"),
    [("Nguyễn Thị Hoa", "N*** T*** Hoa"), ("Hoa", "Hoa"), ("", ""), (None, "")],
)
def test_a_name_on_a_public_page_keeps_the_given_name(name, masked):
    assert wording.mask_name(name) == masked


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 byte"),
        (1023, "1.023 byte"),
        (1024, "1 KB"),
        (1_258_291, "1,2 MB"),
        (5 * 1024**4, "5.120 GB"),
        (None, ""),
    ],
)
def test_the_size_of_a_file(size, words):
    assert wording.file_size(size) == words


def test_every_state_of_a_deadline_has_a_word():
    assert wording.deadline_word("overdue") == "Quá hạn"
    assert set(wording.DEADLINE_WORDS) == {
        *("overdue", "due_soon", "on_time", "early", "paused", "none")
    }


def test_rest_framework_refuses_in_vietnamese():
    class Shape(serializers.Serializer):
        name = serializers.CharField()
        count = serializers.IntegerField(max_value=3)
        note = serializers.CharField()

    shape = Shape(data={"count": 5, "note": None})

    assert not shape.is_valid()
    assert shape.errors["name"] == ["Trường này là bắt buộc."]
    assert shape.errors["count"] == ["Giá trị phải nhỏ hơn hoặc bằng 3."]
    assert shape.errors["note"] == ["Mục này không được để trống."]


def test_a_filter_refuses_in_vietnamese():
    class Filters(django_filters.FilterSet):
        status = django_filters.ChoiceFilter(choices=[("open", "Đang giải quyết")])
        due = django_filters.DateRangeFilter(field_name="due_at")

        class Meta:
            model = Dossier
            fields: list[str] = []

    filters = Filters({"status": "nonsense"}, queryset=Dossier.objects.none())

    assert filters.errors["status"] == [
        "Hãy chọn một lựa chọn hợp lệ. nonsense không phải là một trong các lựa chọn khả thi."
    ]
    assert [str(label) for _, label in filters.form.fields["due"].choices][1:3] == [
        "Hôm nay",
        "Hôm qua",
    ]


def test_a_short_entry_is_refused_in_a_whole_sentence():
    field = forms.CharField(validators=[MinLengthValidator(12)])

    with pytest.raises(forms.ValidationError) as refusal:
        field.clean("12")

    assert refusal.value.messages == ["Mục này có ít nhất 12 ký tự (hiện có 2)."]
