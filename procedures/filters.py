"""The one filter of the list of procedures, for the page and the API."""

from typing import TYPE_CHECKING, cast

import django_filters
from django.db.models import QuerySet

from organizations.models import Agency
from procedures.models import Field, Procedure
from procedures.statuses import ProcedureLevel

if TYPE_CHECKING:
    from procedures.querysets import ProcedureQuerySet


class ProcedureFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Tìm thủ tục: by words or code, by field, by the agency that handles it, by level."""

    q = django_filters.CharFilter(
        method="filter_words", label="Tên hoặc mã thủ tục", max_length=200
    )
    field = django_filters.ModelChoiceFilter(
        queryset=Field.objects.order_by("sort_key", "id"),
        method="filter_field",
        label="Lĩnh vực",
        empty_label="Mọi lĩnh vực",
    )
    agency = django_filters.ModelChoiceFilter(
        queryset=Agency.objects.active().in_order(),
        method="filter_agency",
        label="Cơ quan giải quyết",
        empty_label="Mọi cơ quan",
    )
    level = django_filters.ChoiceFilter(
        choices=ProcedureLevel.choices,
        method="filter_level",
        label="Cấp thực hiện",
        empty_label="Mọi cấp",
    )

    class Meta:
        model = Procedure
        fields: list[str] = []

    def filter_words(
        self, queryset: "ProcedureQuerySet", name: str, value: str
    ) -> "ProcedureQuerySet":
        """Best matches first."""
        return queryset.search(value)

    def filter_field(
        self, queryset: "ProcedureQuerySet", name: str, value: Field
    ) -> "ProcedureQuerySet":
        """Of this field."""
        return queryset.of_field(value.pk)

    def filter_agency(
        self, queryset: "ProcedureQuerySet", name: str, value: Agency
    ) -> "ProcedureQuerySet":
        """Handled by this agency itself."""
        return queryset.handled_by([value.pk])

    def filter_level(
        self, queryset: "ProcedureQuerySet", name: str, value: str
    ) -> "ProcedureQuerySet":
        """Carried out at this level, among others."""
        return queryset.at_level(value)

    def filter_queryset(self, queryset: QuerySet[Procedure]) -> QuerySet[Procedure]:
        """A filter that makes no sense finds nothing: it is never left out without a word."""
        if self.form.errors:
            return queryset.none()
        return cast("QuerySet[Procedure]", super().filter_queryset(queryset))
