"""Where counting stands: what still waits, and whether what was counted before still holds."""

from datetime import datetime
from typing import NamedTuple

from django.db import connection

# One that counts uses puts one row of changes for all that it sees, others only add rows: no
# pair of their number and the latest comes twice. Rows of agencies that were written at another
# time differ in the transaction that wrote them.
_STANDING = """
SELECT (SELECT since FROM reporting_waitingdossier ORDER BY id LIMIT 1),
    (SELECT coalesce(max(id), 0) FROM reporting_tallyrebuild),
    (SELECT (count(*), coalesce(max(id), 0))::text FROM reporting_servicechange),
    (SELECT md5(string_agg(concat(xmin, agency), ',' ORDER BY id))
        FROM organizations_agency AS agency),
    (SELECT coalesce(max(id), 0) FROM reporting_tallychange)
"""


class Standing(NamedTuple):
    """`services` differs whenever something changed of what agencies offer, or of its use.

    `agencies` differs whenever a row of an agency changed, `tallies` whenever tallies were written.
    """

    waiting_since: datetime | None
    latest_rebuild: int
    services: str
    agencies: str
    tallies: int

    def fresh_at(self, *, at: datetime) -> datetime:
        """The moment up to which everything recorded is counted: now, unless something waits."""
        return at if self.waiting_since is None else min(self.waiting_since, at)


def read() -> Standing:
    """As it stands now; asked before the counts, which then can only be fresher."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDING)
        return Standing(*cursor.fetchone())
