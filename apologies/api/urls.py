"""Addresses of the API of apologies."""

from rest_framework.routers import SimpleRouter

from apologies.api import extension_viewsets, figures_viewsets, letter_viewsets, run_viewsets

router = SimpleRouter()
router.register("extensions", extension_viewsets.ExtensionViewSet, basename="extension")
router.register("apology-ladder", extension_viewsets.LadderViewSet, basename="apology_ladder")
router.register("apology-figures", figures_viewsets.FiguresViewSet, basename="apology_figures")
router.register("apology-letters", letter_viewsets.LetterViewSet, basename="apology_letter")
router.register(
    "apology-signing-runs", run_viewsets.SigningRunViewSet, basename="apology_signing_run"
)
router.register(
    "apology-drafting-runs", run_viewsets.DraftingRunViewSet, basename="apology_drafting_run"
)
router.register("apology-notices", run_viewsets.NoticeViewSet, basename="apology_notice")

urlpatterns = router.urls
