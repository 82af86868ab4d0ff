"""Addresses of the API of inter-agency work."""

from rest_framework.routers import SimpleRouter

from liaison.api import handovers, viewsets

router = SimpleRouter()
router.register("consultations", viewsets.ConsultationViewSet, basename="consultation")
router.register("handovers", handovers.HandoverViewSet, basename="handover")

urlpatterns = router.urls
