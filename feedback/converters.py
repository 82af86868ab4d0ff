"""Path converter of petitions."""


class PetitionCodeConverter:
    """A petition's code: PA-261122-K7QF3M."""

    regex = r"PA-[0-9]{6}-[A-HJ-NP-Z2-9]{6}"

    def to_python(self, value: str) -> str:
        """The code as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """The code as it stands."""
        return value
