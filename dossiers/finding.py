"""Finds one dossier by its code, with everything that its page names.

In a statement that is planned once for each connection: putting its twelve joins into SQL took
longer than all else that a page asks of one dossier, and planning them four times as long as
finding the rows.
"""

from itertools import accumulate, pairwise
from typing import Any

from django.db.models import Model

from dossiers.models import Attachment, Dossier, Result
from organizations.models import Agency, ServiceCounter, User
from organizations.statements import Columns, Statement
from procedures.models import Channel, Field, Procedure, ProcedureVersion
from workdays.models import WorkSchedule

# The page of the procedure alone shows its long texts.
_OF_VERSION = [
    field.name
    for field in ProcedureVersion._meta.concrete_fields
    if field.name != "source" and not field.name.endswith("_text")
]
_PARTS: dict[str, Columns[Any]] = {
    "dossier": Columns(Dossier, "dossier"),
    "agency": Columns(Agency, "agency"),
    "schedule": Columns(WorkSchedule, "schedule"),
    "counter": Columns(ServiceCounter, "counter"),
    "version": Columns(ProcedureVersion, "version", *_OF_VERSION),
    "procedure": Columns(Procedure, "procedure"),
    "field": Columns(Field, "field"),
    "case": Columns(Channel, "channel"),
    "assignee": Columns(User, "assignee"),
    "proposed_by": Columns(User, "proposer"),
    "approved_by": Columns(User, "approver"),
    "result": Columns(Result, "result"),
    "attachment": Columns(Attachment, "attachment"),
}
_PLACES = [
    slice(*ends) for ends in pairwise(accumulate((c.width for c in _PARTS.values()), initial=0))
]
_NEIGHBOURS = ("agency", "counter", "version", "case", "assignee", "proposed_by", "approved_by")
_WITH_NEIGHBOURS = Statement(
    "dossier_with_neighbours",
    ["varchar"],
    f"""
    SELECT {", ".join(part.sql for part in _PARTS.values())},
        EXISTS (
            SELECT FROM procedures_procedureassignment given
            WHERE given.procedure_id = version.procedure_id
                AND given.agency_id = dossier.agency_id AND given.is_active AND given.on_the_spot
        )
    FROM dossiers_dossier dossier
    JOIN organizations_agency agency ON agency.id = dossier.agency_id
    JOIN workdays_workschedule schedule ON schedule.id = agency.schedule_id
    JOIN organizations_servicecounter counter ON counter.id = dossier.counter_id
    JOIN procedures_procedureversion version ON version.id = dossier.version_id
    JOIN procedures_procedure procedure ON procedure.id = version.procedure_id
    JOIN procedures_field field ON field.id = version.field_id
    LEFT JOIN procedures_channel channel ON channel.id = dossier.case_id
    LEFT JOIN organizations_user assignee ON assignee.id = dossier.assignee_id
    LEFT JOIN organizations_user proposer ON proposer.id = dossier.proposed_by_id
    LEFT JOIN organizations_user approver ON approver.id = dossier.approved_by_id
    LEFT JOIN dossiers_result result ON result.dossier_id = dossier.id
    LEFT JOIN dossiers_attachment attachment ON attachment.id = result.attachment_id
    WHERE dossier.code = $1
    """,  # noqa: S608 (names of columns; the code is a parameter)
)


def by_code(code: str) -> Dossier | None:
    """The dossier, whoever asks: the caller says whether they may see it.

    `on_the_spot` says whether the agency has given the counter its authority.
    """
    row = _WITH_NEIGHBOURS.row(code)
    if row is None:
        return None
    *parts, on_the_spot = (*(row[place] for place in _PLACES), row[-1])
    found: dict[str, Any] = {
        name: _part(columns, values)
        for (name, columns), values in zip(_PARTS.items(), parts, strict=True)
    }
    dossier: Any = found["dossier"]
    for name in _NEIGHBOURS:
        setattr(dossier, name, found[name])
    dossier.agency.schedule = found["schedule"]
    dossier.version.procedure, dossier.version.field = found["procedure"], found["field"]
    _hang_result(dossier, found["result"], found["attachment"])
    dossier.on_the_spot = on_the_spot
    kept: Dossier = dossier
    return kept


def _part(columns: Columns[Any], values: tuple[Any, ...]) -> Model | None:
    """The neighbour in these columns; nobody where there is none."""
    return columns.built(values) if values[0] is not None else None


def _hang_result(dossier: Any, result: Any, attachment: Any) -> None:
    """A dossier knows that it has no result yet, too."""
    if result is None:
        dossier._state.fields_cache["result"] = None
        return
    result.attachment = attachment
    dossier.result = result
