"""From what a client sent to what an act takes: finds the procedure, agency, counter, scans."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.core.files.uploadedfile import UploadedFile
from django.db.models import F
from rest_framework.exceptions import ParseError, ValidationError
from rest_framework.request import Request as HttpRequest

from dossiers.api.serializers import ScannedDossierInput
from dossiers.api.shapes import Moment
from dossiers.requests import Applicant, FeeFacts, Paper, Request
from dossiers.statuses import ApplicantKind, PaymentMethod, ReturnMethod
from notifications.statuses import ChannelPreference
from organizations.finding import working_agency
from organizations.models import Agency, ServiceCounter, User
from organizations.recalling import Recallable
from organizations.statements import Columns
from procedures.models import Channel, Procedure, ProcedureVersion
from procedures.statuses import ChannelKind
from workdays.intervals import Interval

# What an acceptance reads of a case, its version, its procedure and the agency, in one
# statement; the long texts stay away.
_CASE = Columns(Channel, "channel", "version", "kind", "time_limit", "time_unit")
_VERSION = Columns(ProcedureVersion, "version", "procedure", "name")
_PROCEDURE = Columns(Procedure, "procedure", "code", "current_version")
_AGENCY = Columns(Agency, "agency")
_PAPERS = "ARRAY(SELECT id FROM procedures_requiredpaper WHERE version_id = version.id)"
_VERSION_START = _CASE.width
_PROCEDURE_START = _VERSION_START + _VERSION.width
_AGENCY_START = _PROCEDURE_START + _PROCEDURE.width
_CASES = Recallable(
    "cases_of_procedure",
    ["varchar", "varchar", "varchar"],
    f"{_CASE.sql}, {_VERSION.sql}, {_PROCEDURE.sql}, {_AGENCY.sql}, {_PAPERS}",
    """
    FROM procedures_procedure procedure
    JOIN procedures_procedureversion version ON version.id = procedure.current_version_id
    JOIN procedures_channel channel ON channel.version_id = version.id
    JOIN organizations_agency agency ON agency.code = $3 AND agency.is_active
    WHERE procedure.code = $1 AND channel.kind = $2
    ORDER BY channel.position
    """,
)


def body(request: HttpRequest) -> Any:
    """The JSON of a request, also when it stands in a form beside its scans."""
    if not (request.content_type or "").startswith("multipart/"):
        return request.data
    form = ScannedDossierInput(data=request.data)
    form.is_valid(raise_exception=True)
    try:
        return json.loads(form.validated_data["dossier"], parse_constant=_no_constant)
    except ValueError as error:
        raise ParseError from error


def _no_constant(name: str) -> None:
    raise ValueError(name)


def request_of(
    given: Mapping[str, Any], *, user: User, scans: Sequence["UploadedFile[Any]"] = ()
) -> Request:
    """The request of an intake; ValidationError names the fields that lead nowhere."""
    channel = ChannelKind(given["channel"])
    chosen = _chosen(given["agency"], given["procedure"], channel, given["case"])
    _refuse_foreign_papers(given.get("papers", []), chosen.paper_ids)
    return Request(
        version=chosen.version,
        agency=chosen.agency,
        counter=_counter(given["counter"], user),
        channel=channel,
        case=chosen.case,
        applicant=_applicant(given["applicant"]),
        summary=given["summary"],
        sets=given["sets"],
        return_method=ReturnMethod(given["return_method"]),
        return_address=given["return_address"],
        papers=_papers(given.get("papers", []), scans),
        fee=_fee(given.get("fee")),
        submission_key=given["submission_key"],
    )


def agency_of(code: str) -> Agency:
    """The working agency with this identifier."""
    found = working_agency(code)
    if found is None:
        raise _unknown("agency", "Không có cơ quan nào mang mã này. Hãy chọn trong /agencies/.")
    return found


def _counter(pk: int, user: User) -> ServiceCounter:
    """The person's own counter is at hand; whether another may be used, the act says."""
    own = next((counter for counter in user.counters if counter.pk == pk), None)
    counter = own or ServiceCounter.objects.filter(pk=pk).first()
    if counter is None:
        raise _unknown("counter", "Không có bộ phận một cửa này. Hãy chọn trong /me/.")
    return counter


class _Chosen(NamedTuple):
    """Who resolves it, what is in force, the case meant, and the papers that belong to it."""

    agency: Agency
    version: ProcedureVersion
    case: Channel | None
    paper_ids: Collection[int]


def _chosen(agency_code: str, code: str, channel: ChannelKind, pk: int | None) -> _Chosen:
    """The only case of the channel needs no naming; all of it in one query."""
    cases = _CASES.rows(code, channel.value, agency_code)
    if not cases:
        return _without_channel(agency_of(agency_code), code)
    meant = [row for row in cases if row[0] == pk] if pk else cases
    if len(meant) != 1:
        raise _unknown("case", "Hãy chọn một trường hợp của hình thức nộp này ở trang thủ tục.")
    case = _CASE.built(meant[0][:_VERSION_START])
    case.version = _VERSION.built(meant[0][_VERSION_START:_PROCEDURE_START])
    case.version.procedure = _PROCEDURE.built(meant[0][_PROCEDURE_START:_AGENCY_START])
    agency = _AGENCY.built(meant[0][_AGENCY_START:-1])
    return _Chosen(agency, case.version, case, meant[0][-1])


def _without_channel(agency: Agency, code: str) -> _Chosen:
    """A procedure that says nothing of this channel."""
    version = (
        ProcedureVersion.objects.filter(procedure__code=code, procedure__current_version=F("pk"))
        .select_related("procedure")
        .defer("source")
        .first()
    )
    if version is None:
        raise _unknown("procedure", "Không có thủ tục đang công bố mang mã này. Hãy kiểm tra mã.")
    return _Chosen(agency, version, None, set(version.papers.values_list("pk", flat=True)))


def _applicant(given: Mapping[str, Any]) -> Applicant:
    return Applicant(
        **{
            **given,
            "kind": ApplicantKind(given["kind"]),
            "contact_preference": ChannelPreference(given["contact_preference"]),
        }
    )


def _fee(given: Mapping[str, Any] | None) -> FeeFacts | None:
    if given is None:
        return None
    method = PaymentMethod(given["method"]) if given["method"] else None
    return FeeFacts(amount=given["amount"], name=given["name"], method=method)


def _papers(
    given: Sequence[Mapping[str, Any]], scans: Sequence["UploadedFile[Any]"]
) -> list[Paper]:
    by_name = {scan.name: scan for scan in scans}
    papers = [_paper(facts, by_name, position) for position, facts in enumerate(given)]
    if by_name:
        raise _unknown("scans", f"Tệp “{next(iter(by_name))}” không thuộc giấy tờ nào.")
    return papers


def _paper(
    facts: Mapping[str, Any], scans: dict[str | None, "UploadedFile[Any]"], position: int
) -> Paper:
    missing = [name for name in facts["scans"] if name not in scans]
    if missing:
        raise _unknown(f"papers.{position}.scans", f"Không có tệp “{missing[0]}” gửi kèm.")
    return Paper(
        name=facts["name"],
        required_paper_id=facts["required_paper"],
        originals=facts["originals"],
        copies=facts["copies"],
        is_digitised=facts["is_digitised"],
        is_reused=facts["is_reused"],
        is_from_store=facts["is_from_store"],
        scans=[scans.pop(name) for name in dict.fromkeys(facts["scans"])],
    )


def _refuse_foreign_papers(given: Sequence[Mapping[str, Any]], own: Collection[int]) -> None:
    if {facts["required_paper"] for facts in given} - {None, *own}:
        raise _unknown("papers", "Có giấy tờ không thuộc thủ tục này. Hãy xem trang thủ tục.")


def pause_of(text: str) -> Interval:
    """2026-04-27T08:00/2026-04-28T08:00, on the wall clock here unless a zone is written."""
    start, _, end = text.partition("/")
    return Interval(_moment(start), _moment(end))


def _moment(text: str) -> datetime:
    try:
        return Moment().to_internal_value(text)
    except ValidationError as error:
        sentence = "Lần tạm dừng phải có dạng 2026-04-27T08:00/2026-04-28T08:00."
        raise _unknown("pause", sentence) from error


def _unknown(field: str, sentence: str) -> ValidationError:
    return ValidationError({field: [sentence]}, code="unknown")
