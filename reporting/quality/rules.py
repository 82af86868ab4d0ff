"""The table of what is suspicious: each kind a query over all dossiers, run as a set.

A query answers rows (dossier_id, counter_id, agency_id, other_id, since); for kinds about
counters the dossier is NULL. Moments are read with the corrections that were accepted, so that
what was set right is not found again. A new kind is one more row here.
"""

from collections.abc import Mapping
from typing import Any, LiteralString

from dossiers.statuses import OPEN_STATUSES, UNFINISHED_STATUSES, DossierStatus
from reporting.statuses import FindingKind

# How long nothing may be done before it is suspicious, in days of the calendar.
QUIET_DAYS = 30
# A second dossier of the same person, procedure and content within so many days.
TWICE_WITHIN_DAYS = 7
# A counter with at least so many that wait past their hour, so long, and none handed over.
WAITING_AT_LEAST = 5
WAITING_DAYS = 3

PARAMETERS: Mapping[str, Any] = {
    "quiet": f"{QUIET_DAYS} days",
    "twice": f"{TWICE_WITHIN_DAYS} days",
    "waiting": f"{WAITING_DAYS} days",
    "waiting_at_least": WAITING_AT_LEAST,
    "open": [status.value for status in OPEN_STATUSES],
    "unfinished": [status.value for status in UNFINISHED_STATUSES],
    "with_result": [DossierStatus.RESOLVED.value, DossierStatus.RETURNED.value],
    "without_result": [
        DossierStatus.NOT_ACCEPTED.value,
        DossierStatus.DECLINED.value,
        DossierStatus.STOPPED.value,
        DossierStatus.WITHDRAWN.value,
    ],
}

# The last accepted correction of each moment; few rows, however many dossiers there are.
_CORRECTED: LiteralString = """
LEFT JOIN (
    SELECT DISTINCT ON (dossier_id) dossier_id, true_at FROM dossiers_correction
    WHERE status = 'accepted' AND moment = 'transferred'
    ORDER BY dossier_id, decided_at DESC, id DESC
) AS moved ON moved.dossier_id = d.id
LEFT JOIN (
    SELECT DISTINCT ON (dossier_id) dossier_id, true_at FROM dossiers_correction
    WHERE status = 'accepted' AND moment = 'ended'
    ORDER BY dossier_id, decided_at DESC, id DESC
) AS ended ON ended.dossier_id = d.id
LEFT JOIN (
    SELECT DISTINCT ON (dossier_id) dossier_id, true_at FROM dossiers_correction
    WHERE status = 'accepted' AND moment = 'returned'
    ORDER BY dossier_id, decided_at DESC, id DESC
) AS handed ON handed.dossier_id = d.id
"""
_TRANSFERRED: LiteralString = "coalesce(moved.true_at, d.transferred_at)"
_ENDED: LiteralString = "coalesce(ended.true_at, d.resolved_at)"
_RETURNED: LiteralString = "coalesce(handed.true_at, d.returned_at)"
_LOCAL: LiteralString = "AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"

_QUIET: LiteralString = """
    NOT EXISTS (
        SELECT 1 FROM dossiers_dossierevent AS event
        WHERE event.dossier_id = d.id AND event.actor_id IS NOT NULL
          AND event.recorded_at >= %(at)s::timestamptz - %(quiet)s::interval
    )
"""

_IDLE: LiteralString = f"""
SELECT d.id, d.counter_id, d.agency_id, NULL::bigint, d.due_at FROM dossiers_dossier AS d
WHERE d.status = ANY(%(open)s) AND d.due_at < %(at)s AND d.imported_at IS NULL AND {_QUIET}
"""  # noqa: S608 (constants of this module)

_ISSUED_EARLIER: LiteralString = f"""
SELECT d.id, d.counter_id, d.agency_id, NULL::bigint, d.due_at FROM dossiers_dossier AS d
JOIN dossiers_result AS result ON result.dossier_id = d.id
{_CORRECTED}
WHERE d.status = ANY(%(with_result)s) AND d.resolved_at > d.due_at AND {_ENDED} > d.due_at
  AND result.issued_date <= (d.due_at {_LOCAL} AND result.issued_date < ({_ENDED} {_LOCAL}
"""  # noqa: S608 (constants of this module)

_NOT_RETURNED: LiteralString = """
SELECT d.id, d.counter_id, d.agency_id, NULL::bigint, d.resolved_at FROM dossiers_dossier AS d
WHERE d.status = 'resolved' AND d.resolved_at < %(at)s::timestamptz - %(quiet)s::interval
"""

_WITHOUT_RESULT: LiteralString = """
SELECT d.id, d.counter_id, d.agency_id, NULL::bigint, d.resolved_at FROM dossiers_dossier AS d
LEFT JOIN dossiers_result AS result ON result.dossier_id = d.id
WHERE d.status = ANY(%(with_result)s) AND coalesce(btrim(result.number), '') = ''
"""

_RECEIVED_TWICE: LiteralString = """
SELECT id, counter_id, agency_id, earlier_id, accepted_at FROM (
    SELECT d.id, d.counter_id, d.agency_id, d.accepted_at,
        lag(d.id) OVER same AS earlier_id, lag(d.accepted_at) OVER same AS earlier_at
    FROM dossiers_dossier AS d
    JOIN procedures_procedureversion AS version ON version.id = d.version_id
    WHERE d.accepted_at IS NOT NULL AND d.status <> ALL(%(without_result)s)
      AND CASE WHEN d.applicant_kind = 'organisation' THEN d.tax_code
          ELSE d.identity_number END <> ''
    WINDOW same AS (
        PARTITION BY version.procedure_id,
            CASE WHEN d.applicant_kind = 'organisation' THEN d.tax_code
            ELSE d.identity_number END,
            md5(lower(btrim(d.summary)))
        ORDER BY d.accepted_at, d.id
    )
) AS row WHERE earlier_at >= accepted_at - %(twice)s::interval
"""

_OUT_OF_ORDER: LiteralString = f"""
SELECT d.id, d.counter_id, d.agency_id, NULL::bigint, d.accepted_at FROM dossiers_dossier AS d
LEFT JOIN dossiers_result AS result ON result.dossier_id = d.id
{_CORRECTED}
WHERE d.accepted_at IS NOT NULL AND (
    d.submitted_at > d.accepted_at OR {_TRANSFERRED} < d.accepted_at
    OR {_ENDED} < {_TRANSFERRED} OR {_ENDED} < d.accepted_at OR {_RETURNED} < {_ENDED}
    OR result.issued_date < (d.accepted_at {_LOCAL}
    OR result.issued_date > (d.resolved_at {_LOCAL}
)
"""  # noqa: S608 (constants of this module)

_NEVER_TRANSFERS: LiteralString = """
SELECT NULL::bigint, counter.id, counter.agency_id, NULL::bigint, min(d.transfer_by)
FROM dossiers_dossier AS d
JOIN organizations_servicecounter AS counter ON counter.id = d.counter_id
WHERE d.status = 'accepted' AND d.transfer_by < %(at)s::timestamptz - %(waiting)s::interval
GROUP BY counter.id, counter.agency_id
HAVING count(*) >= %(waiting_at_least)s AND NOT EXISTS (
    SELECT 1 FROM dossiers_dossier AS moved WHERE moved.counter_id = counter.id
      AND moved.transferred_at >= %(at)s::timestamptz - %(quiet)s::interval
)
"""

_IMPORTED: LiteralString = f"""
SELECT d.id, d.counter_id, d.agency_id, NULL::bigint, d.imported_at FROM dossiers_dossier AS d
WHERE d.imported_at IS NOT NULL AND d.status = ANY(%(unfinished)s)
  AND (d.due_at < d.imported_at OR (
      d.imported_at < %(at)s::timestamptz - %(quiet)s::interval AND {_QUIET}
  ))
"""  # noqa: S608 (constants of this module)

RULES: Mapping[FindingKind, LiteralString] = {
    FindingKind.IDLE: _IDLE,
    FindingKind.ISSUED_EARLIER: _ISSUED_EARLIER,
    FindingKind.NOT_RETURNED: _NOT_RETURNED,
    FindingKind.WITHOUT_RESULT: _WITHOUT_RESULT,
    FindingKind.RECEIVED_TWICE: _RECEIVED_TWICE,
    FindingKind.OUT_OF_ORDER: _OUT_OF_ORDER,
    FindingKind.NEVER_TRANSFERS: _NEVER_TRANSFERS,
    FindingKind.IMPORTED_LEFTOVER: _IMPORTED,
}
