"""Finds an agency by the code that a client wrote."""

from organizations.models import Agency
from organizations.statements import Columns, Statement

_AGENCY = Columns(Agency, "agency")
_WORKING = Statement(
    "working_agency",
    ["varchar"],
    f"SELECT {_AGENCY.sql} FROM organizations_agency agency"  # noqa: S608 (names of columns)
    " WHERE agency.code = $1 AND agency.is_active",
)


def working_agency(code: str) -> Agency | None:
    """The agency with this identifier, if it still works today."""
    found = _WORKING.row(code)
    return _AGENCY.built(found) if found else None
