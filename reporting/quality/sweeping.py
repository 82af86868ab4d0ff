"""Looks for suspicious records: one statement for each kind, as often as one likes.

Run twice it writes nothing the second time: a finding is found by its kind and subject. What is
no longer suspicious is closed, as corrected where a correction was accepted since; what comes
back is opened again, unless somebody had explained it.
"""

import time
from datetime import datetime
from typing import LiteralString

from django.db import connection, transaction
from django.db.models import Count

from reporting.models import Finding, QualitySweep
from reporting.quality.rules import PARAMETERS, RULES
from reporting.statuses import FindingKind

# One sweep at a time: the key of the advisory lock.
_SWEEPER = 766_010


def _statement(rule: LiteralString) -> LiteralString:
    return f"""
WITH found (dossier_id, counter_id, agency_id, other_id, since) AS MATERIALIZED ({rule}),
keyed AS MATERIALIZED (
    SELECT coalesce(dossier_id, counter_id) AS subject, found.* FROM found
),
opened AS (
    INSERT INTO reporting_finding
        (kind, subject, status, agency_id, counter_id, dossier_id, other_id, since, opened_at,
         reason)
    SELECT %(kind)s, subject, 'open', agency_id, counter_id, dossier_id, other_id, since, %(at)s,
        ''
    FROM keyed WHERE NOT EXISTS (
        SELECT 1 FROM reporting_finding AS kept
        WHERE kept.kind = %(kind)s AND kept.subject = keyed.subject
    )
    ON CONFLICT (kind, subject) DO NOTHING
),
back AS (
    UPDATE reporting_finding AS kept SET status = 'open', closed_at = NULL
    FROM keyed, (
        SELECT id, status FROM reporting_finding
        WHERE kind = %(kind)s AND status IN ('fixed', 'gone')
    ) AS was
    WHERE was.id = kept.id AND kept.kind = %(kind)s AND kept.subject = keyed.subject
    RETURNING kept.id, was.status AS was, kept.status
),
past AS (
    UPDATE reporting_finding AS kept SET closed_at = %(at)s, status = CASE WHEN EXISTS (
        SELECT 1 FROM dossiers_correction AS correction
        WHERE correction.dossier_id = kept.dossier_id AND correction.status = 'accepted'
          AND correction.decided_at >= kept.opened_at
    ) THEN 'fixed' ELSE 'gone' END
    FROM (
        SELECT id, status FROM reporting_finding
        WHERE kind = %(kind)s AND status IN ('open', 'seen')
          AND subject NOT IN (SELECT subject FROM keyed)
    ) AS was
    WHERE was.id = kept.id
    RETURNING kept.id, was.status AS was, kept.status
)
INSERT INTO reporting_findingstep (finding_id, from_status, to_status, reason, at)
SELECT id, was, status, '', %(at)s FROM back
UNION ALL
SELECT id, was, status, '', %(at)s FROM past
"""  # noqa: S608 (constants of this package; the values travel as parameters)


_STATEMENTS = {kind: _statement(rule) for kind, rule in RULES.items()}


def sweep(*, at: datetime) -> QualitySweep | None:
    """Look for every kind; each in its own transaction. None while another sweep runs."""
    began = time.monotonic()
    for kind in RULES:
        if not look_for(kind, at=at):
            return None
    open_now = Finding.objects.all().open().values("kind").annotate(number=Count("pk"))
    counts = {row["kind"]: row["number"] for row in open_now.order_by()}
    seconds = round(time.monotonic() - began, 3)
    return QualitySweep.objects.create(at=at, seconds=seconds, counts=counts)


@transaction.atomic
def look_for(kind: FindingKind, *, at: datetime) -> bool:
    """Bring the findings of one kind up to date; False when another sweep is at it."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '300s'; SET LOCAL work_mem = '64MB'")
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_SWEEPER])
        if cursor.fetchone() != (True,):
            return False
        cursor.execute(_STATEMENTS[kind], {**PARAMETERS, "kind": kind.value, "at": at})
    return True


def latest() -> QualitySweep | None:
    """When it was last looked."""
    return QualitySweep.objects.order_by("-at", "-id").first()
