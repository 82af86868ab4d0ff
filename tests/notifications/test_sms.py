"""How many paid parts a text message has, in the small alphabet and in Vietnamese."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications import sms


@pytest.mark.parametrize(
    ("text", "units", "segments"),
    [
        ("", 0, 0),
        ("a" * 160, 160, 1),
        ("a" * 161, 161, 2),
        ("a" * 306, 306, 2),
        ("a" * 307, 307, 3),
        ("€" * 80, 160, 1),
        ("€" * 81, 162, 2),
        # 153 is odd: no letter of two units is cut, so a part holds 76 of them.
        ("€" * 152, 304, 2),
        ("€" * 153, 306, 3),
        ("ă" * 70, 70, 1),
        ("ă" * 71, 71, 2),
        ("ă" * 134, 134, 2),
        ("ă" * 135, 135, 3),
        ("😀" * 35, 70, 1),
        ("😀" * 36, 72, 2),
        ("😀" * 66, 132, 2),
        ("😀" * 67, 134, 3),
    ],
)
def test_a_text_is_counted_as_the_network_counts(text, units, segments):
    size = sms.measure(text)

    assert (size.units, size.segments) == (units, segments)


def test_one_letter_with_a_mark_more_than_doubles_the_price_of_a_long_text():
    assert sms.measure("a" * 160).segments == 1
    assert sms.measure("a" * 159 + "ạ").segments == 3


def test_the_small_alphabet_knows_some_marks_but_not_the_vietnamese_ones():
    assert sms.is_plain("à è é ì ò ù")
    assert not sms.is_plain("Đào")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (
            "Đã tiếp nhận hồ sơ của Nguyễn Thị Ðào".replace("Ð", "Đ"),
            "Da tiep nhan ho so cua Nguyen Thi Dao",
        ),
        ("hẹn trả “thứ Sáu” – 17:00…", 'hen tra "thu Sau" - 17:00...'),
        # Decomposed letters, as some keyboards send them.
        ("Nguyễn", "Nguyen"),
    ],
)
def test_marks_fall_away(text, written):
    assert sms.plain(text) == written


VIETNAMESE = (
    "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
)


@given(st.text(VIETNAMESE + VIETNAMESE.upper() + " .,:/-0123456789"))
def test_every_vietnamese_text_can_be_sent_in_the_small_alphabet(text):
    assert sms.is_plain(sms.plain(text))


@given(st.text(max_size=700))
def test_more_letters_never_cost_less(text):
    whole, shorter = sms.measure(text), sms.measure(text[:-1])

    assert shorter.units <= whole.units
    assert shorter.segments <= whole.segments
    assert whole.segments <= whole.units
