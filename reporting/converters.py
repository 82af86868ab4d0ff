"""Path converters of reporting."""

from reporting.statuses import Part


class PartConverter:
    """The side of a share whose rows are asked for."""

    regex = "|".join(Part.values)

    def to_python(self, value: str) -> Part:
        """The side itself."""
        return Part(value)

    def to_url(self, value: str) -> str:
        """Its code."""
        return Part(value).value
