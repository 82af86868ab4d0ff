"""What the endpoints read: a page of rows, one dossier with all that hangs on it."""

from datetime import datetime
from typing import Any, cast

from django.http import QueryDict
from django_filters.utils import translate_validation
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from dossiers import access, paging, worklists
from dossiers.api import contents
from dossiers.api.answers import Row, in_order, local, plain, row
from dossiers.filters import AskedFilter
from dossiers.models import Attachment, Dossier, Result
from dossiers.querysets import DossierQuerySet, Sight
from dossiers.statuses import NATIONAL_STATE, DossierStatus
from organizations.models import User
from organizations.statements import Columns, Statement

_PAGING = {"tab", "after", "before"}
_APPLICANT = (
    "identity_number",
    "tax_code",
    "phone",
    "email",
    "address",
    "delegate_name",
    "delegate_identity_number",
    "delegate_phone",
    "contact_preference",
    "is_identity_verified",
    "uses_population_data",
)
_PLAIN = ("summary", "sets", "return_method", "return_address", "time_unit")
_MOMENTS = (
    "submitted_at",
    "accept_by",
    "transfer_by",
    "transferred_at",
    "first_due_at",
    "refused_at",
)
_FILE = ("id", "paper", "kind", "name", "content_type", "size", "sha256", "added_at")
_RESULT = (
    "number",
    "signer_name",
    "signer_title",
    "recipient_name",
    "recipient_identity_number",
    "return_method",
)

# One statement for the dossier, the names of its neighbours, its result, and what hangs on it.
_NAMES = (
    "procedure.code", "version.name", "agency.code", "agency.short_name", "assignee.full_name",
    "counter.name",
)  # fmt: skip
_DOSSIER, _ITS_RESULT = Columns(Dossier, "dossier"), Columns(Result, "result")
_RESULT_START = _DOSSIER.width + len(_NAMES)
_CONTENTS_START = _RESULT_START + _ITS_RESULT.width
_WHOLE = Statement(
    "whole_dossier",
    ["varchar"],
    f"""
    SELECT {_DOSSIER.sql}, {", ".join(_NAMES)}, {_ITS_RESULT.sql},
        {contents.SELECTED}
    FROM dossiers_dossier dossier
    JOIN organizations_agency agency ON agency.id = dossier.agency_id
    JOIN organizations_servicecounter counter ON counter.id = dossier.counter_id
    JOIN procedures_procedureversion version ON version.id = dossier.version_id
    JOIN procedures_procedure procedure ON procedure.id = version.procedure_id
    LEFT JOIN organizations_user assignee ON assignee.id = dossier.assignee_id
    LEFT JOIN dossiers_result result ON result.dossier_id = dossier.id
    WHERE dossier.code = $1
    """,  # noqa: S608 (names of columns; the code is a parameter)
)


def page(request: Request, *, user: User, at: datetime) -> paging.Page:
    """One page of the list that the address asks for."""
    asked = request.query_params
    tab = worklists.BY_KEY.get(asked.get("tab", worklists.ALL.key))
    if tab is None:
        raise ValidationError({"tab": ["Không có danh sách này. Hãy xem /worklists/."]}, "unknown")
    found = _filtered(worklists.dossiers_of(tab, user=user, at=at), request)
    return paging.page(
        cast("DossierQuerySet", found.values_list(*Row._fields, named=True)),
        order=tab.order,
        after=asked.get("after", ""),
        before=asked.get("before", ""),
    )


def _filtered(dossiers: DossierQuerySet, request: Request) -> DossierQuerySet:
    """The page's own filter, built only when something is filtered."""
    asked: QueryDict = request.query_params
    if asked.keys() <= _PAGING:
        return dossiers
    search = AskedFilter(asked, queryset=dossiers, request=request)
    if not search.is_valid():
        raise translate_validation(search.errors)
    found: DossierQuerySet = search.qs
    return found


def one_row(code: str, *, user: User) -> Row:
    """The row of a dossier that the person may see."""
    visible: DossierQuerySet = Dossier.objects.visible_to(user)
    found: Row = visible.values_list(*Row._fields, named=True).get(code=code)
    return found


def whole(code: str, *, user: User, at: datetime) -> dict[str, Any]:
    """Everything that the page of the dossier shows."""
    found = _WHOLE.row(code)
    dossier = _DOSSIER.built(found[: _DOSSIER.width]) if found else None
    if found is None or dossier is None or not Sight.of(user).covers(dossier):
        raise Dossier.DoesNotExist
    *of_row, counter_name = found[_DOSSIER.width : _RESULT_START]
    result = found[_RESULT_START:_CONTENTS_START]
    held = contents.of(found[_CONTENTS_START:])
    owes_fees = any(fee["paid_at"] is None for fee in held["fees"])
    return {
        **row(_row(dossier, *of_row), at=at),
        **_own(dossier, counter_name),
        **held,
        "result": _result(_ITS_RESULT.built(result)) if result[0] else None,
        "acts": [
            {
                "act": offer.act.value,
                "label": offer.act.label,
                "is_allowed": offer.is_allowed,
                "objection": offer.objection,
            }
            for offer in access.offers(user, dossier, owes_fees=owes_fees)
        ],
    }


def _row(dossier: Dossier, *names: Any) -> Row:
    return Row(*(getattr(dossier, name) for name in Row._fields[: -len(names)]), *names)


def _own(dossier: Dossier, counter_name: str) -> dict[str, Any]:
    return {
        "national_state": NATIONAL_STATE[DossierStatus(dossier.status)],
        "counter": {"id": dossier.counter_id, "name": counter_name},
        "applicant": {
            "kind": dossier.applicant_kind,
            "name": dossier.applicant_name,
            **{name: getattr(dossier, name) for name in _APPLICANT},
        },
        "time_limit": plain(dossier.time_limit),
        **{name: getattr(dossier, name) for name in _PLAIN},
        **{name: local(getattr(dossier, name)) for name in _MOMENTS},
    }


def file_of(kept: Attachment) -> dict[str, Any]:
    """What is told of one file."""
    return in_order({name: getattr(kept, name) for name in _FILE} | {"paper": kept.paper_id})


def _result(result: Result) -> dict[str, Any]:
    return {
        **{name: getattr(result, name) for name in _RESULT},
        "issued_date": result.issued_date.isoformat(),
        "file": result.attachment_id,
    }
