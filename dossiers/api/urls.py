"""Addresses of the API of dossiers."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from dossiers.api import rules, viewsets

router = SimpleRouter()
router.register("dossiers", viewsets.DossierViewSet, basename="dossier")
router.register("rule-sets", rules.RuleSetViewSet, basename="rule_set")

urlpatterns = [
    *router.urls,
    path("worklists/", viewsets.WorklistViewSet.as_view({"get": "list"}), name="worklists"),
    path("deadlines/", viewsets.DeadlineAPI.as_view(), name="deadlines"),
]
