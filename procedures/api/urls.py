"""Addresses of the API of the catalogue."""

from rest_framework.routers import SimpleRouter

from procedures.api.decisions import DecisionViewSet
from procedures.api.viewsets import ProcedureViewSet

router = SimpleRouter()
router.register("procedures", ProcedureViewSet, basename="procedure")
router.register("decisions", DecisionViewSet, basename="decision")
urlpatterns = router.urls
