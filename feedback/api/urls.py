"""Addresses of the API of petitions and ratings."""

from rest_framework.routers import SimpleRouter

from feedback.api import viewsets

router = SimpleRouter()
router.register("petitions", viewsets.PetitionViewSet, basename="petition")
router.register("ratings", viewsets.RatingViewSet, basename="rating")

urlpatterns = router.urls
