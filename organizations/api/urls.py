"""Addresses of the API of people and agencies."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from organizations.api import people, viewsets

router = SimpleRouter()
router.register("people", people.PeopleViewSet, basename="person")

urlpatterns = [
    *router.urls,
    path(
        "people/<int:pk>/roles/<int:membership_id>/",
        people.PeopleViewSet.as_view({"delete": "unpost"}),
        name="person-unpost",
    ),
    path("token/", viewsets.SignInAPI.as_view(), name="sign_in"),
    path("token/revoke/", viewsets.SignOutAPI.as_view(), name="sign_out"),
    path("me/", viewsets.MeAPI.as_view(), name="me"),
    path("agencies/", viewsets.AgencyViewSet.as_view({"get": "list"}), name="agencies"),
]
