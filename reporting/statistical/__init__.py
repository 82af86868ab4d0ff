"""The periodic statistical forms: II.06a and its consolidations, and 07a/BTP (law.md 6)."""
