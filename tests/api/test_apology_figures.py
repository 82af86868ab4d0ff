"""The figures of apologies through the API: those of the page, for those who may see it."""

from datetime import timedelta

import time_machine

from tests.apologies.writing import endangered
from tests.conftest import NOW, Desk

LATER = NOW + timedelta(days=30)
URL = "/api/v1/apology-figures/"


def test_the_figures_and_the_dossiers_behind_them(api, desk: Desk, supervisor):
    dossier = endangered(desk)

    with time_machine.travel(LATER, tick=False):
        client = api(supervisor)
        told = client.get(f"{URL}?month=2026-11").json()
        rows = client.get(f"{URL}dossiers/?month=2026-11&only=missing").json()["results"]
        nonsense = client.get(f"{URL}dossiers/?only=x")

    assert told["totals"] == {"total": 1, "in_time": 0, "late": 0, "missing": 1}
    assert told["agencies"][0]["agency"] == "H41.15"
    assert [(row["code"], row["standing"]) for row in rows] == [(dossier.code, "missing")]
    assert nonsense.status_code == 400


def test_officers_are_refused(api, desk: Desk):
    assert api(desk.officer).get(URL).status_code == 403
