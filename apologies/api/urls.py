"""Addresses of the API of letters of apology."""

from rest_framework.routers import SimpleRouter

from apologies.api import viewsets

router = SimpleRouter()
router.register("apologies", viewsets.ApologyViewSet, basename="apology")

urlpatterns = router.urls
