"""Reads the dossiers of one page of a list, with what a row shows of their neighbours.

By their numbers, in a statement that is planned once for each connection: planning its joins
anew for thirty rows took the server longer than finding and reading them.
"""

from collections.abc import Sequence
from typing import Any, TypeVar, cast

from django.db.models import Model

from dossiers.models import Dossier
from organizations.models import Agency, User
from organizations.statements import Columns, Statement
from procedures.models import ProcedureVersion

Neighbour = TypeVar("Neighbour", bound=Model)

_DOSSIER = Columns(
    Dossier,
    "dossier",
    *("code", "applicant_name", "summary", "channel", "status", "event_count"),
    *("agency", "version", "assignee"),
    *("accept_by", "accepted_at", "transfer_by", "first_due_at", "due_at", "remind_at", "act_by"),
    *("resolved_at", "returned_at", "refused_at", "changed_at"),
)
_AGENCY = Columns(Agency, "agency", "code", "name", "short_name", "schedule")
_VERSION = Columns(ProcedureVersion, "version", "procedure", "name")
_ASSIGNEE = Columns(User, "assignee", "full_name")
_AGENCY_START = _DOSSIER.width
_VERSION_START = _AGENCY_START + _AGENCY.width
_ASSIGNEE_START = _VERSION_START + _VERSION.width
_NEWS_START = _ASSIGNEE_START + _ASSIGNEE.width
# What happened last is looked up only where the reader has not seen it yet.
_LISTED = Statement(
    "listed_dossiers",
    ["bigint[]", "bigint"],
    f"""
    SELECT {_DOSSIER.sql}, {_AGENCY.sql}, {_VERSION.sql}, {_ASSIGNEE.sql},
        look.seen, event.kind, event.actor_id
    FROM dossiers_dossier dossier
    JOIN organizations_agency agency ON agency.id = dossier.agency_id
    JOIN procedures_procedureversion version ON version.id = dossier.version_id
    LEFT JOIN organizations_user assignee ON assignee.id = dossier.assignee_id
    LEFT JOIN desk_look look ON look.dossier_id = dossier.id AND look.user_id = $2
    LEFT JOIN dossiers_dossierevent event ON look.seen < dossier.event_count
        AND event.dossier_id = dossier.id AND event.sequence = dossier.event_count
    WHERE dossier.id = ANY($1)
    """,  # noqa: S608 (names of columns; the numbers are parameters)
)


def listed(pks: Sequence[int], *, reader: User | None = None) -> list[Dossier]:
    """The dossiers in this order, as they stand now; with news for a reader who is named.

    News are `seen`, how many events the reader has seen (None: never opened), and if there are
    more `last_kind` and `last_actor`, what happened last and by whom.
    """
    found = _Page()
    rows = {row[0]: row for row in _LISTED.rows(list(pks), reader.pk if reader else None)}
    return [found.dossier(rows[pk]) for pk in pks]


class _Page:
    """Neighbours that stand beside several dossiers of a page are made once."""

    def __init__(self) -> None:
        self._agencies: dict[int, Agency] = {}
        self._versions: dict[int, ProcedureVersion] = {}
        self._people: dict[int, User] = {}

    def dossier(self, row: tuple[Any, ...]) -> Dossier:
        """The dossier of a row, with its neighbours."""
        found: Any = _DOSSIER.built(row[:_AGENCY_START])
        agency, version = row[_AGENCY_START:_VERSION_START], row[_VERSION_START:_ASSIGNEE_START]
        found.agency = self._once(self._agencies, _AGENCY, agency)
        found.version = self._once(self._versions, _VERSION, version)
        if found.assignee_id is not None:
            assignee = row[_ASSIGNEE_START:_NEWS_START]
            found.assignee = self._once(self._people, _ASSIGNEE, assignee)
        found.seen, found.last_kind, found.last_actor = row[_NEWS_START:]
        return cast(Dossier, found)

    @staticmethod
    def _once(known: dict[int, Neighbour], columns: Columns[Neighbour], values: Any) -> Neighbour:
        if values[0] not in known:
            known[values[0]] = columns.built(values)
        return known[values[0]]
