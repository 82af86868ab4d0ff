"""Addresses of the API of taking over the dossiers of old systems."""

from rest_framework.routers import SimpleRouter

from legacy.api import viewsets

router = SimpleRouter()
router.register("imports", viewsets.ImportViewSet, basename="import")

urlpatterns = router.urls
