"""Addresses of the API of apologies: extensions and the ladder."""

from rest_framework.routers import SimpleRouter

from apologies.api import extension_viewsets, figures_viewsets

router = SimpleRouter()
router.register("extensions", extension_viewsets.ExtensionViewSet, basename="extension")
router.register("apology-ladder", extension_viewsets.LadderViewSet, basename="apology_ladder")
router.register("apology-figures", figures_viewsets.FiguresViewSet, basename="apology_figures")

urlpatterns = router.urls
