"""Path converters of the catalogue."""


class ProcedureCodeConverter:
    """A national procedure code: 1.012790."""

    regex = r"[0-9]\.[0-9]{6}"

    def to_python(self, value: str) -> str:
        """The code as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """The code as it stands."""
        return value
