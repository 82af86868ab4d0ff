-- The floor of the rebuild: the figures of every agency and half month, added up in one scan of
-- the tables that the tallies are made of. Nothing of it is kept, and no past can be asked.
SELECT d.agency_id,
    date_trunc('month', d.accepted_at AT TIME ZONE 'Asia/Ho_Chi_Minh') AS month,
    extract(day FROM d.accepted_at AT TIME ZONE 'Asia/Ho_Chi_Minh') >= 15 AS is_second_half,
    count(*) AS received,
    count(*) FILTER (WHERE d.channel = 'online') AS online,
    count(*) FILTER (WHERE fee.bears) AS fee_bearing,
    count(*) FILTER (WHERE fee.bears AND fee.is_paid_online) AS paid_online,
    count(*) FILTER (WHERE paper.is_reused) AS reused,
    count(*) FILTER (WHERE paper.is_from_store) AS from_store,
    count(*) FILTER (WHERE d.is_identity_verified OR d.uses_population_data
        OR paper.is_from_store) AS population,
    count(*) FILTER (WHERE result.attachment_id IS NOT NULL) AS result_files,
    count(*) FILTER (WHERE result.attachment_id IS NOT NULL AND scan.dossier_id IS NOT NULL)
        AS digitised,
    count(*) FILTER (WHERE d.synced_at IS NOT NULL) AS synced,
    count(*) FILTER (WHERE d.resolved_at IS NOT NULL) AS ended,
    count(*) FILTER (WHERE asked.times > 1
        OR coalesce(d.resolved_at, now()) > d.first_due_at + coalesce(asked.waited, '0'))
        AS late,
    count(*) FILTER (WHERE asked.times > 1 OR coalesce(d.resolved_at, now())
        > coalesce(put_off.new_due_at, d.first_due_at) + coalesce(asked.waited, '0'))
        AS late_extended,
    count(*) FILTER (WHERE complaint.dossier_id IS NOT NULL) AS complained,
    count(DISTINCT version.procedure_id) AS procedures
FROM dossiers_dossier AS d
JOIN procedures_procedureversion AS version ON version.id = d.version_id
LEFT JOIN (
    SELECT dossier_id, count(*) AS times, sum(received_at - asked_at) AS waited
    FROM dossiers_supplementrequest GROUP BY dossier_id
) AS asked ON asked.dossier_id = d.id
LEFT JOIN dossiers_reschedule AS put_off ON put_off.dossier_id = d.id
LEFT JOIN (
    SELECT dossier_id, bool_or(is_digitised OR is_reused) AS is_reused,
        bool_or(is_from_store) AS is_from_store
    FROM dossiers_dossierpaper GROUP BY dossier_id
) AS paper ON paper.dossier_id = d.id
LEFT JOIN (
    SELECT dossier_id, bool_or(amount > 0) AS bears,
        bool_or(method IN ('national_portal', 'local_gateway') AND paid_at IS NOT NULL)
            AS is_paid_online
    FROM dossiers_fee GROUP BY dossier_id
) AS fee ON fee.dossier_id = d.id
LEFT JOIN (
    SELECT DISTINCT dossier_id FROM dossiers_attachment WHERE kind = 'paper'
) AS scan ON scan.dossier_id = d.id
LEFT JOIN dossiers_result AS result ON result.dossier_id = d.id
LEFT JOIN (
    SELECT dossier_id FROM feedback_petition
    WHERE dossier_id IS NOT NULL AND received_at IS NOT NULL
    UNION
    SELECT dossier_id FROM feedback_rating WHERE satisfaction <= 2
) AS complaint ON complaint.dossier_id = d.id
WHERE d.accepted_at IS NOT NULL
GROUP BY 1, 2, 3
