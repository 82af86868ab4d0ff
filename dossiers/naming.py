"""Names of people as the public may read them (TT 01/2018 Đ16, Đ17; Luật 91/2025)."""


def masked_name(name: str) -> str:
    """`Nguyễn Thị Hoa` becomes `N*** T*** Hoa`."""
    *others, given = name.split() or [""]
    return " ".join([*(f"{word[0]}***" for word in others), given])
