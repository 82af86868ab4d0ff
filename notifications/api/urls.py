"""Addresses of the API of messages."""

from rest_framework.routers import SimpleRouter

from notifications.api import viewsets

router = SimpleRouter()
router.register("messages", viewsets.MessageViewSet, basename="message")

urlpatterns = router.urls
