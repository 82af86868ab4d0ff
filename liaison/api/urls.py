"""Addresses of the API of inter-agency work."""

from rest_framework.routers import SimpleRouter

from liaison.api import handovers, papers, registers, viewsets

router = SimpleRouter()
router.register("consultations", viewsets.ConsultationViewSet, basename="consultation")
router.register("handovers", handovers.HandoverViewSet, basename="handover")
router.register("paper-files", papers.PaperFileViewSet, basename="paper_file")
router.register("registers", registers.RegisterViewSet, basename="register")

urlpatterns = router.urls
