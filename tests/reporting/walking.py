"""What the walk over every address needs of reporting."""

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile

from organizations.models import User
from reporting.models import PrintOrder
from tests.conftest import NOW


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
    if name == "reporting:officer_work":
        known["pk"] = User.objects.get(username="oanh").pk
    if name == "reporting:form_behind":
        known["number"] = 3
    if name.startswith("reporting:print"):
        known["pk"] = printed_by("van").pk
    return known


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
