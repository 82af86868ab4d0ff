"""What the tests of dossiers share."""

import pytest


@pytest.fixture(autouse=True)
def _long_sessions(settings):
    """Tests travel in time between two clicks; a session must not end on the way."""
    settings.SESSION_COOKIE_AGE = 10 * 365 * 24 * 60 * 60
