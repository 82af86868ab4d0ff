"""The connection of every process: a lost one is noticed without a question to the server.

Django proves a kept connection with `SELECT 1` before the first query of each request: a whole
turn to the server and back, a tenth of what opening a dossier costs. A server that stops,
crashes or ends the session closes its socket (or says why, unasked), so an idle connection
on which something waits to be read is a lost one.
"""

from select import POLLIN, poll

from django.db.backends.postgresql import base
from psycopg2.extensions import TRANSACTION_STATUS_INERROR, TRANSACTION_STATUS_UNKNOWN

# An aborted transaction refuses every query; a broken connection has no state.
_REFUSING = {TRANSACTION_STATUS_INERROR, TRANSACTION_STATUS_UNKNOWN}


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's connection to PostgreSQL with a health check that asks the socket."""

    def is_usable(self) -> bool:
        """Can it be asked, and is nothing waiting on it? A closed one has an end to be read."""
        if self.connection is None or self.connection.closed:
            return False
        if self.connection.get_transaction_status() in _REFUSING:
            return False
        waiting = poll()
        waiting.register(self.connection.fileno(), POLLIN)
        return not waiting.poll(0)
