"""Checks the numbers that people and organisations are known by."""

import re

from django.core.exceptions import ValidationError
from stdnum.exceptions import ValidationError as NumberInvalid
from stdnum.vn import mst

# Số định danh cá nhân: province of birth registration (001–096), sex and century, year, order.
_PERSONAL_NUMBER = re.compile(r"^0(0[1-9]|[1-8][0-9]|9[0-6])[0-9]{9}$")
_OLD_CARD = re.compile(r"^[0-9]{9}$")
_PASSPORT = re.compile(r"^[A-Z][0-9]{7,8}$")
_PHONE = re.compile(r"^0[0-9]{9,10}$")


class NumberRefused(ValidationError):
    """The number cannot be a real one."""


def personal_number(text: str) -> str:
    """A 12-digit personal number, a 9-digit old identity card, or a passport; tidied."""
    number = _tidy(text).upper()
    if _PERSONAL_NUMBER.match(number) or _OLD_CARD.match(number) or _PASSPORT.match(number):
        return number
    raise NumberRefused(
        "Số định danh phải có 12 chữ số (mã tỉnh từ 001 đến 096), số chứng minh nhân dân 9 chữ số, "
        "hoặc số hộ chiếu gồm một chữ cái và 7 chữ số. Hãy kiểm tra lại trên giấy tờ.",
        code="identity_number",
    )


def tax_code(text: str) -> str:
    """A tax code of 10 or 13 digits with a right check digit; tidied."""
    try:
        return str(mst.format(mst.validate(_tidy(text))))
    except NumberInvalid:
        raise NumberRefused(
            "Mã số thuế phải có 10 hoặc 13 chữ số và đúng chữ số kiểm tra. "
            "Hãy kiểm tra lại trên giấy chứng nhận đăng ký.",
            code="tax_code",
        ) from None


def phone_number(text: str) -> str:
    """A Vietnamese telephone number of 10 or 11 digits from 0; +84 is turned into 0."""
    number = _tidy(text)
    if number.startswith("+84"):
        number = "0" + number[3:]
    if _PHONE.match(number):
        return number
    raise NumberRefused("Số điện thoại phải có 10 hoặc 11 chữ số và bắt đầu bằng 0.", code="phone")


def _tidy(text: str) -> str:
    return re.sub(r"[\s.\-()]", "", text)
