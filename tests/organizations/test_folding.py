"""Vietnamese text: one key for search in Python and in SQL, one order for names."""

from unicodedata import normalize

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organizations.folding import sort_key, vn_key

TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
LETTERS = [
    normalize("NFC", letter + tone)
    for letter in "aăâbcdđeêghiklmnoôơpqrstuưvxy" + "AĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXY"
    for tone in TONES
]
# Signs that stand in names, and the kinds of gap that keyboards and copied pages leave.
OTHERS = [*"0123456789.,-&/()'\"", " ", "  ", "\t", "\n", "\u00a0", "fjwz"]
# Outside of this alphabet the two may differ: unaccent turns “, … and № into plain signs,
# which no search looks at, and Python takes U+001C to U+001F for spaces.
FOREIGN = ["ß", "ẞ", "æ", "Œ", "ø", "Ł", "ð", "Þ", "ü", "ç", "ñ", "ı"]
TEXTS = st.lists(st.sampled_from(LETTERS + OTHERS + FOREIGN), max_size=30).map("".join)


def sql_key(text: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT vn_key(%s)", [text])
        return cursor.fetchone()[0]


@pytest.mark.django_db
@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=TEXTS, form=st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
def test_python_and_sql_make_the_same_key(text, form):
    typed = normalize(form, text)

    assert vn_key(typed) == sql_key(typed)


@given(text=TEXTS)
def test_the_way_a_keyboard_composes_letters_does_not_matter(text):
    assert vn_key(normalize("NFD", text)) == vn_key(normalize("NFC", text))


@given(text=TEXTS)
def test_a_key_is_its_own_key(text):
    assert vn_key(vn_key(text)) == vn_key(text)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Nguyễn Thị Đào", "nguyen thi dao"),
        (normalize("NFD", "Nguyễn Thị Đào"), "nguyen thi dao"),
        ("  ĐẶNG   Bảo\tNgọc ", "dang bao ngoc"),
        ("Łukasz Weiß", "lukasz weiss"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_a_key_is_plain_lower_case_with_single_spaces(text, key):
    assert vn_key(text) == key


def test_names_stand_in_the_order_of_the_dictionary():
    names = ["An", "Ánh", "Ăn", "Ân", "Dũng", "Đức", "Em"]

    assert sorted(set(names), key=sort_key) == names


@pytest.mark.parametrize(
    "names",
    [
        ["ma", "mà", "mả", "mã", "má", "mạ"],
        ["Hoa", "Hòa", "Hoan", "Hoàng"],
        ["o", "ò", "ô", "ố", "ơ", "ợ"],
        ["u", "ụ", "ư", "ự"],
        ["e", "ẹ", "ê", "ệ"],
        ["Lê An", "Lệ An", "Lê Ánh"],
        ["Xã Ánh", "Xã Anh Sơn", "Xã Anh Sơn Đông"],
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_letters_come_before_tones(names, form):
    typed = [normalize(form, name) for name in names]

    assert sorted(set(typed), key=sort_key) == typed


@given(text=TEXTS)
def test_the_order_does_not_ask_how_letters_were_composed(text):
    assert sort_key(normalize("NFD", text)) == sort_key(normalize("NFC", text))


def test_a_mark_without_a_letter_does_not_break_the_order():
    assert sorted(["b", "\u0301a"], key=sort_key) == ["\u0301a", "b"]
