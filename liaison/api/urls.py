"""Addresses of the API of inter-agency work."""

from rest_framework.routers import SimpleRouter

from liaison.api import viewsets

router = SimpleRouter()
router.register("consultations", viewsets.ConsultationViewSet, basename="consultation")

urlpatterns = router.urls
