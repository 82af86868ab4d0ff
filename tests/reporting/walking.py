"""What the walk over every address needs of reporting."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from dossiers.models import Dossier
from organizations.models import Agency, User
from reporting.models import Campaign, Finding, PrintOrder, ReformEvidence
from reporting.reform import acts
from reporting.reform.acts import Target
from tests.conftest import NOW, Desk
from tests.dossiers.moving import PDF


def of_reporting(name: str) -> dict[str, Any]:
    """The parts of the addresses of figures and reports."""
    if not name.startswith(("reporting:", "api:")):
        return {}
    known: dict[str, Any] = {
        "group_code": "G2",
        "component_code": "2.1",
        "part": "rest",
        "form_code": "ii06a",
        "view_code": "ket-qua",
    }
    if name.startswith("api:statistical_form-"):
        known["pk"] = "ii06a"
    if name.startswith("reporting:reform_"):
        known |= {"year": 2026, "pk": shown_evidence("H41.15").pk}
    if name == "reporting:officer_work":
        known["pk"] = User.objects.get(username="oanh").pk
    if name == "reporting:form_behind":
        known["number"] = 3
    if name.startswith("reporting:print"):
        known["pk"] = printed_by("van").pk
    return known


def of_quality(name: str, code: str) -> dict[str, Any]:
    """A finding about this dossier, for the pages of one finding."""
    if not name.endswith("finding"):
        return {}
    dossier = Dossier.objects.get(code=code)
    found, _ = Finding.objects.get_or_create(
        kind="idle",
        subject=dossier.pk,
        defaults={
            "dossier": dossier,
            "agency": dossier.agency,
            "counter": dossier.counter,
            "status": "open",
            "since": NOW,
            "opened_at": NOW,
        },
    )
    return {"pk": found.pk}


def of_campaigns(name: str, desk: Desk) -> dict[str, Any]:
    """A campaign of the Department of Justice, for the pages of one campaign."""
    if not name.endswith(("campaign", "campaign_workbook")) or name.endswith("start_campaign"):
        return {}
    known = Campaign.objects.first()
    if known is None:
        known = Campaign.objects.create(
            name="Đợt 1",
            kinds=["idle"],
            deadline=NOW.date(),
            started_by=desk.head,
            started_at=NOW,
            submission_key=uuid4(),
        )
        known.agencies.set([desk.agency])
    return {"pk": known.pk}


def printed_by(username: str) -> PrintOrder:
    """A print that is there to be fetched."""
    facts = {"view": "ket-qua", "query": "", "asked_at": NOW, "finished_at": NOW}
    person = User.objects.get(username=username)
    order, is_new = PrintOrder.objects.get_or_create(
        asked_by=person, defaults={**facts, "expires_at": NOW + timedelta(days=9999)}
    )
    if is_new:
        order.file.save("ban-in.pdf", ContentFile(b"%PDF-1.4"))
    return order


def shown_evidence(agency_code: str) -> ReformEvidence:
    """A file on the sheet of this agency for 2026."""
    known = ReformEvidence.objects.filter(sheet__agency__code=agency_code).first()
    if known is not None:
        return known
    target = Target(agency=Agency.objects.get(code=agency_code), year=2026)
    head = User.objects.get(username="hoa")
    acts.open_sheet(target=target, actor=head, at=NOW)
    scan = SimpleUploadedFile("ke-hoach.pdf", PDF)
    return acts.add_evidence(target=target, criterion="1.1", upload=scan, actor=head, at=NOW)
