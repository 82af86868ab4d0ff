"""Folds Vietnamese text for search: the Python twin of the SQL function vn_key."""

import unicodedata

# Letters that no decomposition takes apart; those after đ occur in foreign names.
_WHOLE_LETTERS = str.maketrans(
    {"đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "ð": "d", "þ": "th", "ı": "i"}
)


def vn_key(text: str) -> str:
    """Lower case without marks, whatever way the keyboard composed the letters.

    >>> vn_key("Nguyễn Thị Đào")
    'nguyen thi dao'
    """
    decomposed = unicodedata.normalize("NFD", text.lower().translate(_WHOLE_LETTERS))
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(plain.split())


_MARKS = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_SHAPES = {"\u0306": 1, "\u0302": 2, "\u031b": 3}


def sort_key(text: str) -> str:
    """A string whose plain order is the Vietnamese dictionary's: An, Ánh, Ăn, Ân, Dũng, Đức, Em.

    Letters are compared first (a < ă < â, d < đ, o < ô < ơ, u < ư), tones only between
    words that are otherwise equal. Needed because the database sorts by code points.
    """
    letters: list[str] = []
    tones: list[str] = []
    for letter in unicodedata.normalize("NFD", text.lower()):
        if letter in _MARKS:
            tones[-1:] = [str(_MARKS[letter])]
        elif letter in _SHAPES and letters:
            letters[-1] = letters[-1][0] + _shape(letters[-1][0], letter)
        else:
            letters.append("d1" if letter == "đ" else f"{letter}0")
            tones.append("0")
    # A tab sorts before every letter, so that a shorter name comes first.
    return "".join(letters) + "\t" + "".join(tones)


def _shape(base: str, mark: str) -> str:
    if base == "a":
        return str(_SHAPES[mark])
    return "2" if mark == "\u031b" else "1"
