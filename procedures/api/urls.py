"""Addresses of the API of the catalogue."""

from rest_framework.routers import SimpleRouter

from procedures.api.viewsets import ProcedureViewSet

router = SimpleRouter()
router.register("procedures", ProcedureViewSet, basename="procedure")
urlpatterns = router.urls
