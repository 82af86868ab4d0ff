"""The first rows of a new installation."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from organizations.models import Agency, User
from organizations.roles import Role
from workdays.models import Holiday

FACTS = {
    "code": "H41",
    "name": "Ủy ban nhân dân tỉnh Nghệ An",
    "place": "Nghệ An",
    "username": "quan",
    "full_name": "Đinh Minh Quân",
}


def found(**overrides) -> str:
    out = StringIO()
    call_command("found_province", **(FACTS | overrides), stdout=out)
    return out.getvalue()


def test_the_first_administrator_signs_in_with_the_password_shown_and_must_change_it(db):
    shown = found()

    password = shown.split(": ")[1].split("\n")[0]
    administrator = User.objects.get()
    assert administrator.check_password(password)
    assert administrator.must_change_password
    assert administrator.has_role(Role.ADMINISTRATOR)
    assert Holiday.objects.exists()


def test_a_second_time_is_refused(db):
    found()

    with pytest.raises(CommandError, match="chỉ chạy một lần"):
        found(code="H42")

    assert Agency.objects.count() == 1


def test_a_bad_code_leaves_nothing_behind(db):
    Holiday.objects.all().delete()

    with pytest.raises(CommandError, match="Mã định danh"):
        found(code="nghe an")

    assert not Agency.objects.exists()
    assert not Holiday.objects.exists()
    assert not User.objects.exists()
