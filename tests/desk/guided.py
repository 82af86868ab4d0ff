"""A slip of guidance, for the tests of the desk and the walk over every address."""

from uuid import NAMESPACE_URL, uuid5

from desk import guiding
from desk.guiding import Advice, Lacking
from desk.models import Guidance
from tests.conftest import APPLICANT, NOW, Desk


def guided(desk: Desk, **facts) -> Guidance:
    """The applicant was told to bring one paper; the same slip each time for one key."""
    known = {
        "submission_key": uuid5(NAMESPACE_URL, "guidance"),
        "counter": desk.counter,
        "version": desk.version,
        "applicant": APPLICANT,
        "items": [Lacking(name="Bản sao thẻ căn cước", copies=1)],
        "content": {"procedure": desk.version.procedure.code, "name": APPLICANT.name},
    }
    return guiding.give(advice=Advice(**(known | facts)), actor=desk.clerk, at=NOW)
