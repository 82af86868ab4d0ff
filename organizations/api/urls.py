"""Addresses of the API of people and agencies."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from organizations.api import agencies, people, substitutions, viewsets

router = SimpleRouter()
router.register("agencies", agencies.AgencyViewSet, basename="agency")
router.register("counters", agencies.CounterViewSet, basename="counter")
router.register("people", people.PeopleViewSet, basename="person")
router.register("substitutions", substitutions.SubstitutionViewSet, basename="substitution")

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
]
