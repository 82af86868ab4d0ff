"""Addresses of the API of the desk."""

from django.urls import re_path
from rest_framework.routers import SimpleRouter

from desk.api import guidance, viewsets
from dossiers.converters import DossierCodeConverter

router = SimpleRouter()
router.register("bulk-runs", viewsets.BulkRunViewSet, basename="bulk")
router.register("exports", viewsets.ExportViewSet, basename="export")
router.register("guidances", guidance.GuidanceViewSet, basename="guidance")

urlpatterns = [
    *router.urls,
    re_path(
        rf"^dossiers/(?P<code>{DossierCodeConverter.regex})/notes/$",
        viewsets.NoteViewSet.as_view({"get": "list", "post": "create"}),
        name="notes",
    ),
]
