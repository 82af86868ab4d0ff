"""Path converters of dossiers, and codes found in what people type or scan."""

import re

from dossiers.statuses import FormKind


class DossierCodeConverter:
    """A dossier code as the law writes it: H41.15-261122-0001."""

    regex = r"[A-Z0-9]+(?:\.[A-Z0-9]+)*-[0-9]{6}-[0-9]{4,7}"

    def to_python(self, value: str) -> str:
        """The code as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """The code as it stands."""
        return value


class FormKindConverter:
    """The kind of a printed form."""

    regex = "|".join(FormKind.values)

    def to_python(self, value: str) -> FormKind:
        """The kind itself."""
        return FormKind(value)

    def to_url(self, value: str) -> str:
        """Its code."""
        return FormKind(value).value


def codes_in(text: str) -> list[str]:
    """The dossier codes in a text: typed in small letters, or inside a scanned address."""
    return _CODE.findall(text.upper())


_CODE = re.compile(rf"\b{DossierCodeConverter.regex}\b")
