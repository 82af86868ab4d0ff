"""Certificates for the demonstration's agencies, from an authority made on the spot."""

from datetime import datetime

from apologies.demo_authority import DemoAuthority, is_signable
from organizations.models import Agency
from organizations.roles import Role


def certify_agencies(*, at: datetime) -> int:
    """A certificate for each agency that has a head and cannot sign yet; how many."""
    authority = DemoAuthority(at=at)
    headed = Agency.objects.filter(memberships__role=Role.HEAD).distinct().order_by("pk")
    unable = [agency for agency in headed if not is_signable(agency, at=at)]
    for agency in unable:
        authority.certify(agency=agency, at=at)
    return len(unable)
