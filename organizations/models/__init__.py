"""Agencies, counters, people with their roles, and who stands in for whom."""

from organizations.models.people import (
    AGENCY_CODE,
    AdministrationEntry,
    Agency,
    Membership,
    ServiceCounter,
    User,
    UserManager,
)
from organizations.models.stamps import ReferenceStamp
from organizations.models.substitutions import Substitution

__all__ = [
    "AGENCY_CODE",
    "AdministrationEntry",
    "Agency",
    "Membership",
    "ReferenceStamp",
    "ServiceCounter",
    "Substitution",
    "User",
    "UserManager",
]
