"""What the shapes of sent data are made of: texts, moments, and objects of many fields."""

from datetime import UTC, datetime
from functools import cached_property
from typing import Any
from unicodedata import normalize

from rest_framework import serializers
from rest_framework.fields import Field, empty

from dossiers.deadlines import HERE


class Text(serializers.CharField):
    """Text whose letters are composed before they are measured."""

    def to_internal_value(self, data: Any) -> str:
        """One spelling for each letter, whatever the keyboard sent."""
        return normalize("NFC", super().to_internal_value(data))


class Moment(serializers.DateTimeField):
    """A moment that every zone can write."""

    def to_internal_value(self, value: Any) -> datetime:
        """Here, on the wall clock."""
        try:
            moment: datetime = super().to_internal_value(value)
            return moment.astimezone(UTC).astimezone(HERE)
        except OverflowError:
            self.fail("overflow")


class Shape(serializers.Serializer[Any]):
    """An object of which much may be left out: a field that was not sent costs nothing.

    The framework takes each field through a dozen calls, sent or not, and forty of the fifty
    of an acceptance are not. For fields that are named as what they fill, in shapes that have
    no `validate_…` methods and are never partial.
    """

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """What was sent in its own type, and defaults for the rest."""
        if type(data) is not dict:  # a form, or no object at all
            return super().to_internal_value(data)  # type: ignore[no-any-return]
        values: dict[str, Any] = {}
        errors: dict[str, Any] = {}
        for name, field in self._named:
            if name in data or field.required:
                try:
                    values[name] = field.run_validation(data.get(name, empty))
                except serializers.ValidationError as error:
                    errors[name] = error.detail
            elif field.default is not empty:
                values[name] = field.default() if callable(field.default) else field.default
        if errors:
            raise serializers.ValidationError(errors)
        return values

    @cached_property
    def _named(self) -> list[tuple[str, "Field[Any, Any, Any, Any]"]]:
        return list(self.fields.items())
