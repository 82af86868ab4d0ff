"""One filter class for the lists of the page and of the API; it lives in the address."""

from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django_filters.fields import ModelChoiceField

from dossiers.models import Dossier
from dossiers.querysets import DossierQuerySet
from dossiers.statuses import DossierStatus
from organizations.finding import working_agency
from organizations.models import Agency
from procedures.statuses import ChannelKind


def _agencies(request: HttpRequest | None):  # type: ignore[no-untyped-def]
    """The agencies whose dossiers the person can meet."""
    if request is None or not request.user.is_authenticated:
        return Agency.objects.none()
    return Agency.objects.active().in_order()


class _AgencyField(ModelChoiceField):  # type: ignore[misc]
    def to_python(self, value: Any) -> Agency | None:
        """The working agency with this code, by a statement that is planned already."""
        if value in self.empty_values:
            return None
        self.validate_no_null_characters(value)
        found = working_agency(str(value))
        if found is None:
            raise ValidationError(
                self.error_messages["invalid_choice"], "invalid_choice", {"value": value}
            )
        return found


class _AgencyFilter(django_filters.ModelChoiceFilter):  # type: ignore[misc]
    field_class = _AgencyField


class DossierFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Bộ lọc hồ sơ."""

    q = django_filters.CharFilter(label="Tìm", method="search")
    # A dossier is in one state: DISTINCT would only sort the whole list before its first page.
    status = django_filters.MultipleChoiceFilter(
        label="Trạng thái", field_name="status", choices=DossierStatus.choices, distinct=False
    )
    channel = django_filters.ChoiceFilter(
        label="Hình thức nộp", field_name="channel", choices=ChannelKind.choices
    )
    agency = _AgencyFilter(
        label="Cơ quan giải quyết", field_name="agency", to_field_name="code", queryset=_agencies
    )
    procedure = django_filters.CharFilter(
        label="Mã thủ tục", field_name="version__procedure__code", lookup_expr="exact"
    )
    accepted = django_filters.DateFromToRangeFilter(
        label="Ngày tiếp nhận", field_name="accepted_at"
    )
    due = django_filters.DateFromToRangeFilter(label="Ngày hẹn trả", field_name="due_at")

    # With the list "Chờ trả": results that nobody has come for since a day.
    resolved = django_filters.DateFromToRangeFilter(
        label="Ngày có kết quả", field_name="resolved_at"
    )

    class Meta:
        model = Dossier
        fields: list[str] = []

    def search(self, queryset: DossierQuerySet, name: str, value: str) -> DossierQuerySet:
        """Code, number or name, with or without marks."""
        return queryset.search(value)


class AskedFilter(DossierFilter):
    """The filters that an address names, and no others: nobody draws their form."""

    def __init__(self, data: QueryDict, **kwargs: Any) -> None:
        """Copying filters and making the fields of all took a fifth of the API's list."""
        asked = {key.removesuffix("_after").removesuffix("_before") for key in data}
        declared = DossierFilter.base_filters
        self.base_filters = {name: declared[name] for name in declared if name in asked}
        super().__init__(data, **kwargs)
