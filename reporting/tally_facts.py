"""The facts of dossiers as the tallies hold them, read in one statement of SQL.

The same statement serves a batch of a worker and the rebuild of everything. What each column
means is written in `reporting.models.tallies`; `reporting.measures` says the same in querysets
of its own, and `rebuild_tallies --check` proves the two equal.
"""

from typing import LiteralString

# In the order of the table's columns.
COLUMNS: tuple[LiteralString, ...] = (
    "dossier_id",
    "agency_id",
    "procedure_id",
    "accepted_at",
    "is_online",
    "bears_fee",
    "is_reused",
    "is_from_store",
    "uses_population_data",
    "paid_online_at",
    "result_file_at",
    "digitised_at",
    "synced_at",
    "ended_at",
    "overdue_from",
    "rescheduled_at",
    "overdue_again_from",
    "complained_at",
)

# `{of}` narrows each part to a batch, or to nothing; moments before acceptance count from it.
_FACTS: LiteralString = """
SELECT d.id AS dossier_id, d.agency_id, version.procedure_id, d.accepted_at,
    d.channel = 'online' AS is_online,
    coalesce(fee.bears_fee, false) AS bears_fee,
    coalesce(paper.is_reused, false) AS is_reused,
    coalesce(paper.is_from_store, false) AS is_from_store,
    d.is_identity_verified OR d.uses_population_data OR coalesce(paper.is_from_store, false)
        AS uses_population_data,
    CASE WHEN fee.bears_fee AND fee.paid_online_at IS NOT NULL
        THEN greatest(fee.paid_online_at, d.accepted_at) END AS paid_online_at,
    CASE WHEN result.attachment_id IS NOT NULL THEN d.resolved_at END AS result_file_at,
    CASE WHEN result.attachment_id IS NOT NULL AND scan.added_at IS NOT NULL
            AND d.resolved_at IS NOT NULL
        THEN greatest(d.resolved_at, scan.added_at) END AS digitised_at,
    CASE WHEN d.synced_at IS NOT NULL THEN greatest(d.synced_at, d.accepted_at) END AS synced_at,
    d.resolved_at AS ended_at,
    least(
        reporting_overdue_from(
            reporting_too_late_from(d.first_due_at, %(by_day)s), asked.first_at, asked.received_at
        ),
        asked.second_at
    ) AS overdue_from,
    put_off.at AS rescheduled_at,
    CASE WHEN put_off.at IS NOT NULL THEN least(
        reporting_overdue_from(
            reporting_too_late_from(put_off.new_due_at, %(by_day)s),
            CASE WHEN asked.first_at >= put_off.at THEN asked.first_at END,
            asked.received_at
        ),
        CASE WHEN asked.second_at IS NOT NULL THEN greatest(asked.second_at, put_off.at) END
    ) END AS overdue_again_from,
    CASE WHEN complaint.at IS NOT NULL THEN greatest(complaint.at, d.accepted_at) END
        AS complained_at
FROM dossiers_dossier AS d
JOIN procedures_procedureversion AS version ON version.id = d.version_id
LEFT JOIN (
    SELECT dossier_id, min(asked_at) AS first_at,
        min(received_at) FILTER (WHERE number = 1) AS received_at,
        min(asked_at) FILTER (WHERE number = 2) AS second_at
    FROM dossiers_supplementrequest {of} GROUP BY dossier_id
) AS asked ON asked.dossier_id = d.id
LEFT JOIN dossiers_reschedule AS put_off ON put_off.dossier_id = d.id
LEFT JOIN (
    SELECT dossier_id, bool_or(is_digitised OR is_reused) AS is_reused,
        bool_or(is_from_store) AS is_from_store
    FROM dossiers_dossierpaper {of} GROUP BY dossier_id
) AS paper ON paper.dossier_id = d.id
LEFT JOIN (
    SELECT dossier_id, bool_or(amount > 0) AS bears_fee,
        min(paid_at) FILTER (WHERE method IN ('national_portal', 'local_gateway'))
            AS paid_online_at
    FROM dossiers_fee {of} GROUP BY dossier_id
) AS fee ON fee.dossier_id = d.id
LEFT JOIN (
    SELECT dossier_id, min(added_at) AS added_at
    FROM dossiers_attachment {of_papers} GROUP BY dossier_id
) AS scan ON scan.dossier_id = d.id
LEFT JOIN dossiers_result AS result ON result.dossier_id = d.id
LEFT JOIN (
    SELECT dossier_id, min(at) AS at FROM (
        SELECT dossier_id, received_at AS at FROM feedback_petition
        WHERE dossier_id IS NOT NULL AND received_at IS NOT NULL
        UNION ALL
        SELECT dossier_id, given_at FROM feedback_rating WHERE satisfaction <= 2
    ) AS voice {of} GROUP BY dossier_id
) AS complaint ON complaint.dossier_id = d.id
WHERE d.accepted_at IS NOT NULL AND d.imported_at IS NULL
"""

ALL: LiteralString = _FACTS.replace("{of_papers}", "WHERE kind = 'paper'").replace("{of}", "")
OF_BATCH: LiteralString = (
    _FACTS.replace(
        "{of_papers}", "WHERE kind = 'paper' AND dossier_id = ANY(%(dossiers)s)"
    ).replace("{of}", "WHERE dossier_id = ANY(%(dossiers)s)")
    + " AND d.id = ANY(%(dossiers)s)"
)
